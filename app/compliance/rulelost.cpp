// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/compliance/ruleevaluation.h"

// Whom we may contact. A third person only when the debtor is proven to be lost (失联), dead or without capacity; the proof is in
// the history: dials in a row that failed, or days in a row without reaching the debtor.
namespace evenhand::compliance {

using base::Instant;
using domain::ContactResult;

namespace {

bool hasFailed(const PastContact& contact)
{
    if (!contact.result)
        return false;   // not recorded: no proof
    switch (*contact.result) {
    case ContactResult::Voicemail:
    case ContactResult::NoAnswer:
    case ContactResult::Rejected:
    case ContactResult::Busy:
    case ContactResult::OutOfService:
    case ContactResult::InvalidNumber:
    case ContactResult::NotMet:
        return true;
    case ContactResult::Conversation:
    case ContactResult::WrongParty:
    case ContactResult::Delivered:
    case ContactResult::Undelivered:
    case ContactResult::Met:
        return false;
    }
    return false;
}

bool isOutboundDial(const PastContact& contact)
{
    return contact.channel == domain::Channel::Call && contact.direction == domain::Direction::Outbound;
}

/// Contacts with the debtor since they were last reached, up to `at`, in order of time. Reached: a talk or a meeting with the
/// debtor in either direction, or a contact of which nobody recorded the outcome.
Contacts sinceReached(const ContactFacts& facts, const Party& debtor, Instant at)
{
    Contacts contacts;
    for (const auto& contact : *facts.history)
        if (contact.partyId == debtor.id && contact.at <= at)
            contacts.push_back(&contact);
    std::sort(contacts.begin(), contacts.end(),
              [](const PastContact* a, const PastContact* b) { return a->at != b->at ? a->at < b->at : a->id < b->id; });
    const auto reached = std::find_if(contacts.rbegin(), contacts.rend(), [](const PastContact* c) { return Inquiry::isConversation(*c, 0); });
    contacts.erase(contacts.begin(), reached.base());
    return contacts;
}

bool isReservedMobile(const ContactPoint& point, const Party& debtor)
{
    const bool isReserved = point.source == domain::ContactSource::Reserved || point.source == domain::ContactSource::Contract;
    return point.partyId == debtor.id && point.kind == domain::ContactPointKind::Mobile && isReserved;
}

/// The dial that completes `needed` failures in a row on this number; null if there is none.
const PastContact* completingDial(const Contacts& contacts, const ContactPoint& point, int needed)
{
    int run = 0;
    const PastContact* completing = nullptr;
    for (const auto* contact : contacts) {
        if (contact->contactPointId != point.id || !isOutboundDial(*contact))
            continue;
        run = hasFailed(*contact) ? run + 1 : 0;
        if (run == 0)
            completing = nullptr;   // somebody picked up: the row is broken
        else if (run == needed)
            completing = contact;
    }
    return completing;
}

/// When failed dials prove the loss: the day after the dial that completes the row.
std::optional<Instant> lostByDials(const Rule& rule, const ContactFacts& facts, const Party& debtor, const Contacts& contacts,
                                   std::vector<LocalDays>& zones)
{
    std::optional<Instant> earliest;
    for (const auto& point : facts.contactPoints) {
        const auto* dial = isReservedMobile(point, debtor) ? completingDial(contacts, point, rule.failedDials) : nullptr;
        if (dial == nullptr)
            continue;
        std::optional<Instant> from;
        for (auto& days : zones)
            from = std::max(from, std::optional(days.startOfNextDay(dial->at)));
        if (!earliest || *from < *earliest)
            earliest = from;
    }
    return earliest;
}

/// Whether so many calendar days in a row had a failed attempt.
bool isLostByDays(const Rule& rule, const Contacts& contacts, LocalDays& days)
{
    int run = 0;
    std::optional<base::Date> last;
    for (const auto* contact : contacts) {
        if (!hasFailed(*contact) || contact->direction != domain::Direction::Outbound)
            continue;
        const auto day = days.dayOf(contact->at);
        if (last && day == *last)
            continue;
        run = last && day == last->plusDays(1) ? run + 1 : 1;
        last = day;
        if (run >= rule.failedDays)
            return true;
    }
    return false;
}

bool hasOnlyDeadNumbers(const ContactFacts& facts, const Party& debtor)
{
    bool hasNumber = false;
    for (const auto& point : facts.contactPoints) {
        const bool isPhone = point.kind == domain::ContactPointKind::Mobile || point.kind == domain::ContactPointKind::Landline;
        if (point.partyId != debtor.id || !isPhone)
            continue;
        hasNumber = true;
        if (point.status != domain::ContactStatus::Invalid)
            return false;
    }
    return hasNumber;
}

bool isFlaggedLost(const ContactFacts& facts, const Party& debtor, Instant at)
{
    return facts.flags && std::any_of(facts.flags->begin(), facts.flags->end(), [&](const Flag& flag) {
        const bool isProof = flag.kind == domain::FlagKind::LostContact || flag.kind == domain::FlagKind::Deceased;
        const bool isInForce = flag.setAt <= at && (!flag.clearedAt || at < *flag.clearedAt);
        return isProof && isInForce && (flag.partyId.empty() || flag.partyId == debtor.id);
    });
}

Finding judgeLoss(const Rule& rule, Inquiry& inquiry, const Party& debtor, Instant at)
{
    const auto& facts = inquiry.facts;
    if (isFlaggedLost(facts, debtor, at) || (rule.failedDials > 0 && hasOnlyDeadNumbers(facts, debtor)))
        return Finding::pass();
    if (rule.failedDials == 0 && rule.failedDays == 0)
        return facts.flags ? Finding::fails() : Finding::lacks("flags");
    if (!facts.history)
        return Finding::lacks("history");
    auto zones = Inquiry::zonesOf(debtor);
    if (zones.empty())
        zones = inquiry.zones();
    if (zones.empty())
        return Finding::lacks("time_zone");
    const auto contacts = sinceReached(facts, debtor, at);
    const bool isLostEverywhere = rule.failedDays > 0
        && std::all_of(zones.begin(), zones.end(), [&](LocalDays& days) { return isLostByDays(rule, contacts, days); });
    const auto from = rule.failedDials > 0 ? lostByDials(rule, facts, debtor, contacts, zones) : std::nullopt;
    if (isLostEverywhere || (from && at >= *from))
        return Finding::pass();
    return Finding::fails(from);
}

} // namespace

Finding evaluateParties(const Rule& rule, Inquiry& inquiry, Instant at)
{
    if (inquiry.party == nullptr)
        return Finding::lacks("party");
    if (!inquiry.role)
        return Finding::lacks("role");
    switch (rule.roleConditions.at(static_cast<std::size_t>(*inquiry.role))) {
    case RoleCondition::Always: return Finding::pass();
    case RoleCondition::Never: return Finding::fails();
    case RoleCondition::WhenDebtorLost: break;
    }
    auto finding = Finding::fails();
    for (const auto& party : inquiry.facts.parties) {
        if (party.role != domain::PartyRole::Debtor)
            continue;
        finding = judgeLoss(rule, inquiry, party, at);
        if (!finding.passes)
            return finding;   // one debtor who can be reached is enough to leave third persons alone
    }
    return finding;
}

} // namespace evenhand::compliance
