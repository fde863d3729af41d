// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/base/log.h"
#include "app/services/localday.h"
#include "app/services/openprofile.h"

// What the queue knows of its cases: all lights soon after the start, and kept current.
namespace evenhand::services {

namespace {

constexpr int kJudgedAtOnce = 16;
constexpr int kSweptAtOnce = 300;                  // some ten milliseconds
constexpr std::int64_t kBetweenSweepsMs = 1;       // whoever asks for something comes between two steps
constexpr std::int64_t kBetweenCasesMs = 15;       // leaves the thread to whoever asks for something
constexpr int kTellAfterJudged = 1'600;
constexpr std::int64_t kLongestAlarmMs = 3'600'000;
constexpr std::size_t kWorthASweep = 200;          // fewer are read in full

ContactLight bestLight(const std::vector<compliance::Decision>& decisions)
{
    const auto best = std::ranges::min_element(decisions, [](const compliance::Decision& a, const compliance::Decision& b) {
        if (a.verdict != b.verdict)
            return a.verdict < b.verdict;
        return a.nextAllowedAt && (!b.nextAllowedAt || *a.nextAllowedAt < *b.nextAllowedAt);
    });
    return best == decisions.end() ? ContactLight{} : lightOf(*best);
}

bool isUsablePhone(const domain::ContactPointRow& point)
{
    return usualChannel(point.kind) == domain::Channel::Call && point.status != domain::ContactStatus::Invalid;
}

/// Whom and where the light of a case is about: the debtor's telephones, or just the debtor.
std::vector<GateRequest> requestsFor(const domain::CaseId& id, const std::vector<domain::PartyRow>& parties,
                                     const std::vector<domain::ContactPointRow>& points)
{
    std::vector<GateRequest> requests;
    for (const auto& party : parties) {
        if (party.role != domain::PartyRole::Debtor)
            continue;
        for (const auto& point : points) {
            if (point.partyId == party.id && isUsablePhone(point))
                requests.push_back({id, party.id, point.id});
        }
        if (requests.empty())
            requests.push_back({id, party.id});
    }
    return requests;
}

void noteHolds(QueueJudgement& judgement, const std::vector<domain::Flag>& flags, base::Instant at)
{
    for (const auto& flag : flags) {
        if (flag.setAt <= at && (!flag.clearedAt || *flag.clearedAt > at))
            judgement.holds.push_back(flag.kind);
    }
}

void noteDecisions(QueueJudgement& judgement, const std::vector<compliance::Decision>& decisions)
{
    judgement.light = bestLight(decisions);
    for (const auto& decision : decisions) {
        if (decision.validUntil && (!judgement.validUntil || *decision.validUntil < *judgement.validUntil))
            judgement.validUntil = decision.validUntil;
    }
}

} // namespace

/// A few cases at a time, so that whoever asks for something waits some milliseconds at most.
void OpenProfile::judgeInBackground()
{
    if (!m_surroundings.packs() || !m_queue->isLoaded()) {
        m_background->set(kBetweenCasesMs * 10, [this] { judgeInBackground(); });
        return;
    }
    if (!m_sweep && m_queue->unjudged(now()) >= m_leftBySweep + kWorthASweep) {
        m_sweep.emplace(m_journal, m_cache, *m_queue);
        if (auto begun = m_sweep->begin(); !begun) {
            base::log::of(base::log::Area::App).warn("cases are judged one by one: {}", begun.error().detail);
            m_sweep.reset();
        }
    }
    if (m_sweep)
        return sweepOn();
    const auto more = m_queue->judgeSome(kJudgedAtOnce);
    m_judgedSinceTold += kJudgedAtOnce;
    const bool isDone = !more || !*more;
    if (isDone ? m_judgedSinceTold > kJudgedAtOnce : m_judgedSinceTold >= kTellAfterJudged) {
        m_judgedSinceTold = 0;
        m_surroundings.changed({.queue = true});
    }
    if (isDone)
        armQueueAlarm();
    else
        m_background->set(kBetweenCasesMs, [this] { judgeInBackground(); });
}

/// One step through all cases; the few that it leaves out are judged one by one afterwards.
void OpenProfile::sweepOn()
{
    const auto more = m_sweep->step(kSweptAtOnce, now(), [this](const db::CaseGist& gist, compliance::GateQuestion question) {
        return judgeGist(gist, std::move(question));
    });
    if (!more || !*more) {
        m_sweep.reset();
        m_leftBySweep = m_queue->unjudged(now());
        m_judgedSinceTold = kTellAfterJudged;
    }
    m_background->set(kBetweenSweepsMs, [this] { judgeInBackground(); });
}

/// Held-out cases come back by timer, without anybody asking.
void OpenProfile::armQueueAlarm()
{
    const auto change = m_queue->nextChangeAt();
    const auto wait = change ? std::clamp<std::int64_t>(change->milliseconds() - now().milliseconds() + 5, 100, kLongestAlarmMs) : kLongestAlarmMs;
    m_queueAlarm->set(wait, [this] {
        m_surroundings.changed({.queue = true});
        judgeInBackground();
    });
}

base::Result<std::optional<QueueJudgement>> OpenProfile::judge(const domain::CaseId& id)
{
    EVENHAND_ASSIGN(const auto facts, readCase(m_journal, m_cache, id));
    if (!facts)
        return std::optional<QueueJudgement>();
    const auto at = now();
    QueueJudgement judgement;
    const auto& row = facts->detail.row;
    judgement.nextActionAt = row.nextActionAt;
    judgement.creditor = row.creditor;
    judgement.hotNote = row.hotNote.value_or("");
    judgement.hasUnsent = facts->hasUnsent;
    for (const auto& promise : facts->detail.promises)
        judgement.promises.push_back({promise.amount, promise.dueOn, promise.state});
    noteHolds(judgement, row.flags, at);
    for (const auto& event : facts->events) {
        if (const auto* call = event.payload ? std::get_if<domain::CallPayload>(&*event.payload) : nullptr) {
            judgement.lastContactAt = call->startedAt;
            judgement.lastOutcome = call->outcome;
        }
    }
    if (const auto* call = lastOwnCall(*facts, m_identity->user, startOfLocalDay(at)))
        judgement.ownCallAt = call->header.occurredAt;
    const auto active = packs();
    if (!active)
        return std::optional(judgement);
    EVENHAND_ASSIGN(const auto peers, peersOf(*facts));
    std::vector<compliance::Decision> decisions;
    for (const auto& request : requestsFor(row.id, facts->detail.parties, facts->detail.contactPoints)) {
        const auto question = questionOf(*facts, peers, request, at);
        decisions.push_back(active->gate.decide(question.intent, question.facts, at));
    }
    noteDecisions(judgement, decisions);
    return std::optional(std::move(judgement));
}

QueueJudgement OpenProfile::judgeGist(const db::CaseGist& gist, compliance::GateQuestion question) const
{
    QueueJudgement judgement;
    judgement.isBrief = true;
    judgement.nextActionAt = gist.nextActionAt;
    noteHolds(judgement, gist.flags, question.now);
    const auto today = startOfLocalDay(question.now);
    for (const auto& contact : gist.contacts) {
        judgement.lastContactAt = contact.at;
        judgement.lastOutcome = contact.outcome;
        if (contact.channel == domain::Channel::Call && contact.at >= today && contact.actorId == m_identity->user)
            judgement.ownCallAt = contact.at;
    }
    const auto active = packs();
    if (!active)
        return judgement;
    question.facts.offline = shareOf(gist.id, question.now);
    std::vector<compliance::Decision> decisions;
    for (const auto& request : requestsFor(gist.id, gist.parties, gist.contactPoints)) {
        question.intent.channel = request.channel;
        question.intent.initiatedBy = request.initiatedBy;
        question.intent.purpose = request.purpose;
        question.intent.partyId = request.partyId.toString();
        question.intent.contactPointId = request.contactPointId ? request.contactPointId->toString() : std::string();
        decisions.push_back(active->gate.decide(question.intent, question.facts, question.now));
    }
    noteDecisions(judgement, decisions);
    return judgement;
}

} // namespace evenhand::services
