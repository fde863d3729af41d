// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/inquiry.h"

#include <algorithm>

namespace evenhand::compliance {

using base::Date;
using base::Instant;
using domain::ContactResult;

Date LocalDays::dayOf(Instant at)
{
    if (m_lastDay && at >= m_lastStart && at < m_lastEnd)
        return *m_lastDay;
    const auto day = m_zone.dateAt(at);
    m_lastStart = startOf(day);
    m_lastEnd = startOf(day.plusDays(1));
    m_lastDay = day;
    return day;
}

Instant LocalDays::startOf(const Date& day)
{
    const auto known = m_starts.find(day.dayNumber());
    if (known != m_starts.end())
        return known->second;
    return m_starts.emplace(day.dayNumber(), m_zone.instantOf(day, 0)).first->second;
}

Inquiry::Inquiry(const ContactIntent& asked, const ContactFacts& told) : intent(asked), facts(told)
{
    findPeople();
    findZones();
    findPast();
    findTalks();
}

void Inquiry::findPeople()
{
    for (const auto& candidate : facts.parties)
        if (candidate.id == intent.partyId)
            party = &candidate;
    if (!intent.contactPointId.empty())
        for (const auto& candidate : facts.contactPoints)
            if (candidate.id == intent.contactPointId)
                point = &candidate;
    if (party != nullptr)
        role = party->role;
}

void Inquiry::findZones()
{
    const auto add = [this](const std::string& name) {
        const bool isNew = std::none_of(m_zones.begin(), m_zones.end(), [&](const LocalDays& days) { return days.zone().name() == name; });
        if (name.empty() || !isNew)
            return true;
        const auto zone = base::TimeZone::tryFromName(name);
        if (zone)
            m_zones.emplace_back(*zone);
        return zone.has_value();
    };
    const bool areKnown = (party == nullptr || add(party->timeZone)) && (point == nullptr || add(point->timeZone));
    if (!areKnown)
        m_zones.clear();   // a name nobody knows may be anywhere
}

std::vector<LocalDays> Inquiry::zonesOf(const Party& who)
{
    std::vector<LocalDays> zones;
    if (const auto zone = base::TimeZone::tryFromName(who.timeZone))
        zones.emplace_back(*zone);
    return zones;
}

void Inquiry::findPast()
{
    if (!facts.history)
        return;
    m_past.reserve(facts.history->size());
    for (const auto& contact : *facts.history)
        if (isWithPerson(contact) || isOnNumber(contact))
            m_past.push_back(&contact);
    const auto earlier = [](const PastContact* a, const PastContact* b) { return a->at != b->at ? a->at < b->at : a->id < b->id; };
    // Journals come oldest or newest first; only a mixed history has to be sorted.
    if (m_past.size() > 1 && earlier(m_past.back(), m_past.front()))
        std::reverse(m_past.begin(), m_past.end());
    if (!std::is_sorted(m_past.begin(), m_past.end(), earlier))
        std::sort(m_past.begin(), m_past.end(), earlier);
}

bool Inquiry::isWithPerson(const PastContact& contact) const
{
    return contact.partyId == intent.partyId || contact.partyId.empty();
}

bool Inquiry::isOnNumber(const PastContact& contact) const
{
    if (contact.contactPointId.empty())
        return isWithPerson(contact);
    return contact.contactPointId == intent.contactPointId;
}

bool Inquiry::isConversation(const PastContact& contact, int minDurationS)
{
    if (!contact.result)
        return true;   // not recorded: it may have been one
    if (*contact.result != ContactResult::Conversation && *contact.result != ContactResult::Met)
        return false;
    return contact.rightParty.value_or(true) && contact.durationS.value_or(minDurationS) >= minDurationS;
}

bool Inquiry::isCovered(const Flag& flag) const
{
    if (!flag.partyId.empty() && flag.partyId != intent.partyId)
        return false;
    if (flag.accountIds.empty() || intent.accountIds.empty())
        return true;
    return std::any_of(flag.accountIds.begin(), flag.accountIds.end(), [this](const std::string& account) {
        return std::find(intent.accountIds.begin(), intent.accountIds.end(), account) != intent.accountIds.end();
    });
}

std::vector<const Flag*> Inquiry::flagsInForce(domain::FlagKind kind, Instant at) const
{
    std::vector<const Flag*> found;
    for (const auto& flag : *facts.flags)
        if (flag.kind == kind && flag.setAt <= at && (!flag.clearedAt || at < *flag.clearedAt) && isCovered(flag))
            found.push_back(&flag);
    return found;
}

void Inquiry::findTalks()
{
    m_talkAfter.resize(facts.consents.size());
    for (std::size_t i = 0; i < facts.consents.size(); ++i) {
        const auto talk = std::find_if(m_past.begin(), m_past.end(), [&](const PastContact* contact) {
            return contact->at > facts.consents[i].grantedAt && contact->channel == domain::Channel::Call && isWithPerson(*contact)
                && isConversation(*contact, 0);
        });
        if (talk != m_past.end())
            m_talkAfter[i] = (*talk)->at;
    }
}

bool Inquiry::isLifted(const Rule& rule, Instant at, std::optional<Instant> grantedFrom)
{
    for (std::size_t i = 0; i < facts.consents.size(); ++i) {
        const auto& consent = facts.consents[i];
        if (consent.kind != rule.liftedBy || consent.partyId != intent.partyId || at < consent.grantedAt)
            continue;
        if (grantedFrom && consent.grantedAt < *grantedFrom)
            continue;
        if ((consent.expiresAt && at >= *consent.expiresAt) || (consent.revokedAt && at >= *consent.revokedAt))
            continue;
        if (consent.kind == ConsentKind::Medium && consent.channel != intent.channel)
            continue;
        if (consent.kind == ConsentKind::ExtraCalls && m_talkAfter[i] && at > *m_talkAfter[i])
            continue;
        const bool runsOut = rule.consentDays > 0 && std::any_of(m_zones.begin(), m_zones.end(), [&](LocalDays& days) {
            return at >= days.startOf(days.dayOf(consent.grantedAt).plusDays(rule.consentDays));
        });
        if (!runsOut)
            return true;
    }
    return false;
}

std::optional<Instant> Inquiry::nextConsent(const Rule& rule, Instant at) const
{
    std::optional<Instant> next;
    for (const auto& consent : facts.consents)
        if (consent.kind == rule.liftedBy && consent.partyId == intent.partyId && consent.grantedAt > at && (!next || consent.grantedAt < *next))
            next = consent.grantedAt;
    return next;
}

} // namespace evenhand::compliance
