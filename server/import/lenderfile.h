// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/import/bytesource.h"
#include "server/import/csvreader.h"
#include "server/import/lendercase.h"
#include "server/import/mapping.h"
#include "server/import/rowmapper.h"

namespace evenhand::server {

/// Everything a file says, and everything that is wrong with it.
struct LenderCases {
    std::vector<LenderCase> cases;                 ///< only good ones, in the order of the file, totals computed
    std::int64_t rows = 0;                         ///< data rows; blank ones do not count
    std::set<std::int64_t> badRows;
    std::vector<CellProblem> problems;
};

/// The same of a file of payments.
struct LenderPayments {
    std::vector<LenderPayment> payments;           ///< only good ones, in the order of the file
    std::int64_t rows = 0;
    std::set<std::int64_t> badRows;
    std::vector<CellProblem> problems;
};

/// One file under one mapping. Can be read again, because what is rejected is copied from it.
class LenderFile {
public:
    /// Finds out encoding and separator where the mapping leaves them open. Errors begin with the name of the file.
    [[nodiscard]] static base::Result<LenderFile> open(const std::string& path, const Mapping& mapping);
    [[nodiscard]] static base::Result<LenderFile> fromBytes(std::string bytes, const Mapping& mapping);   ///< for tests

    [[nodiscard]] TextEncoding encoding() const { return m_encoding; }
    [[nodiscard]] char separator() const { return m_separator; }

    /// Reads all cases. Invalid when the file cannot be read to its end or lacks columns; problems of rows are in the result.
    [[nodiscard]] base::Result<LenderCases> read(const ImportContext& context);
    /// As read(), of a mapping with `payment`. A payment number that stands twice with different content is a problem of the later row.
    [[nodiscard]] base::Result<LenderPayments> readPayments(const ImportContext& context);
    [[nodiscard]] const std::vector<std::string>& unusedColumns() const { return m_unused; }   ///< after read()

    /// Hands out every row again, the headings too.
    [[nodiscard]] base::Result<> forEachRow(const std::function<void(const CsvRow&)>& visit);

private:
    LenderFile(std::string name, std::unique_ptr<ByteSource> source, const Mapping& mapping)
        : m_name(std::move(name)), m_source(std::move(source)), m_mapping(&mapping) {}
    using RowVisit = std::function<void(RowMapper&, const CsvRow&)>;
    /// Finds the headings, then hands out each data row that is not blank.
    [[nodiscard]] base::Result<> mapRows(const ImportContext& context, const RowVisit& visit);
    [[nodiscard]] base::Result<> findEncoding();
    [[nodiscard]] base::Result<> findSeparator();

    std::string m_name;
    std::unique_ptr<ByteSource> m_source;
    const Mapping* m_mapping;
    TextEncoding m_encoding = TextEncoding::Utf8;
    char m_separator = ',';
    std::vector<std::string> m_unused;
};

} // namespace evenhand::server
