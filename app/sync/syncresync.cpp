// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <set>

#include "app/base/log.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: everything again, into a new file (reference §10). The old one is read and worked with until the new one has passed; the
/// journal has no part in it.
namespace evenhand::sync {

namespace wire = domain::wire;

void SyncEngine::beginResync(const std::string& why)
{
    base::log::of(base::log::Area::Sync).warn("the view is fetched again into a new file: {}", why);
    m_rebuild.reset();
    m_cache.discardRebuild();
    continueResync();
}

void SyncEngine::continueResync()
{
    enter(Phase::Resync);
    if (!m_rebuild) {
        auto opened = m_cache.openRebuild();
        if (!opened)
            return failRound(opened.error());
        m_rebuild.emplace(*std::move(opened));
    }
    const auto state = m_rebuild->rebuildState();
    if (!state)
        return failRound(state.error());
    if (state->snapshotComplete)
        return pullRebuild();
    fetchSnapshot(state->page);
}

void SyncEngine::fetchSnapshot(const std::string& page)
{
    m_phaseSinceMs = m_clock.monotonicMs();
    m_protocol.get(m_token, "/v1/snapshot?max=500" + (page.empty() ? std::string() : "&page=" + page), inRound<base::Json>([this](Reply<base::Json> answer) {
        if (!answer)
            return resyncFailed(std::move(answer.error()));
        auto snapshot = wire::decodeSnapshotResponse(*answer);
        if (!snapshot)
            return failRound(snapshot.error());
        snapshotFetched(*snapshot);
    }));
}

void SyncEngine::resyncFailed(CallFailure failure)
{
    if (renewable(failure))
        return sayHello();
    if (failure.problem == "resync_required" || failure.problem == "cursor_invalid") {
        m_rebuild.reset();
        m_cache.discardRebuild();   // our place ran out; the next round begins again
    }
    failRound(std::move(failure));
}

std::vector<db::StagedRevoke> SyncEngine::revokesIn(const std::vector<wire::PullOp>& ops) const
{
    std::vector<db::StagedRevoke> revokes;
    for (const auto& op : ops) {
        if (op.op == "revoke" && op.revokeId && op.caseId)
            revokes.push_back({*op.revokeId, *op.caseId, op.statement.value_or(domain::SignedStatement{})});
    }
    return revokes;
}

void SyncEngine::snapshotFetched(const wire::SnapshotResponse& page)
{
    noteContact();
    if (const auto refused = closeRevokedCases(revokesIn(page.revokes)); !refused)
        return failRound(refused.error());
    if (auto added = m_rebuild->addSnapshotPage(page); !added)
        return failRound(added.error());
    m_status.pulledRows += std::ssize(page.rows);
    tell();
    if (std::exchange(m_again, false))   // something was saved meanwhile: it does not wait
        return push();
    continueResync();
}

void SyncEngine::pullRebuild()
{
    m_phaseSinceMs = m_clock.monotonicMs();
    const auto state = m_rebuild->syncState();
    if (!state)
        return failRound(state.error());
    const wire::PullRequest request{state->scopeEpoch, state->cursor, 500};
    m_protocol.pull(m_token, request, inRound<wire::PullResponse>([this](Reply<wire::PullResponse> page) {
        if (page)
            rebuildPulled(*page);
        else
            resyncFailed(std::move(page.error()));
    }));
}

void SyncEngine::rebuildPulled(const wire::PullResponse& page)
{
    noteContact();
    if (auto staged = m_rebuild->stagePage(page); !staged)
        return failRound(staged.error());
    if (!page.complete)
        return pullRebuild();
    const auto revokes = m_rebuild->stagedRevokes();
    const auto refused = revokes ? closeRevokedCases(*revokes) : base::Result<std::vector<base::Uuid>>(base::fail(revokes.error()));
    if (!refused)
        return failRound(refused.error());
    if (auto applied = m_rebuild->applyStaged(true, *refused); !applied)   // the guard compares with the old file
        return failRound(applied.error());
    compareRebuild();
}

void SyncEngine::compareRebuild()
{
    const auto state = m_rebuild->syncState();
    const auto sums = m_rebuild->runningSums();
    if (!state || !sums)
        return failRound(state ? sums.error() : state.error());
    wire::DigestRequest request{state->scopeEpoch, state->cursor, {}, std::nullopt, {}};
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket)
        request.buckets.push_back({bucket, (*sums)[static_cast<std::size_t>(bucket)]});
    m_protocol.post(m_token, "/v1/digest", wire::encode(request), inRound<base::Json>([this](Reply<base::Json> answer) {
        if (!answer && answer.error().problem == "cursor_behind")
            return std::exchange(m_pulledForCheck, true) ? failRound(std::move(answer.error())) : pullRebuild();
        if (!answer)
            return resyncFailed(std::move(answer.error()));
        const auto response = wire::decodeDigestResponse(*answer);
        if (!response)
            return failRound(response.error());
        if (!response->mismatched.empty()) {
            m_rebuild.reset();
            m_cache.discardRebuild();
            return failRound(CallFailure{{base::ErrorCode::Protocol, "what was fetched again does not add up"}, "resync_differs", 200, {}, {}});
        }
        swapRebuild();
    }));
}

void SyncEngine::swapRebuild()
{
    const auto before = m_cache.caseIds();
    const auto after = m_rebuild->caseIds();
    if (!after)
        return failRound(after.error());
    const std::set<domain::CaseId> kept(after->begin(), after->end());
    db::Deletion deletion{0, before ? std::ssize(*before) : 0};   // an old file that cannot be read has nothing to lose
    db::ApplyOutcome outcome;
    for (const auto& id : before ? *before : std::vector<domain::CaseId>{}) {
        if (kept.contains(id))
            continue;
        const auto revoked = m_journal.isRevoked(id);
        if (!revoked)
            return failRound(revoked.error());
        deletion.removed += *revoked ? 0 : 1;
        outcome.revokedCases.push_back(id);
    }
    if (isHeld(deletion))
        return failRound(CallFailure{{base::ErrorCode::Conflict, "cases would go without an order"}, "mass_deletion_held", 0, {}, {}});
    if (deletion.removed > 0)
        base::log::of(base::log::Area::Sync).error("{} cases are not in the new view, and nobody took them away", deletion.removed);
    m_allowsMassDeletion = false;
    auto fresh = std::move(*m_rebuild);
    m_rebuild.reset();
    if (auto swapped = m_cache.replaceWith(std::move(fresh)); !swapped)
        return failRound(swapped.error());
    m_status.missingCases = deletion.removed;
    ++m_status.resyncs;
    m_status.viewCompleteAt = m_status.checkedAt = m_clock.now();
    m_lastPullMs = m_clock.monotonicMs();
    outcome.changedCases = *after;
    outcome.put = std::ssize(*after);
    if (auto noted = m_cache.noteChecked(); !noted)
        return failRound(noted.error());
    if (auto reopened = reopenReturnedCases(outcome.changedCases); !reopened)
        return failRound(reopened.error());
    if (auto purged = finishPurges({}); !purged)
        return failRound(purged.error());
    if (m_listener.applied)
        m_listener.applied(outcome);
    viewDone();
}

} // namespace evenhand::sync
