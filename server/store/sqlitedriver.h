// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "server/store/sqlconnection.h"

namespace evenhand::server {

struct SqliteOptions {
    std::string path;
    bool readOnly = false;            ///< refuses writing; the file must exist
    int busyTimeoutMs = 15000;        ///< a large import holds the lock for seconds
};

/// DELETE mode with synchronous=EXTRA: what a client was told is stored survives a power cut (measured: DELETE+FULL does not).
[[nodiscard]] base::Result<std::unique_ptr<SqlConnection>> openSqlite(const SqliteOptions& options);

} // namespace evenhand::server
