// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "server/store/records.h"
#include "server/store/serverkeys.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// Who has which case. Changes the case's assignment, its `case` row (assigned_to), the history and the feeds of everyone concerned:
/// the new holder and the supervisors of the new team get the whole case, the old holder and the old team's supervisors a signed revoke.
/// Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction; `seq` is its server_seq.
class Assignments {
public:
    Assignments(SqlConnection& connection, const ServerKeys& keys, domain::DatasetId dataset, const base::Clock& clock)
        : m_connection(connection), m_keys(keys), m_dataset(dataset), m_clock(clock) {}
    /// Also moves cases that somebody else has. Cases that `user` already has are left alone. Returns how many changed.
    [[nodiscard]] base::Result<std::int64_t> assign(std::span<const domain::CaseId> cases, const UserRecord& user, std::int64_t seq);
    [[nodiscard]] base::Result<std::int64_t> unassign(std::span<const domain::CaseId> cases, std::int64_t seq);

private:
    [[nodiscard]] base::Result<std::int64_t> moveAll(std::span<const domain::CaseId> cases, const std::optional<domain::UserId>& user,
                                                     const std::string& team, std::int64_t seq);
    SqlConnection& m_connection;
    const ServerKeys& m_keys;
    domain::DatasetId m_dataset;
    const base::Clock& m_clock;
};

} // namespace evenhand::server
