// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/digesttable.h"

#include "server/store/keylist.h"
#include "server/store/rowtable.h"
#include "server/store/viewlog.h"
#include "server/store/visibility.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;
using domain::DigestSum;
using domain::RowDigest;

namespace {

constexpr std::int64_t kTeamRows = 100'000;

DigestSum sumFrom(const SqlRow& row, int count, int digest) { return {row.integer(count), RowDigest::fromBytes(row.blob(digest))}; }

struct CaseSum {
    domain::CaseId caseId;
    std::optional<DigestSum> sum;
};

} // namespace

Result<std::array<DigestSum, domain::kBuckets>> DigestTable::ofUser(const UserRecord& user) const
{
    std::array<DigestSum, domain::kBuckets> buckets{};
    Query query(m_connection, sql::kDigestListVisible);
    query.bind(":user_id", user.id).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team);
    EVENHAND_ASSIGN(const auto cases, query.allRows([](const SqlRow& row) {
        return CaseSum{domain::CaseId(row.uuid(0)), row.isNull(1) ? std::nullopt : std::optional(sumFrom(row, 1, 2))};
    }));
    for (const auto& [caseId, stored] : cases) {
        auto sum = stored;
        if (!sum) {
            EVENHAND_ASSIGN(sum, count(caseId));
        }
        buckets[static_cast<std::size_t>(domain::bucketOfCase(caseId))].add(*sum);
    }
    const FeedEntry team{0, base::Uuid(std::array<std::uint8_t, 16>{}), FeedOp::Grant};
    EVENHAND_ASSIGN(const auto rows, ViewLog(m_connection).rowsOf(user, team, 0, kTeamRows));
    for (const auto& row : rows)
        buckets[domain::kCaselessBucket].add(RowDigest::ofRow(row.content.kind, row.content.id, row.content.version, *row.content.body));
    return buckets;
}

Result<DigestSum> DigestTable::ofCase(const domain::CaseId& caseId) const
{
    EVENHAND_ASSIGN(const auto stored, find(caseId));
    return stored ? Result<DigestSum>(*stored) : count(caseId);
}

Result<std::optional<DigestSum>> DigestTable::find(const domain::CaseId& caseId) const
{
    return Query(m_connection, sql::kDigestFind).bind(":case_id", caseId).optionalRow([](const SqlRow& row) { return sumFrom(row, 0, 1); });
}

Result<> DigestTable::put(const domain::CaseId& caseId, const DigestSum& sum)
{
    Query query(m_connection, sql::kDigestPut);
    return query.bind(":case_id", caseId).bind(":row_count", sum.count).bind(":digest", sum.digest.bytes()).run();
}

Result<> DigestTable::putLater(const domain::CaseId& caseId, const DigestSum& sum)
{
    return Query(m_connection, sql::kDigestPut).add(caseId).add(sum.count).add(sum.digest.bytes()).runLater();
}

Result<std::vector<std::pair<domain::CaseId, DigestSum>>> DigestTable::findMany(std::span<const base::Uuid> cases) const
{
    return rowsForKeys(m_connection, sql::kDigestFindMany, cases,
                       [](const SqlRow& row) { return std::pair(domain::CaseId(row.uuid(0)), sumFrom(row, 1, 2)); });
}

Result<DigestSum> DigestTable::count(const domain::CaseId& caseId) const
{
    EVENHAND_ASSIGN(const auto rows, RowTable(m_connection).listOfCase(caseId));
    DigestSum sum;
    for (const auto& row : rows)
        sum.add(RowDigest::ofRow(row.kind, row.id, row.version, *row.body));
    return sum;
}

Result<std::vector<domain::CaseId>> DigestTable::visibleAfter(const UserRecord& user, const base::Uuid& after, std::int64_t limit) const
{
    Query query(m_connection, sql::kDigestVisibleAfter);
    query.bind(":after", after).bind(":user_id", user.id).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team).bind(":limit", limit);
    return query.allRows([](const SqlRow& row) { return domain::CaseId(row.uuid(0)); });
}

} // namespace evenhand::server
