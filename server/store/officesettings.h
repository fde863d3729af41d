// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/wire/wire.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// The names under which the office presents itself, as settings "office.…". Not thread-safe: belongs to its connection's thread.
class OfficeSettings {
public:
    explicit OfficeSettings(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<domain::wire::OfficeNames> read() const;
    /// Joins the caller's transaction. Workstations learn it at their next session.
    [[nodiscard]] base::Result<> write(const domain::wire::OfficeNames& office);

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
