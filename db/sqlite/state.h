// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>

#include <sqlcipher/sqlite3.h>

#include "db/sqlite/connection.h"

/// Private to db/sqlite: what a connection, its statements and its transactions share. It has a fixed address.
namespace evenhand::sqlite {

struct Connection::State {
    sqlite3* handle = nullptr;
    std::string path;
    std::unordered_map<std::string, sqlite3_stmt*> idle;   ///< prepared statements nobody uses now, by their SQL
    int depth = 0;                                         ///< open Transaction objects
    bool doomed = false;                                   ///< an inner transaction was given up
    bool needsReopen = false;
    bool encrypted = false;
    int failAfter = -1;
    bool faultFired = false;

    ~State();
    /// The n-th failure of tests: true when this access is the one to fail.
    [[nodiscard]] bool takeFault();
    [[nodiscard]] base::Result<sqlite3_stmt*> prepare(std::string_view sql, const char** tail);
    void giveBack(sqlite3_stmt* statement);
    [[nodiscard]] tl::unexpected<base::Error> failure(int code, std::string_view doing);
};

[[nodiscard]] tl::unexpected<base::Error> injectedFault();
[[nodiscard]] base::ErrorCode codeOf(int sqliteCode);

} // namespace evenhand::sqlite
