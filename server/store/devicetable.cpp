// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/devicetable.h"

#include <algorithm>

#include "server_queries.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr std::int64_t kForgetSessionsAfterS = 86400;   // a superseded session is told so for a day, then it is simply unknown

DeviceRecord deviceFromRow(const SqlRow& row)
{
    DeviceRecord device{domain::DeviceId(row.uuid(0)), domain::UserId(row.uuid(1)), {}, row.text(3), row.instant(4)};
    const auto key = row.blob(2);
    std::copy_n(key.begin(), std::min(key.size(), device.publicKey.size()), device.publicKey.begin());
    return device;
}

} // namespace

Result<> DeviceTable::insert(const DeviceRecord& device)
{
    Query query(m_connection, sql::kDeviceInsert);
    query.bind(":device_id", device.id).bind(":user_id", device.userId).bind(":public_key", base::ByteView(device.publicKey));
    return query.bind(":label", device.label).bind(":enrolled_at", device.enrolledAt).run();
}

Result<std::optional<DeviceRecord>> DeviceTable::find(const domain::DeviceId& id) const
{
    return Query(m_connection, sql::kDeviceFind).bind(":device_id", id).optionalRow(deviceFromRow);
}

Result<std::optional<DeviceRecord>> DeviceTable::findRecent(const domain::UserId& user, const base::PublicKey& key, base::Instant since) const
{
    Query query(m_connection, sql::kDeviceFindRecent);
    return query.bind(":user_id", user).bind(":public_key", base::ByteView(key)).bind(":since", since).optionalRow(deviceFromRow);
}

Result<> DeviceTable::openSession(const SessionRecord& session, const base::Hash256& accessHash, base::Instant now)
{
    EVENHAND_TRY(Query(m_connection, sql::kSessionSupersede).bind(":device_id", session.deviceId).run());
    Query forget(m_connection, sql::kSessionForget);
    EVENHAND_TRY(forget.bind(":device_id", session.deviceId).bind(":before", now.plusSeconds(-kForgetSessionsAfterS)).run());
    Query insert(m_connection, sql::kSessionInsert);
    insert.bind(":session_id", session.id).bind(":device_id", session.deviceId).bind(":user_id", session.userId);
    insert.bind(":may_pull", session.mayPull).bind(":access_hash", base::ByteView(accessHash));
    return insert.bind(":opened_at", now).bind(":expires_at", session.expiresAt).run();
}

Result<std::optional<SessionRecord>> DeviceTable::findSession(const base::Hash256& accessHash) const
{
    return Query(m_connection, sql::kSessionFind).bind(":access_hash", base::ByteView(accessHash)).optionalRow([](const SqlRow& row) {
        return SessionRecord{row.uuid(0), domain::DeviceId(row.uuid(1)), domain::UserId(row.uuid(2)), row.integer(3) != 0, row.instant(4), row.integer(5) != 0};
    });
}

Result<> DeviceTable::closeSession(const base::Uuid& id) { return Query(m_connection, sql::kSessionRemove).bind(":session_id", id).run(); }

Result<int> DeviceTable::countSessionsSince(const domain::DeviceId& device, base::Instant since) const
{
    Query query(m_connection, sql::kSessionCountSince);
    query.bind(":device_id", device).bind(":since", since);
    EVENHAND_ASSIGN(const auto count, query.optionalRow([](const SqlRow& row) { return static_cast<int>(row.integer(0)); }));
    return count.value_or(0);
}

Result<> DeviceTable::putRefreshToken(const domain::DeviceId& device, const base::Hash256& hash, base::Instant expiresAt)
{
    Query query(m_connection, sql::kRefreshPut);
    return query.bind(":token_hash", base::ByteView(hash)).bind(":device_id", device).bind(":expires_at", expiresAt).run();
}

Result<bool> DeviceTable::isRefreshTokenValid(const domain::DeviceId& device, const base::Hash256& hash, base::Instant now) const
{
    Query query(m_connection, sql::kRefreshFind);
    query.bind(":token_hash", base::ByteView(hash)).bind(":device_id", device);
    EVENHAND_ASSIGN(const auto expires, query.optionalRow([](const SqlRow& row) { return row.instant(0); }));
    return expires && *expires > now;
}

Result<> DeviceTable::removeExpiredTokens(const domain::DeviceId& device, base::Instant now)
{
    return Query(m_connection, sql::kRefreshRemoveExpired).bind(":device_id", device).bind(":now", now).run();
}

Result<> DeviceTable::removeRefreshTokens(const domain::UserId& user)
{
    return Query(m_connection, sql::kRefreshRemoveOfUser).bind(":user_id", user).run();
}

} // namespace evenhand::server
