// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/gaterecord.h"

#include <algorithm>
#include <set>

#include "app/services/openprofile.h"
#include "app/services/recorder.h"

namespace evenhand::services {

namespace {

constexpr std::int64_t kDayS = 86'400;

const domain::CallPayload* contactIn(const CaseFacts& facts, const domain::EventId& id)
{
    const auto event = std::ranges::find(facts.events, id, [](const KnownEvent& known) { return known.header.eventId; });
    return event == facts.events.end() || !event->payload ? nullptr : std::get_if<domain::CallPayload>(&*event->payload);
}

/// The question as it was asked; past contacts are found again by their ids.
base::Result<compliance::GateQuestion> questionAgain(const base::Json& asked, const CaseFacts& facts, const std::vector<CaseFacts>& peers,
                                                     const domain::PartyId& party)
{
    EVENHAND_ASSIGN(auto question, compliance::questionFromJson(asked));
    if (!asked.contains("history_ids"))
        return base::fail(base::ErrorCode::NotFound, replayproblem::kLostHistory);
    std::set<std::string> wanted;
    for (const auto& id : asked["history_ids"])
        wanted.insert(id.get<std::string>());
    // Every contact in the case, whoever it was with: the proof that a debtor is lost lies in contacts with somebody else.
    auto known = gateQuestion(facts, peers, {facts.detail.row.id, party}, question.now).facts.history;
    std::erase_if(*known, [&](const compliance::PastContact& contact) { return !wanted.contains(contact.id); });
    if (known->size() != wanted.size())
        return base::fail(base::ErrorCode::NotFound, replayproblem::kLostHistory);
    question.facts.history = std::move(known);
    return question;
}

/// The rules with exactly these hashes: those in force, or older ones from the archive.
std::optional<compliance::ContactGate> gateOf(const OpenProfile& profile, const std::vector<compliance::PackIdentity>& identities)
{
    const auto active = profile.packs();
    if (active && active->identities == identities)
        return active->gate;
    if (profile.packArchive() == nullptr)
        return std::nullopt;
    auto rules = profile.packArchive()->rulesOf(identities);
    return rules ? std::optional(compliance::ContactGate(*std::move(rules))) : std::nullopt;
}

base::Json withoutExtras(base::Json stored)
{
    stored.erase("asked");
    stored.erase("override");
    return stored;
}

} // namespace

std::string overrideReasonOf(const base::Json& storedGate)
{
    if (!storedGate.is_object() || !storedGate.contains("override") || !storedGate["override"].is_object())
        return {};
    const auto& reason = storedGate["override"].value("reason", base::Json(""));
    return reason.is_string() ? reason.get<std::string>() : std::string();
}

std::string_view toWord(OverrideReason value)
{
    switch (value) {
    case OverrideReason::AskedForIt: return "asked_for_it";
    case OverrideReason::Agreed: return "agreed";
    case OverrideReason::HelpsThem: return "helps_them";
    case OverrideReason::RecordWrong: return "record_wrong";
    case OverrideReason::Instructed: return "instructed";
    }
    return "";
}

base::Json withOverride(const GateAnswer& answer, OverrideReason reason, domain::UserRole role, base::Instant at)
{
    auto json = answer.json;
    json["override"] = {{"reason", std::string(toWord(reason))}, {"role", std::string(domain::toWord(role))}, {"at", at.toRfc3339Utc()}};
    return json;
}

base::Result<GateAnswer> askGate(OpenProfile& profile, const GateRequest& request)
{
    const auto active = profile.packs();
    if (!active)
        return base::fail(base::ErrorCode::Forbidden, "no rule pack is loaded, so nobody may be contacted");
    EVENHAND_ASSIGN(const auto question, profile.gateQuestionOf(request));
    auto decision = active->gate.decide(question.intent, question.facts, question.now);
    auto light = lightOf(decision);
    auto json = storedDecision(decision);
    json["asked"] = storedQuestion(question);
    const bool mayGoOn = compliance::mayOverride(decision, domain::toWord(profile.identity().role));
    return GateAnswer{std::move(decision), std::move(light), question.now, std::move(json), mayGoOn};
}

base::Result<GateAnswer> overrideGate(OpenProfile& profile, const GateRequest& request, GateAnswer answer, OverrideReason reason)
{
    const auto& identity = profile.identity();
    if (!compliance::mayOverride(answer.decision, domain::toWord(identity.role)))
        return base::fail(base::ErrorCode::Forbidden, "this role may not go on in spite of the rule");
    const auto row = request.contactPointId ? request.contactPointId->uuid() : request.partyId.uuid();
    EVENHAND_TRY(recordOverride(profile, request.caseId, row, reason));
    answer.json = withOverride(answer, reason, identity.role, profile.now());
    return answer;
}

base::Result<GateReplay> replayGate(const OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& eventId)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    const auto* call = contactIn(facts, eventId);
    auto stored = call == nullptr ? std::nullopt : decisionFromStored(call->gate);
    if (!stored)
        return base::fail(base::ErrorCode::NotFound, "the gate was not asked about this contact");
    GateReplay replay{call->startedAt, *std::move(stored)};
    replay.overrideReason = overrideReasonOf(call->gate);
    if (!call->gate.contains("asked")) {
        replay.whyNot = replayproblem::kNotKept;
        return replay;
    }
    EVENHAND_ASSIGN(const auto peers, profile.peersOf(facts));
    const auto question = questionAgain(call->gate["asked"], facts, peers, call->partyId);
    const auto gate = gateOf(profile, replay.stored.packs);
    if (!question) {
        replay.whyNot = question.error().code == base::ErrorCode::NotFound ? replayproblem::kLostHistory : replayproblem::kNotKept;
    } else if (!gate) {
        replay.whyNot = replayproblem::kOtherRules;
    } else {
        replay.askedAt = question->now;
        replay.again = gate->decide(question->intent, question->facts, question->now);
        replay.opinions = gate->explain(question->intent, question->facts, question->now);
        replay.isSame = storedDecision(*replay.again) == withoutExtras(call->gate);
    }
    return replay;
}

PressureView pressureOn(const CaseFacts& facts, const std::vector<CaseFacts>& peers, base::Instant now)
{
    PressureView pressure;
    const auto debtor = std::ranges::find(facts.detail.parties, domain::PartyRole::Debtor, &domain::PartyRow::role);
    if (debtor == facts.detail.parties.end())
        return pressure;
    for (const auto& contact : contactsWith(facts, peers, debtor->id)) {
        if (contact.direction == domain::Direction::Inbound || contact.at > now)
            continue;
        pressure.lastAt = std::max(pressure.lastAt, std::optional(contact.at));
        const auto ago = (now.milliseconds() - contact.at.milliseconds()) / 1000;
        if (ago >= 30 * kDayS)
            continue;
        ++pressure.last30Days;
        ++pressure.byDay[static_cast<std::size_t>(ago / kDayS)];
        if (ago < 7 * kDayS)
            ++pressure.last7Days;
        if (contact.result == domain::ContactResult::Conversation && contact.rightParty.value_or(false))
            ++pressure.talks30Days;
    }
    std::set<domain::CaseId> cases{facts.detail.row.id};
    for (const auto& peer : peers)
        cases.insert(peer.detail.row.id);
    pressure.cases = static_cast<int>(cases.size());
    return pressure;
}

} // namespace evenhand::services
