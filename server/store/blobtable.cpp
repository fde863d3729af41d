// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/blobtable.h"

#include <algorithm>

#include "server/store/visibility.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;

namespace {

domain::SignedStatement statementFrom(const SqlRow& row, int statement, int signature)
{
    domain::SignedStatement result{std::string(base::asText(row.blob(statement))), {}};
    const auto sig = row.blob(signature);
    std::copy_n(sig.begin(), std::min(sig.size(), result.signature.size()), result.signature.begin());
    return result;
}

} // namespace

Result<> BlobTable::addReference(const EventRecord& event, const base::Hash256& hash, std::int64_t size)
{
    Query query(m_connection, sql::kBlobRefInsert);
    query.bind(":sha256", base::ByteView(hash)).bind(":event_id", event.eventId).bind(":device_id", event.deviceId);
    return query.bind(":case_id", event.caseId).bind(":size", size).run();
}

Result<std::optional<std::int64_t>> BlobTable::sizeFor(const domain::DeviceId& device, const base::Hash256& hash) const
{
    Query query(m_connection, sql::kBlobRefSize);
    query.bind(":sha256", base::ByteView(hash)).bind(":device_id", device);
    return query.optionalRow([](const SqlRow& row) { return row.integer(0); });
}

Result<std::vector<BlobReference>> BlobTable::references(const base::Hash256& hash) const
{
    return Query(m_connection, sql::kBlobRefEvents).bind(":sha256", base::ByteView(hash)).allRows([](const SqlRow& row) {
        return BlobReference{domain::EventId(row.uuid(0)), domain::CaseId(row.uuid(1))};
    });
}

Result<bool> BlobTable::isVisible(const UserRecord& user, const base::Hash256& hash) const
{
    Query query(m_connection, sql::kBlobIsVisible);
    return query.bind(":sha256", base::ByteView(hash)).bind(":user_id", user.id).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team).step();
}

Result<std::optional<VerifiedBlob>> BlobTable::find(const base::Hash256& hash) const
{
    return Query(m_connection, sql::kBlobFind).bind(":sha256", base::ByteView(hash)).optionalRow([&](const SqlRow& row) {
        return VerifiedBlob{hash, row.integer(0), row.instant(1), statementFrom(row, 2, 3)};
    });
}

Result<> BlobTable::insert(const VerifiedBlob& blob)
{
    Query query(m_connection, sql::kBlobInsert);
    query.bind(":sha256", base::ByteView(blob.hash)).bind(":size", blob.size).bind(":verified_at", blob.verifiedAt);
    return query.bind(":receipt", base::asBytes(blob.receipt.statement)).bind(":receipt_sig", base::ByteView(blob.receipt.signature)).run();
}

} // namespace evenhand::server
