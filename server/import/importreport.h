// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/base/json.h"
#include "server/import/lendercase.h"

namespace evenhand::server {

/// What an import did, or with `dryRun` would do. The four counts of rows add up to `rows` when the data was stored; when a bad
/// row stopped an all-or-nothing import, only `rows` and `rejected` are set.
struct ImportReport {
    std::int64_t rows = 0;
    std::int64_t created = 0;                      ///< rows of cases that are new
    std::int64_t updated = 0;                      ///< rows of cases that changed
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;
    std::int64_t cases = 0;                        ///< good cases in the file
    std::int64_t accounts = 0;                     ///< of these cases
    bool dryRun = false;
    bool stopped = false;                          ///< nothing was stored because of the problems
    std::string encoding;
    std::string separator;                         ///< comma, semicolon, tab, pipe
    std::string rejectedFile;                      ///< where the bad rows went; empty: nowhere
    std::vector<std::string> unusedColumns;
    std::vector<CellProblem> problems;
};

/// The contract's object: rows, created, updated, unchanged, rejected, errors, and more. At most 10,000 errors are listed;
/// `errors_omitted` counts the rest.
[[nodiscard]] base::Json toJson(const ImportReport& report);
[[nodiscard]] std::string toText(const ImportReport& report);   ///< for people; the first 20 problems

} // namespace evenhand::server
