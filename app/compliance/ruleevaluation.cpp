// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/ruleevaluation.h"

#include <algorithm>

namespace evenhand::compliance {

using base::Instant;

namespace {

/// The finding for flags in force: all of them must be cleared before the contact may pass.
Finding stoppedBy(const std::vector<const Flag*>& flags)
{
    if (flags.empty())
        return Finding::pass();
    std::optional<Instant> last = flags.front()->clearedAt;
    for (const auto* flag : flags) {
        if (!flag->clearedAt)
            return Finding::fails();
        last = std::max(last, flag->clearedAt);
    }
    return Finding::fails(last);
}

Finding evaluateHold(const Rule& rule, Inquiry& inquiry, Instant at)
{
    return inquiry.facts.flags ? stoppedBy(inquiry.flagsInForce(rule.flag, at)) : Finding::lacks("flags");
}

Finding evaluateSource(const Rule& rule, Inquiry& inquiry)
{
    if (inquiry.point == nullptr)
        return Finding::lacks("contact_point");
    if (inquiry.point->source == domain::ContactSource::Unknown)
        return Finding::lacks("source");
    return rule.sources.has(inquiry.point->source) ? Finding::pass() : Finding::fails();
}

Finding evaluateStatus(const Rule& rule, Inquiry& inquiry)
{
    if (inquiry.point == nullptr)
        return Finding::lacks("contact_point");
    return rule.statuses.has(inquiry.point->status) ? Finding::fails() : Finding::pass();
}

Finding evaluatePlace(const Rule& rule, Inquiry& inquiry, Instant at)
{
    auto stopped = Finding::fails();
    if (rule.onlyWhenBarred) {
        if (!inquiry.facts.flags)
            return Finding::lacks("flags");
        stopped = stoppedBy(inquiry.flagsInForce(domain::FlagKind::WorkplaceBarred, at));
        if (stopped.passes)
            return stopped;
    }
    if (!inquiry.intent.place)
        return Finding::lacks("place");
    return rule.places.has(*inquiry.intent.place) ? stopped : Finding::pass();
}

Finding evaluateCrew(const Rule& rule, Inquiry& inquiry)
{
    if (!inquiry.intent.visitors)
        return Finding::lacks("visitors");
    return *inquiry.intent.visitors >= rule.minVisitors ? Finding::pass() : Finding::fails();
}

Finding evaluateRecording(const Rule& rule, Inquiry& inquiry)
{
    if (!inquiry.intent.recording)
        return rule.passesWhenUnknown ? Finding::pass() : Finding::lacks("recording");
    return *inquiry.intent.recording ? Finding::pass() : Finding::fails();
}

bool isThirdParty(const Inquiry& inquiry)
{
    return !inquiry.role || *inquiry.role == domain::PartyRole::RelatedThird || *inquiry.role == domain::PartyRole::UnrelatedThird;
}

Finding evaluatePersonalOptOut(Inquiry& inquiry)
{
    if (inquiry.party == nullptr)
        return Finding::lacks("party");
    // A debtor who never said so has not opted out; of a third person we must know it.
    if (!inquiry.party->optedOut)
        return isThirdParty(inquiry) ? Finding::lacks("opted_out") : Finding::pass();
    return *inquiry.party->optedOut ? Finding::fails() : Finding::pass();
}

Finding evaluateMediumOptOut(const Rule& rule, Inquiry& inquiry, Instant at)
{
    std::vector<const Flag*> standing;
    for (const auto* flag : inquiry.flagsInForce(domain::FlagKind::MediumOptOut, at)) {
        const bool isThisMedium = !flag->channel || *flag->channel == inquiry.intent.channel;
        const bool isReopened = rule.liftedBy && inquiry.isLifted(rule, at, flag->setAt);
        if (isThisMedium && !isReopened)
            standing.push_back(flag);
    }
    return stoppedBy(standing);
}

} // namespace

Finding evaluateOptOut(const Rule& rule, Inquiry& inquiry, Instant at)
{
    if (rule.optOutOf == OptOutOf::Person)
        return evaluatePersonalOptOut(inquiry);
    if (!inquiry.facts.flags)
        return Finding::lacks("flags");
    if (rule.optOutOf == OptOutOf::Medium)
        return evaluateMediumOptOut(rule, inquiry, at);
    return isThirdParty(inquiry) ? stoppedBy(inquiry.flagsInForce(domain::FlagKind::ThirdPartyOptOut, at)) : Finding::pass();
}

bool isInScope(const Rule& rule, const Inquiry& inquiry)
{
    return rule.isEnabled && rule.channels.has(inquiry.intent.channel) && (!inquiry.role || rule.roles.has(*inquiry.role))
        && !rule.exceptPurposes.has(inquiry.intent.purpose);
}

Finding evaluate(const Rule& rule, Inquiry& inquiry, Instant at, const RuleSet& rules)
{
    switch (rule.kind) {
    case RuleKind::Hours: return evaluateHours(rule, inquiry, at);
    case RuleKind::Cap: return evaluateCap(rule, inquiry, at);
    case RuleKind::Cooldown: return evaluateCooldown(rule, inquiry, at);
    case RuleKind::Parties: return evaluateParties(rule, inquiry, at);
    case RuleKind::OptOut: return evaluateOptOut(rule, inquiry, at);
    case RuleKind::Hold: return evaluateHold(rule, inquiry, at);
    case RuleKind::Source: return evaluateSource(rule, inquiry);
    case RuleKind::PointStatus: return evaluateStatus(rule, inquiry);
    case RuleKind::PlaceOfContact: return evaluatePlace(rule, inquiry, at);
    case RuleKind::Crew: return evaluateCrew(rule, inquiry);
    case RuleKind::Recording: return evaluateRecording(rule, inquiry);
    case RuleKind::Holiday: {
        const auto* calendar = rules.calendar(rule.calendar);
        return calendar == nullptr ? Finding::lacks("holiday_calendar") : evaluateHoliday(rule, inquiry, at, *calendar);
    }
    }
    return Finding::lacks("rule");
}

} // namespace evenhand::compliance
