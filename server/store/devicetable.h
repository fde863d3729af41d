// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// Enrolled devices, their sessions and refresh tokens. Tokens are stored as SHA-256 only.
/// Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class DeviceTable {
public:
    explicit DeviceTable(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<> insert(const DeviceRecord& device);
    [[nodiscard]] base::Result<std::optional<DeviceRecord>> find(const domain::DeviceId& id) const;
    /// The newest enrolment of this key by this user since `since`.
    [[nodiscard]] base::Result<std::optional<DeviceRecord>> findRecent(const domain::UserId& user, const base::PublicKey& key, base::Instant since) const;

    /// Ends the device's other sessions as superseded and stores this one.
    [[nodiscard]] base::Result<> openSession(const SessionRecord& session, const base::Hash256& accessHash, base::Instant now);
    [[nodiscard]] base::Result<std::optional<SessionRecord>> findSession(const base::Hash256& accessHash) const;
    [[nodiscard]] base::Result<> closeSession(const base::Uuid& id);
    [[nodiscard]] base::Result<int> countSessionsSince(const domain::DeviceId& device, base::Instant since) const;

    [[nodiscard]] base::Result<> putRefreshToken(const domain::DeviceId& device, const base::Hash256& hash, base::Instant expiresAt);
    [[nodiscard]] base::Result<bool> isRefreshTokenValid(const domain::DeviceId& device, const base::Hash256& hash, base::Instant now) const;
    [[nodiscard]] base::Result<> removeExpiredTokens(const domain::DeviceId& device, base::Instant now);
    [[nodiscard]] base::Result<> removeRefreshTokens(const domain::UserId& user);

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
