// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/syncengine.h"

#include <algorithm>

#include "app/base/log.h"
#include "app/sync/retrydelay.h"

namespace evenhand::sync {

namespace {

constexpr std::int64_t kStuckPhaseMs = 300'000;   // longer than any stall time-out: the protocol forgot to answer

Contact contactAfter(const CallFailure& failure, Contact before)
{
    if (failure.problem == "dataset_mismatch")
        return Contact::WrongServer;
    switch (failure.error.code) {
    case base::ErrorCode::Untrusted: return Contact::Untrusted;
    case base::ErrorCode::Network: return failure.problem.empty() ? Contact::Offline : Contact::Online;
    case base::ErrorCode::Unauthorized: return failure.status == 0 ? Contact::WrongServer : Contact::NeedsPassword;
    case base::ErrorCode::Cancelled:
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Conflict:
    case base::ErrorCode::Invalid:
    case base::ErrorCode::Storage:
    case base::ErrorCode::DiskFull:
    case base::ErrorCode::WrongKey:
    case base::ErrorCode::Damaged:
    case base::ErrorCode::SchemaTooNew:
    case base::ErrorCode::SchemaTooOld:
    case base::ErrorCode::Forbidden:
    case base::ErrorCode::Protocol: break;
    }
    return before;
}

} // namespace

std::int64_t retryDelayMs(const EngineTiming& timing, int failures, double random)
{
    return retryWaitMs(timing.firstRetryMs, timing.longestRetryMs, failures, random, timing.shortestRetryMs);
}

SyncEngine::SyncEngine(SyncProtocol& protocol, db::Journal& journal, db::CaseCache& cache, EngineIdentity identity, Credentials credentials,
                       const base::Clock& clock, AlarmMaker& alarms, EngineListener listener, EngineTiming timing)
    : m_protocol(protocol), m_journal(journal), m_cache(cache), m_identity(std::move(identity)), m_credentials(std::move(credentials)),
      m_clock(clock), m_listener(std::move(listener)), m_timing(timing), m_next(alarms.make()), m_watchdog(alarms.make()),
      m_pokes(protocol, alarms, [this] { poked(); }, [this] { tell(); }), m_slice(alarms.make())
{
    m_protocol.expectDataset(m_identity.dataset);
    m_watchdog->set(m_timing.watchdogMs, [this] { watch(); });
    if (const auto state = m_cache.syncState(); state && state->appliedAt)
        m_status.viewCompleteAt = state->appliedAt;
    if (const auto checked = m_cache.checkedAt())
        m_status.checkedAt = *checked;
}

SyncEngine::~SyncEngine() = default;

void SyncEngine::kick()
{
    if (m_status.paused)
        return;
    if (m_status.phase != Phase::Idle) {
        m_again = true;
        return;
    }
    beginRound();
}

void SyncEngine::setPaused(bool paused)
{
    if (m_status.paused == paused)
        return;
    m_status.paused = paused;
    if (!paused)
        return beginRound();
    m_round = std::make_shared<int>(0);
    m_next->clear();
    m_slice->clear();
    m_pokes.stop();
    m_rebuild.reset();
    m_status.nextAttemptAt.reset();
    m_status.phase = Phase::Idle;
    m_again = false;
    m_protocol.cancelAll();
    tell();
}

void SyncEngine::usePassword(std::string password)
{
    m_credentials.password = std::move(password);
    m_deviceGrantOnly = false;
    m_token.clear();
    kick();
}

void SyncEngine::beginRound()
{
    m_round = std::make_shared<int>(0);
    m_next->clear();
    m_status.nextAttemptAt.reset();
    m_renewedInRound = false;
    m_again = false;
    m_pulledForCheck = false;
    if (!m_token.empty() && m_clock.monotonicMs() < m_tokenEndsMs - m_timing.tokenMarginMs)
        push();
    else
        sayHello();
}

void SyncEngine::finishRound()
{
    m_failures = 0;
    m_status.lastFailure.reset();
    m_status.contact = m_pullAllowed ? Contact::Online : Contact::NeedsPassword;
    m_status.phase = Phase::Idle;
    if (m_again)
        return beginRound();
    const auto state = m_cache.syncState();
    if (m_pullAllowed && offers("stream") && state)
        m_pokes.listen(m_token, state->upto);
    const auto poll = m_pokes.mode() == PokeMode::None ? m_timing.pollMs : m_timing.pollWhileListeningMs;
    arm(poll * 4 / 5 + static_cast<std::int64_t>(static_cast<double>(poll) * 0.4 * random01()));
    tell();
}

void SyncEngine::failRound(CallFailure failure)
{
    ++m_failures;
    base::log::of(base::log::Area::Sync)
        .info("round ended in phase {}: {} ({}), request {}", static_cast<int>(m_status.phase), failure.error.detail, failure.problem, failure.requestId);
    if (failure.status > 0 && !failure.problem.empty() && failure.problem != "dataset_mismatch")
        noteContact();
    m_status.contact = contactAfter(failure, m_status.contact);
    if (failure.error.code == base::ErrorCode::Unauthorized || m_status.contact == Contact::WrongServer)
        m_token.clear();   // the next round proves again who is there before anything is sent
    auto wait = retryDelayMs(m_timing, m_failures, random01());
    const auto failureAsked = failure.retryAfterS.value_or(0) * 1000;
    wait = std::max(wait, failureAsked);
    m_status.lastFailure = RoundFailure{m_clock.now(), std::move(failure), m_status.phase};
    m_status.phase = Phase::Idle;
    m_again = false;
    m_round = std::make_shared<int>(0);
    m_slice->clear();
    m_rebuild.reset();   // its file stays; the next round goes on with it
    m_retryAskedMs = failureAsked;
    arm(wait);
    tell();
}

void SyncEngine::failRound(base::Error error)
{
    failRound(CallFailure{std::move(error), {}, 0, {}, {}});
}

void SyncEngine::arm(std::int64_t inMilliseconds)
{
    m_status.nextAttemptAt = m_clock.now().plusMilliseconds(inMilliseconds);
    m_next->set(inMilliseconds, [this] { kick(); });
}

/// Nothing stops silently: between rounds an attempt is armed, within a round something moves.
void SyncEngine::watch()
{
    m_watchdog->set(m_timing.watchdogMs, [this] { watch(); });
    if (m_status.paused)
        return;
    if (m_status.phase == Phase::Idle && !m_status.nextAttemptAt) {
        base::log::of(base::log::Area::Sync).error("no attempt was armed; armed now");
        arm(m_timing.firstRetryMs);
        tell();
    } else if (m_status.phase != Phase::Idle && m_clock.monotonicMs() - m_phaseSinceMs > kStuckPhaseMs) {
        base::log::of(base::log::Area::Sync).error("phase {} did not move; ended", static_cast<int>(m_status.phase));
        m_round = std::make_shared<int>(0);
        m_protocol.cancelAll();
        failRound(base::Error{base::ErrorCode::Network, "the round did not move for five minutes"});
    } else if (m_status.phase == Phase::Idle && waitsTooLong()) {
        base::log::of(base::log::Area::Sync).error("something waits, and the next attempt was armed too late; armed anew");
        arm(m_timing.firstRetryMs);
        tell();
    } else if (m_status.phase == Phase::Idle && *m_status.nextAttemptAt < m_clock.now().plusMilliseconds(-m_timing.watchdogMs)) {
        kick();   // the computer slept through the alarm, or its clock was moved
    }
}

/// Pending, and the next attempt further away than the longest wait, though the server asked for no such thing. By the wall clock: it may have moved.
bool SyncEngine::waitsTooLong() const
{
    const auto longest = std::max(m_timing.longestRetryMs, m_retryAskedMs);
    if (*m_status.nextAttemptAt <= m_clock.now().plusMilliseconds(longest + m_timing.watchdogMs))
        return false;
    const auto counts = m_journal.counts();
    return !counts || counts->pending > 0;
}

/// Something changed at the server. At most every two seconds, whatever it says.
void SyncEngine::poked()
{
    if (m_status.paused)
        return;
    if (m_status.phase != Phase::Idle) {
        m_again = true;
        return;
    }
    const auto since = m_clock.monotonicMs() - m_lastPullMs;
    if (since >= m_timing.betweenPokesMs)
        return kick();
    arm(m_timing.betweenPokesMs - since);
    tell();
}

void SyncEngine::enter(Phase phase)
{
    m_phaseSinceMs = m_clock.monotonicMs();
    if (m_status.phase == phase)
        return;
    m_status.phase = phase;
    if (phase == Phase::Pull)
        m_status.pulledRows = 0;
    tell();
}

void SyncEngine::tell()
{
    m_status.pokes = m_pokes.mode();
    if (m_listener.status)
        m_listener.status(m_status);
}

void SyncEngine::noteContact()
{
    m_status.lastContactAt = m_clock.now();
}

/// Whether a call failed only because of the session, and a new one was not tried in this round.
bool SyncEngine::renewable(const CallFailure& failure)
{
    const bool session = failure.status == 401 || failure.problem == "session_superseded";
    if (!session || m_renewedInRound)
        return false;
    m_renewedInRound = true;
    m_token.clear();
    return true;
}

} // namespace evenhand::sync
