// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/result.h"
#include "app/domain/ids.h"

namespace evenhand::server {

/// Where the data lives: "sqlite:///path/file.db" or "postgresql://…".
struct DatabaseUrl {
    enum class Driver { Sqlite, PostgreSql };
    Driver driver;
    std::string target;                            ///< a path for SQLite
    [[nodiscard]] static base::Result<DatabaseUrl> parse(const std::string& url);
    /// The server's keys: the file that $EVENHAND_KEYS names; else beside a SQLite file, or for PostgreSQL in the user's own folder for such
    /// things ($XDG_STATE_HOME or ~/.local/state), named after the data set. Never inside the database.
    [[nodiscard]] std::string keysPath(const domain::DatasetId& dataset) const;
    [[nodiscard]] std::string nameForPeople() const;   ///< without a password
};

} // namespace evenhand::server
