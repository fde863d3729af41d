// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "app/base/json.h"
#include "cache_queries.h"
#include "db/cacheapply.h"
#include "db/cachesums.h"

// Do both sides hold the same rows? Sums, recounts, and putting a bucket right.
namespace evenhand::db {

using base::ErrorCode;
using base::Result;
using domain::CaseId;
using sqlite::Row;
using sqlite::Transaction;

namespace {

constexpr const char* kCheckedAt = "checked_at";
constexpr const char* kStrikes = "strikes";

std::optional<CaseId> caseOf(const Row& row, int column) { return optionalIdFrom<CaseId>(row.blobView(column)); }

int bucketOfRow(const std::optional<CaseId>& caseId) { return caseId ? domain::bucketOfCase(*caseId) : domain::kCaselessBucket; }

struct Place {
    std::string kind;
    base::Uuid id;
    std::optional<CaseId> caseId;
};

} // namespace

Result<BucketSums> readSums(const sqlite::Connection& db)
{
    BucketSums sums{};
    EVENHAND_ASSIGN(auto query, db.prepare(sql::cache::kBucketList));
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return sums;
        const auto bucket = query.row().integer(0);
        if (bucket >= 0 && bucket < domain::kBuckets)
            sums[static_cast<std::size_t>(bucket)] = {query.row().integer(1), domain::RowDigest::fromBytes(query.row().blobView(2))};
    }
}

Result<> writeSum(sqlite::Connection& db, int bucket, const domain::DigestSum& sum)
{
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kBucketPut));
    return put.bind(":bucket", bucket).bind(":row_count", sum.count).bind(":digest", sum.digest.bytes()).run();
}

Result<BucketSums> CaseCache::runningSums() const
{
    EVENHAND_TRY(m_state->ready());
    return readSums(m_state->db);
}

Result<bool> CaseCache::recount(Recount& recount, std::int64_t rows) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto scan, m_state->prepare(sql::cache::kRowScan));
    scan.bind(":after", recount.after).bind(":limit", rows);
    for (std::int64_t counted = 0;; ++counted) {
        EVENHAND_ASSIGN(const bool more, scan.step());
        if (!more)
            return counted < rows;
        const auto row = scan.row();
        recount.after = row.integer(0);
        const auto id = base::Uuid::tryFromBytes(row.blobView(3)).value_or(base::Uuid({}));   // rot in an id is found like any other
        auto& sum = recount.sums[static_cast<std::size_t>(bucketOfRow(caseOf(row, 1)))];
        sum.add(domain::RowDigest::ofRow(row.textView(2), id, row.integer(4), base::asText(row.blobView(5))));
    }
}

Result<> CaseCache::adoptSums(const BucketSums& sums)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket)
        EVENHAND_TRY(writeSum(m_state->db, bucket, sums[static_cast<std::size_t>(bucket)]));
    return transaction.commit();
}

Result<std::optional<base::Instant>> CaseCache::checkedAt() const
{
    EVENHAND_ASSIGN(const auto text, m_state->meta(kCheckedAt));
    return text ? base::Instant::tryFromRfc3339(*text) : std::nullopt;
}

Result<> CaseCache::noteChecked()
{
    EVENHAND_TRY(m_state->ready());
    return m_state->setMeta(kCheckedAt, m_state->clock.now().toRfc3339Utc());
}

Result<std::map<int, int>> CaseCache::strikes() const
{
    EVENHAND_ASSIGN(const auto text, m_state->meta(kStrikes));
    std::map<int, int> strikes;
    const auto json = base::parseJson(text.value_or("[]"));
    if (!json || !json->is_array())
        return strikes;
    for (const auto& item : *json) {
        if (item.is_array() && item.size() == 2 && item[0].is_number_integer() && item[1].is_number_integer())
            strikes[item[0].get<int>()] = item[1].get<int>();
    }
    return strikes;
}

Result<> CaseCache::setStrikes(const std::map<int, int>& strikes)
{
    EVENHAND_TRY(m_state->ready());
    auto json = base::Json::array();
    for (const auto& [bucket, count] : strikes)
        json.push_back({bucket, count});
    return m_state->setMeta(kStrikes, json.dump());
}

Result<std::vector<CaseId>> CaseCache::caseIds() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kRowCases));
    return query.rows([](Row row) { return idFrom<CaseId>(row.blobView(0)); });
}

Result<ApplyOutcome> CaseCache::replaceBucket(int bucket, const std::vector<domain::wire::PullOp>& rows)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto scan, m_state->prepare(sql::cache::kRowScan));
    EVENHAND_ASSIGN(auto all, scan.bind(":after", std::int64_t{INT64_MIN}).bind(":limit", std::int64_t{INT64_MAX}).rows([](Row row) -> Result<Place> {
        return Place{row.text(2), base::Uuid::tryFromBytes(row.blobView(3)).value_or(base::Uuid({})), caseOf(row, 1)};
    }));
    std::erase_if(all, [bucket](const Place& place) { return bucketOfRow(place.caseId) != bucket; });
    m_state->search.forgetPending();
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    CheckpointApplier applier(m_state->db, m_state->search);
    std::set<CaseId> kept;
    for (const auto& op : rows) {
        if (op.caseId)
            kept.insert(*op.caseId);
    }
    for (const auto& place : all) {
        EVENHAND_TRY(applier.takeOut(place.kind, place.id, place.caseId));
        if (place.caseId && !kept.contains(*place.caseId))
            EVENHAND_TRY(applier.forgetCase(*place.caseId));
    }
    for (const auto& op : rows)
        EVENHAND_TRY(applier.apply(op));
    EVENHAND_ASSIGN(auto outcome, applier.finish());
    EVENHAND_TRY(transaction.commit());
    return outcome;
}

Result<std::int64_t> CaseCache::forgetCase(const CaseId& id)
{
    EVENHAND_TRY(m_state->ready());
    m_state->search.forgetPending();
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    CheckpointApplier applier(m_state->db, m_state->search);
    EVENHAND_TRY(applier.forgetCase(id));
    EVENHAND_ASSIGN(const auto outcome, applier.finish());
    EVENHAND_TRY(transaction.commit());
    const auto rows = outcome.forgotten.find(id);
    return rows == outcome.forgotten.end() ? 0 : rows->second;
}

} // namespace evenhand::db
