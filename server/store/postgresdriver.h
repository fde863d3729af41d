// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "server/store/sqlconnection.h"

namespace evenhand::server {

struct PostgresOptions {
    std::string url;                  ///< "postgresql://…", as libpq reads it
    bool readOnly = false;            ///< refuses writing; opens the connection again by itself when it was lost between two uses
    int lockTimeoutMs = 15000;        ///< a large import holds the lock for seconds
};

/// One connection through libpq: UTF-8, synchronous_commit=on, statements prepared once per connection.
/// Writers take turns by an advisory lock that begin() waits for, so that server_seq becomes visible in its order; lead() is another one,
/// held as long as the connection lives. Errors: Network (no connection, or it was lost), Conflict (waited too long; a unique index),
/// DiskFull, Damaged, Invalid, Storage.
[[nodiscard]] base::Result<std::unique_ptr<SqlConnection>> openPostgres(const PostgresOptions& options);

} // namespace evenhand::server
