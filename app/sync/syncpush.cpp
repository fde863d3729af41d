// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <span>

#include "app/base/log.h"
#include "app/sync/enrolment.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: facts up.
namespace evenhand::sync {

namespace wire = domain::wire;

namespace {

constexpr int kPoisonAfter = 3;

/// The receipt's own verdict, if it is about this event and signed by the server.
base::Result<wire::EventResult> proven(const wire::EventResult& result, const domain::EventEnvelope& event, const EngineIdentity& identity)
{
    EVENHAND_ASSIGN(const auto key, signingKeyOf(result.receipt.statement, identity.serverKeys));
    EVENHAND_ASSIGN(const auto json, domain::verifyStatement(key, "receipt", result.receipt.statement, result.receipt.signature));
    base::JsonReader in(json, "receipt:");
    const auto id = in.uuid("event_id");
    const auto dataset = in.uuid("dataset_id");
    const auto hash = in.base64Url("hash");
    const auto verdict = in.text("verdict");
    const auto reason = in.optionalText("reason");
    if (!in.ok())
        return base::fail(in.error());
    if (id != event.eventId.uuid() || dataset != identity.dataset.uuid() || !std::ranges::equal(hash, event.hash))
        return base::fail(base::ErrorCode::Unauthorized, "receipt for something else");
    if (verdict != "accepted" && verdict != "quarantined")
        return base::fail(base::ErrorCode::Protocol, "receipt with an unknown verdict");
    wire::EventResult checked = result;
    checked.verdict = verdict;   // of a duplicate: what it was judged the first time
    checked.reason = reason;
    return checked;
}

bool isBatchTrouble(const CallFailure& failure)
{
    return failure.status == 400 || failure.status == 408 || failure.status == 413 || (failure.status >= 500 && failure.status != 503 && failure.status != 507);
}

} // namespace

void SyncEngine::push()
{
    enter(Phase::Push);
    const auto limit = m_bisectLimit > 0 ? std::min(m_bisectLimit, m_batchLimit) : m_batchLimit;
    auto batch = m_journal.unsent(limit, m_batchBytes);
    if (!batch)
        return failRound(batch.error());
    if (batch->empty()) {
        m_bisectLimit = 0;
        return sendPurgeReceipts([this] { m_pullAllowed ? pull() : finishRound(); });
    }
    const PushTicket ticket{m_token, m_identity.device, base::Uuid::random().toString()};
    const auto attempt = m_journal.recordAttempt(batch->front().epoch, batch->front().seq, batch->back().seq, ticket.requestId);
    if (!attempt)
        return failRound(attempt.error());
    const wire::EventsRequest request{batch->front().epoch, *batch};
    m_protocol.pushEvents(ticket, request, inRound<wire::EventsResponse>([this, attempt = *attempt, batch = *std::move(batch)](Reply<wire::EventsResponse> answer) {
        if (answer)
            pushed(attempt, batch, *answer);
        else
            pushFailed(attempt, batch, std::move(answer.error()));
    }));
}

std::vector<wire::EventResult> SyncEngine::provenResults(const std::vector<domain::EventEnvelope>& batch, const wire::EventsResponse& answer) const
{
    std::vector<wire::EventResult> all;
    for (const auto& result : answer.results) {
        const auto event = std::ranges::find(batch, result.eventId, &domain::EventEnvelope::eventId);
        if (event == batch.end())
            continue;
        if (auto checked = proven(result, *event, m_identity))
            all.push_back(*std::move(checked));
        else
            base::log::of(base::log::Area::Sync).error("event {} stays unsent: {}", event->eventId.toString(), checked.error().detail);
    }
    return all;
}

void SyncEngine::pushed(std::int64_t attempt, const std::vector<domain::EventEnvelope>& batch, const wire::EventsResponse& answer)
{
    noteContact();
    const auto results = provenResults(batch, answer);
    if (results.empty())
        return pushFailed(attempt, batch, {{base::ErrorCode::Protocol, "no receipt of the answer can be trusted"}, "bad_receipts", 200, {}, {}});
    if (auto stored = m_journal.recordResults(attempt, results); !stored)
        return failRound(stored.error());
    if (m_bisectLimit == 0)
        m_batchFailures = 0;   // while an event is suspected, the next failure halves at once
    if (m_listener.delivered)
        m_listener.delivered();
    push();
}

void SyncEngine::pushFailed(std::int64_t attempt, const std::vector<domain::EventEnvelope>& batch, CallFailure failure)
{
    const bool mayBePoison = isBatchTrouble(failure);
    if (mayBePoison)
        m_batchFailures += failure.status == 413 ? kPoisonAfter : 1;
    const bool isSuspected = mayBePoison && m_batchFailures >= kPoisonAfter;
    if (isSuspected && batch.size() == 1 && offers("opaque"))
        return pushOpaque(attempt, batch.front(), std::move(failure));
    if (auto ended = m_journal.finishAttempt(attempt, failure.problem.empty() ? "no_answer" : failure.problem, failure.error.detail); !ended)
        return failRound(ended.error());
    if (renewable(failure))
        return sayHello();
    if (isSuspected && batch.size() > 1) {
        // The third failure of the same batch: one half and then the other, in the same round, until one event is found that the server
        // cannot take. It must not delay the others.
        m_bisectLimit = static_cast<int>(batch.size() / 2);
        return push();
    }
    failRound(std::move(failure));
}

/// The last resort for one event: its bytes as they are. The server keeps them without reading them, and its place is filled.
void SyncEngine::pushOpaque(std::int64_t attempt, const domain::EventEnvelope& event, CallFailure refused)
{
    base::log::of(base::log::Area::Sync).error("event {} is refused again and again ({}); handed in as opaque bytes", event.eventId.toString(), refused.problem);
    m_protocol.pushOpaque(m_token, event, inRound<wire::EventResult>([this, attempt, event, refused = std::move(refused)](Reply<wire::EventResult> result) {
        auto checked = result ? proven(*result, event, m_identity) : base::Result<wire::EventResult>(base::fail(result.error().error));
        if (!checked) {
            if (auto ended = m_journal.finishAttempt(attempt, refused.problem.empty() ? "no_answer" : refused.problem, refused.error.detail); !ended)
                return failRound(ended.error());
            return failRound(refused);
        }
        if (auto stored = m_journal.recordResults(attempt, std::span(&*checked, 1)); !stored)
            return failRound(stored.error());
        m_bisectLimit = 0;
        m_batchFailures = 0;
        if (m_listener.delivered)
            m_listener.delivered();
        push();
    }));
}

} // namespace evenhand::sync
