// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/services/gaterecord.h"
#include "app/services/recorder.h"

/// Asking the gate about what is not done yet: a call-back at another time, a flag that is not set.
namespace evenhand::services {

namespace {

constexpr int kMostTries = 8;   // each try lands on a time that one more rule allows
constexpr domain::Channel kWays[] = {domain::Channel::Call, domain::Channel::Message, domain::Channel::Letter, domain::Channel::Visit};

base::Result<std::shared_ptr<const ActivePacks>> packsOf(const OpenProfile& profile)
{
    auto active = profile.packs();
    if (!active)
        return base::fail(base::ErrorCode::Forbidden, "no rule pack is loaded, so nobody may be contacted");
    return active;
}

/// The call that is on now, as it will stand in the history when the call-back is due.
compliance::PastContact thisCallAs(const GateRequest& request, const compliance::ContactIntent& intent, domain::ContactResult result, base::Instant at)
{
    compliance::PastContact past;
    past.id = "this-call";
    past.at = at;
    past.channel = request.channel;
    past.direction = domain::Direction::Outbound;
    past.partyId = intent.partyId;
    past.contactPointId = intent.contactPointId;
    past.accountIds = intent.accountIds;
    past.initiatedBy = request.initiatedBy;
    past.result = result;
    past.rightParty = result == domain::ContactResult::Conversation;
    past.durationS = 0;
    past.isOwn = true;
    return past;
}

/// The contact point of a party that a channel would use: the first that is not known to be dead.
std::optional<domain::ContactPointId> pointFor(const CaseFacts& facts, const domain::PartyId& party, domain::Channel channel)
{
    for (const auto& point : facts.detail.contactPoints) {
        const bool isAddress = point.kind == domain::ContactPointKind::Address;
        const bool isPhone = point.kind == domain::ContactPointKind::Mobile || point.kind == domain::ContactPointKind::Landline;
        const bool wantsAddress = channel == domain::Channel::Letter || channel == domain::Channel::Visit;
        const bool isUsable = point.status != domain::ContactStatus::Invalid && point.status != domain::ContactStatus::Lost;
        if (point.partyId == party && isUsable && (wantsAddress ? isAddress : isPhone))
            return point.id;
    }
    return std::nullopt;
}

} // namespace

base::Result<CallbackAdvice> adviseCallback(OpenProfile& profile, GateRequest request, base::Instant wished, std::optional<domain::ContactResult> thisCall)
{
    EVENHAND_ASSIGN(const auto active, packsOf(profile));
    CallbackAdvice advice{.wished = wished};
    auto at = wished;
    for (int tried = 0; tried < kMostTries; ++tried) {
        request.at = at;
        EVENHAND_ASSIGN(auto question, profile.gateQuestionOf(request));
        if (thisCall && question.facts.history)
            question.facts.history->push_back(thisCallAs(request, question.intent, *thisCall, profile.now()));
        const auto decision = active->gate.decide(question.intent, question.facts, at);
        if (tried == 0)
            advice.light = lightOf(decision);
        if (decision.verdict != compliance::Verdict::Block) {   // a hold may be lifted by then; the gate is asked again when it is due
            advice.allowedAt = at;
            return advice;
        }
        if (!decision.nextAllowedAt || *decision.nextAllowedAt <= at)
            return advice;
        at = *decision.nextAllowedAt;
    }
    return advice;
}

base::Result<std::vector<FlagConsequence>> previewFlag(OpenProfile& profile, const domain::CaseId& caseId, const domain::FlagPayload& flag)
{
    EVENHAND_ASSIGN(const auto active, packsOf(profile));
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    if (facts.detail.parties.empty())
        return std::vector<FlagConsequence>();
    const auto party = flag.partyId.value_or(facts.detail.parties.front().id);
    std::vector<FlagConsequence> consequences;
    for (const auto channel : kWays) {
        const GateRequest request{.caseId = caseId, .partyId = party, .contactPointId = pointFor(facts, party, channel), .channel = channel};
        EVENHAND_ASSIGN(auto question, profile.gateQuestionOf(request));
        const auto before = active->gate.decide(question.intent, question.facts, question.now);
        question.facts.flags->push_back({flag.kind, question.now, std::nullopt, flag.partyId ? flag.partyId->toString() : std::string(), {}, flag.channel});
        const auto after = active->gate.decide(question.intent, question.facts, question.now);
        // Only what the flag itself brings: the hour of the day and the like are not its doing.
        auto brought = after;
        std::erase_if(brought.reasons, [&before](const compliance::Reason& reason) {
            return std::ranges::any_of(before.reasons, [&reason](const compliance::Reason& known) { return known.rule == reason.rule; });
        });
        brought.verdict = brought.reasons.empty() ? compliance::Verdict::Allow : brought.reasons.front().verdict;
        consequences.push_back({channel, lightOf(brought), !brought.reasons.empty()});
    }
    return consequences;
}

} // namespace evenhand::services
