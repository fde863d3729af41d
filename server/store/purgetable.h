// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/records.h"
#include "server/store/sqlconnection.h"
#include "server/store/viewlog.h"

namespace evenhand::server {

/// What a device says it destroyed.
struct PurgeReceipt {
    domain::DeviceId deviceId;
    base::Uuid subjectId;                          ///< revoke_id, or command_id of a wipe
    std::string kind;                              ///< purged, wiped
    std::optional<domain::CaseId> caseId;
    bool isKnown = false;                          ///< answers a revoke of this user
    base::Instant receivedAt{};
    domain::SignedStatement statement{};
};

struct OpenRevoke {
    domain::CaseId caseId;
    std::int64_t seq;
    RevokeRecord record;
};

/// Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class PurgeTable {
public:
    explicit PurgeTable(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<> insert(const PurgeReceipt& receipt);     ///< the first one stays
    [[nodiscard]] base::Result<bool> isRevokeOf(const domain::UserId& user, const base::Uuid& revokeId, const domain::CaseId& caseId) const;
    /// Revokes of the user that this device has not confirmed, without cases that the user has again.
    [[nodiscard]] base::Result<std::vector<OpenRevoke>> openRevokes(const UserRecord& user, const domain::DeviceId& device) const;

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
