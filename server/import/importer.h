// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "server/import/importreport.h"
#include "server/import/lenderfile.h"
#include "server/store/store.h"

namespace evenhand::server {

struct ImportOptions {
    std::string file;
    std::string mappingFile;
    std::string portfolio;                         ///< empty: as the mapping says
    std::optional<base::Date> asOf;                ///< empty: today in China
    bool dryRun = false;
    bool keepGood = false;
};

/// Brings a lender's file of cases or of payments into the store: all of it, or with keepGood its good rows, or nothing. One transaction; safe beside a
/// running server. Rows that did not change are not written.
class Importer {
public:
    Importer(Store& store, const base::Clock& clock) : m_store(store), m_clock(clock) {}
    /// Invalid or Storage, with the place, when file or mapping cannot be used at all; bad rows are in the report.
    [[nodiscard]] base::Result<ImportReport> run(const ImportOptions& options);

private:
    [[nodiscard]] base::Result<> importCases(const ImportOptions& options, const Mapping& mapping, LenderFile& file, const std::string& portfolio,
                                             ImportReport& report);
    [[nodiscard]] base::Result<> importPayments(const ImportOptions& options, const Mapping& mapping, LenderFile& file, const std::string& portfolio,
                                                ImportReport& report);
    [[nodiscard]] base::Result<> store(const std::vector<LenderCase>& cases, const Mapping& mapping, const std::string& portfolio, bool write,
                                       ImportReport& report);
    Store& m_store;
    const base::Clock& m_clock;
};

} // namespace evenhand::server
