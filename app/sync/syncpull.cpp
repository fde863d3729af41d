// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/log.h"
#include "app/sync/enrolment.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: a view down.
namespace evenhand::sync {

namespace wire = domain::wire;

namespace {

constexpr std::int64_t kPageWhileWorking = 200;   // one transaction per page: interactive requests wait a few milliseconds
constexpr std::int64_t kPageWhenEmpty = 1000;     // the first pull: there is nothing to look at yet

bool needsRestart(const CallFailure& failure)
{
    return failure.problem == "resync_required" || failure.problem == "cursor_invalid" || failure.problem == "cursor_expired"
           || failure.problem == "cursor_ahead";
}

} // namespace

void SyncEngine::pull()
{
    enter(Phase::Pull);
    const auto state = m_cache.syncState();
    if (!state)
        return failRound(state.error());
    if (m_cache.rebuildExists() && offers("snapshot"))
        return continueResync();   // begun before, and not through
    if (state->stagingComplete)
        return apply();
    const wire::PullRequest request{state->scopeEpoch, state->cursor, state->appliedAt ? kPageWhileWorking : kPageWhenEmpty};
    m_protocol.pull(m_token, request, inRound<wire::PullResponse>([this](Reply<wire::PullResponse> page) {
        if (page)
            pulled(*page);
        else
            pullFailed(std::move(page.error()));
    }));
}

void SyncEngine::pulled(const wire::PullResponse& page)
{
    noteContact();
    if (auto staged = m_cache.stagePage(page); !staged)
        return failRound(staged.error());
    m_status.pulledRows += static_cast<std::int64_t>(page.ops.size());
    if (page.complete)
        return apply();
    tell();
    if (m_again) {   // something was saved meanwhile: it does not wait for the rest of a long pull
        m_again = false;
        return push();
    }
    pull();
}

void SyncEngine::pullFailed(CallFailure failure)
{
    if (renewable(failure))
        return sayHello();
    if (!needsRestart(failure))
        return failRound(std::move(failure));
    // The view was rebuilt on the server, or our place in it is gone: fetch everything again. The journal is not touched.
    if (offers("snapshot"))
        return beginResync(failure.problem);
    base::log::of(base::log::Area::Sync).warn("the view is fetched again from the beginning: {}", failure.problem);
    if (auto restarted = m_cache.restartPull(0, true); !restarted)
        return failRound(restarted.error());
    failRound(std::move(failure));
}

base::Result<> SyncEngine::checkRevoke(const db::StagedRevoke& revoke) const
{
    EVENHAND_ASSIGN(const auto key, signingKeyOf(revoke.statement.statement, m_identity.serverKeys));
    EVENHAND_ASSIGN(const auto order, domain::verifyStatement(key, "revoke", revoke.statement.statement, revoke.statement.signature));
    base::JsonReader in(order, "revoke:");
    if (in.uuid("case_id") != revoke.caseId.uuid() || in.uuid("user_id") != m_identity.user.uuid() || !in.ok())
        return base::fail(base::ErrorCode::Unauthorized, "an order to take a case away is about something else");
    return {};
}

/// The journal closes a case before the cache forgets it, so that nothing is readable half-way. An order that is not proven closes the case,
/// and purges nothing.
base::Result<std::vector<base::Uuid>> SyncEngine::closeRevokedCases(const std::vector<db::StagedRevoke>& revokes)
{
    std::vector<base::Uuid> refused;
    for (const auto& revoke : revokes) {
        if (auto proven = checkRevoke(revoke); !proven) {
            base::log::of(base::log::Area::Sync).error("order {} to take case {} away is not proven: {}", revoke.revokeId.toString(),
                                                       revoke.caseId.toString(), proven.error().detail);
            refused.push_back(revoke.revokeId);
            continue;
        }
        EVENHAND_TRY(m_journal.revokeCase(revoke.revokeId, revoke.caseId, revoke.statement, 0));
    }
    return refused;
}

/// A late row of a case that was taken away does not bring it back; the case itself does.
base::Result<> SyncEngine::reopenReturnedCases(const std::vector<domain::CaseId>& changed)
{
    for (const auto& id : changed) {
        EVENHAND_ASSIGN(const auto isRevoked, m_journal.isRevoked(id));
        if (!isRevoked)
            continue;
        EVENHAND_ASSIGN(const auto row, m_cache.listRow(id));
        if (row)
            EVENHAND_TRY(m_journal.reopenCase(id));
    }
    return {};
}

/// Without a person's word no more than a fifth of the cases goes without an order. Held: the old view stays, and the Sync page says so.
bool SyncEngine::isHeld(const db::Deletion& deletion)
{
    if (!deletion.isMass() || m_allowsMassDeletion) {
        m_status.heldDeletion.reset();
        return false;
    }
    if (!m_status.heldDeletion)
        base::log::of(base::log::Area::Sync).error("held: {} of {} cases would go without an order", deletion.removed, deletion.present);
    m_status.heldDeletion = deletion;
    return true;
}

void SyncEngine::apply()
{
    const auto deletion = m_cache.stagedDeletion();
    if (!deletion)
        return failRound(deletion.error());
    if (isHeld(*deletion))
        return failRound(CallFailure{{base::ErrorCode::Conflict, "cases would go without an order"}, "mass_deletion_held", 0, {}, {}});
    const auto revokes = m_cache.stagedRevokes();
    const auto refused = revokes ? closeRevokedCases(*revokes) : base::Result<std::vector<base::Uuid>>(base::fail(revokes.error()));
    if (!refused)
        return failRound(refused.error());
    const auto outcome = m_cache.applyStaged(m_allowsMassDeletion, *refused);
    if (!outcome)
        return failRound(outcome.error());
    m_allowsMassDeletion = false;
    if (auto reopened = reopenReturnedCases(outcome->changedCases); !reopened)
        return failRound(reopened.error());
    m_status.viewCompleteAt = m_clock.now();
    m_lastPullMs = m_clock.monotonicMs();
    if (m_listener.applied)
        m_listener.applied(*outcome);
    if (auto purged = finishPurges(outcome->forgotten); !purged)
        return failRound(purged.error());
    const auto sums = m_cache.runningSums();
    if (!sums)
        return failRound(sums.error());
    for (const auto& [bucket, expected] : outcome->expected) {
        if (const auto& ours = (*sums)[static_cast<std::size_t>(bucket)]; ours != expected)
            m_found.push_back({bucket, ours});
    }
    check();
}

} // namespace evenhand::sync
