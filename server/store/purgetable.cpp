// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/purgetable.h"

#include <algorithm>

#include "server/store/visibility.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;

Result<> PurgeTable::insert(const PurgeReceipt& receipt)
{
    Query query(m_connection, sql::kPurgeInsert);
    query.bind(":device_id", receipt.deviceId).bind(":subject_id", receipt.subjectId).bind(":kind", receipt.kind).bind(":case_id", receipt.caseId);
    query.bind(":is_known", receipt.isKnown).bind(":received_at", receipt.receivedAt);
    return query.bind(":statement", base::asBytes(receipt.statement.statement)).bind(":sig", base::ByteView(receipt.statement.signature)).run();
}

Result<bool> PurgeTable::isRevokeOf(const domain::UserId& user, const base::Uuid& revokeId, const domain::CaseId& caseId) const
{
    return Query(m_connection, sql::kPurgeIsRevokeOf).bind(":revoke_id", revokeId).bind(":user_id", user).bind(":case_id", caseId).step();
}

Result<std::vector<OpenRevoke>> PurgeTable::openRevokes(const UserRecord& user, const domain::DeviceId& device) const
{
    Query query(m_connection, sql::kPurgeRevokesWithoutReceipt);
    query.bind(":user_id", user.id).bind(":device_id", device).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team);
    return query.allRows([](const SqlRow& row) {
        OpenRevoke revoke{domain::CaseId(row.uuid(1)), row.integer(2), {row.uuid(0), {std::string(base::asText(row.blob(3))), {}}}};
        const auto sig = row.blob(4);
        auto& target = revoke.record.statement.signature;
        std::copy_n(sig.begin(), std::min(sig.size(), target.size()), target.begin());
        return revoke;
    });
}

} // namespace evenhand::server
