// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// Accounts. Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class UserTable {
public:
    explicit UserTable(SqlConnection& connection) : m_connection(connection) {}
    /// Also writes the user's projection row with version `seq` and announces it to the team. Conflict when the name is taken.
    [[nodiscard]] base::Result<> insert(const UserRecord& user, std::int64_t seq);
    [[nodiscard]] base::Result<> setDisabled(const domain::UserId& id, bool disabled);
    [[nodiscard]] base::Result<std::optional<UserRecord>> find(const domain::UserId& id) const;
    [[nodiscard]] base::Result<std::optional<UserRecord>> findByName(const std::string& userName) const;
    [[nodiscard]] base::Result<std::vector<UserRecord>> list() const;

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
