// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <set>

#include "app/base/log.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: do both sides hold the same rows, and if not, put it right (reference §9).
namespace evenhand::sync {

namespace wire = domain::wire;

namespace {

constexpr int kStrikesBeforeResync = 3;
constexpr const char* kBucketPage = "/v1/snapshot?max=500&";

std::vector<wire::BucketSum> asList(const db::BucketSums& sums)
{
    std::vector<wire::BucketSum> list;
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket) {
        if (const auto& sum = sums[static_cast<std::size_t>(bucket)]; sum != domain::DigestSum{})
            list.push_back({bucket, sum});
    }
    return list;
}

} // namespace

void SyncEngine::checkNow()
{
    m_checkDue = true;
    kick();
}

void SyncEngine::allowMassDeletion()
{
    m_allowsMassDeletion = true;
    kick();
}

/// After a view was applied: the running sums must be what the server says; once a day, and when something looked wrong, every stored byte
/// is read again.
void SyncEngine::check()
{
    if (!offers("digest") || !offers("snapshot"))
        return viewDone();
    const auto checked = m_cache.checkedAt();
    if (!checked)
        return failRound(checked.error());
    const bool isOld = !*checked || m_clock.now() >= (*checked)->plusMilliseconds(m_timing.recountMs) || **checked > m_clock.now();
    if (!isOld && !m_checkDue && m_found.empty())
        return viewDone();
    enter(Phase::Check);
    m_recount.emplace();
    recountSlice();
}

void SyncEngine::recountSlice()
{
    const auto done = m_cache.recount(*m_recount, m_timing.recountRows);
    if (!done && done.error().code == base::ErrorCode::Damaged && offers("snapshot"))
        return beginResync("cache_damaged");   // what cannot be read cannot be repaired
    if (!done)
        return failRound(done.error());
    m_phaseSinceMs = m_clock.monotonicMs();
    if (!*done)
        return m_slice->set(1, [this] { recountSlice(); });
    recounted();
}

void SyncEngine::recounted()
{
    const auto running = m_cache.runningSums();
    if (!running)
        return failRound(running.error());
    auto found = std::exchange(m_found, {});
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket) {
        const auto at = static_cast<std::size_t>(bucket);
        if ((*running)[at] != m_recount->sums[at])
            found.push_back({bucket, m_recount->sums[at]});
    }
    if (auto adopted = m_cache.adoptSums(m_recount->sums); !adopted)
        return failRound(adopted.error());
    compareWithServer(std::move(found));
}

void SyncEngine::compareWithServer(std::vector<wire::BucketSum> found)
{
    const auto state = m_cache.syncState();
    const auto head = m_journal.head();
    if (!state || !head)
        return failRound(state ? head.error() : state.error());
    const wire::DigestRequest request{state->scopeEpoch, state->cursor, asList(m_recount->sums), head->epoch, std::move(found)};
    m_protocol.post(m_token, "/v1/digest", wire::encode(request), inRound<base::Json>([this](Reply<base::Json> answer) {
        if (!answer && renewable(answer.error()))
            return sayHello();
        if (!answer && answer.error().problem == "cursor_behind") {
            if (std::exchange(m_pulledForCheck, true))
                return viewDone();   // a busy moment; the next round checks again
            m_checkDue = true;
            return pull();
        }
        if (!answer && answer.error().problem == "resync_required")
            return pullFailed(std::move(answer.error()));
        if (!answer)
            return failRound(std::move(answer.error()));
        auto response = wire::decodeDigestResponse(*answer);
        if (!response)
            return failRound(response.error());
        compared(*response);
    }));
}

void SyncEngine::compared(const wire::DigestResponse& answer)
{
    const auto head = m_journal.head();
    if (!head)
        return failRound(head.error());
    if (auto marked = m_journal.markMissing(head->epoch, answer.missing); !marked)
        return failRound(marked.error());
    auto before = m_cache.strikes();
    if (!before)
        return failRound(before.error());
    std::map<int, int> strikes;
    m_toRepair.clear();
    for (const auto& [bucket, expected] : answer.mismatched) {
        const auto& ours = m_recount->sums[static_cast<std::size_t>(bucket)];
        base::log::of(base::log::Area::Sync).error("sanity: bucket {} holds {} rows {}, the server has {} rows {}", bucket, ours.count,
                                                   base::toHex(ours.digest.bytes()), expected.count, base::toHex(expected.digest.bytes()));
        strikes[bucket] = (*before)[bucket] + 1;
        m_toRepair.push_back(bucket);
    }
    if (auto kept = m_cache.setStrikes(strikes); !kept)
        return failRound(kept.error());
    m_checkDue = false;
    if (m_toRepair.empty()) {
        m_status.checkedAt = m_clock.now();
        if (auto noted = m_cache.noteChecked(); !noted)
            return failRound(noted.error());
        return viewDone();
    }
    if (std::ranges::any_of(strikes, [](const auto& strike) { return strike.second >= kStrikesBeforeResync; })) {
        if (auto forgiven = m_cache.setStrikes({}); !forgiven)
            return failRound(forgiven.error());
        return beginResync("bucket_differs");
    }
    repairNext();
}

void SyncEngine::repairNext()
{
    if (m_toRepair.empty()) {
        m_checkDue = true;   // pull to one position, and compare again
        return pull();
    }
    enter(Phase::Check);
    m_bucketRows.clear();
    fetchBucket(std::string());
}

void SyncEngine::fetchBucket(const std::string& page)
{
    m_phaseSinceMs = m_clock.monotonicMs();
    const auto target = std::string(kBucketPage) + (page.empty() ? "bucket=" + std::to_string(m_toRepair.back()) : "page=" + page);
    m_protocol.get(m_token, target, inRound<base::Json>([this](Reply<base::Json> answer) {
        if (!answer && renewable(answer.error()))
            return sayHello();
        if (!answer)
            return failRound(std::move(answer.error()));
        auto snapshot = wire::decodeSnapshotResponse(*answer);
        if (!snapshot)
            return failRound(snapshot.error());
        bucketFetched(*snapshot);
    }));
}

void SyncEngine::bucketFetched(const wire::SnapshotResponse& page)
{
    noteContact();
    m_bucketRows.insert(m_bucketRows.end(), page.rows.begin(), page.rows.end());
    if (page.nextPage)
        return fetchBucket(*page.nextPage);
    const auto refused = closeRevokedCases(revokesIn(page.revokes));
    const auto present = refused ? m_cache.caseIds() : base::Result<std::vector<domain::CaseId>>(base::fail(refused.error()));
    if (!present)
        return failRound(present.error());
    const int bucket = m_toRepair.back();
    std::set<domain::CaseId> sent;
    for (const auto& op : m_bucketRows) {
        if (op.caseId)
            sent.insert(*op.caseId);
    }
    db::Deletion deletion{0, std::ssize(*present)};
    for (const auto& id : *present) {
        const auto revoked = m_journal.isRevoked(id);
        if (domain::bucketOfCase(id) == bucket && !sent.contains(id) && revoked && !*revoked)
            ++deletion.removed;
    }
    if (isHeld(deletion))
        return failRound(CallFailure{{base::ErrorCode::Conflict, "cases would go without an order"}, "mass_deletion_held", 0, {}, {}});
    const auto outcome = m_cache.replaceBucket(bucket, m_bucketRows);
    if (!outcome)
        return failRound(outcome.error());
    if (auto reopened = reopenReturnedCases(outcome->changedCases); !reopened)
        return failRound(reopened.error());
    if (auto purged = finishPurges(outcome->forgotten); !purged)
        return failRound(purged.error());
    ++m_status.repairedBuckets;
    m_bucketRows.clear();
    m_toRepair.pop_back();
    if (m_listener.applied)
        m_listener.applied(*outcome);
    repairNext();
}

/// The view is complete and sound: what is owed about it, then whoever has calls of their own.
void SyncEngine::viewDone()
{
    m_recount.reset();
    sendPurgeReceipts([this] {
        if (!m_listener.viewComplete)
            return finishRound();
        const RoundCall call = [this](const std::string& path, const base::Json& body, std::function<void(Reply<base::Json>)> answered) {
            m_protocol.post(m_token, path, body, inRound<base::Json>(std::move(answered)));
        };
        m_listener.viewComplete(call, [this] { finishRound(); });
    });
}

} // namespace evenhand::sync
