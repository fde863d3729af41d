// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <span>

#include "app/compliance/attemptshare.h"
#include "app/compliance/ruleevaluation.h"

namespace evenhand::compliance {

using base::Instant;
using domain::ContactResult;

namespace {

using ContactSpan = std::span<const PastContact* const>;

bool isUnanswered(const PastContact& contact)
{
    if (!contact.result)
        return true;   // not recorded: it may have been
    switch (*contact.result) {
    case ContactResult::Voicemail:
    case ContactResult::NoAnswer:
    case ContactResult::Rejected:
    case ContactResult::Busy:
    case ContactResult::OutOfService:
    case ContactResult::InvalidNumber:
    case ContactResult::Undelivered:
    case ContactResult::NotMet:
        return true;
    case ContactResult::Conversation:
    case ContactResult::WrongParty:
    case ContactResult::Delivered:
    case ContactResult::Met:
        return false;
    }
    return true;
}

bool isOfKind(const Rule& rule, const PastContact& contact)
{
    switch (rule.counted) {
    case Counted::Conversations: return Inquiry::isConversation(contact, rule.minDurationS);
    case Counted::Unanswered: return isUnanswered(contact);
    case Counted::Attempts: return true;
    }
    return true;
}

bool isCounted(const Rule& rule, Inquiry& inquiry, const PastContact& contact)
{
    if (!rule.channels.has(contact.channel))
        return false;
    if (rule.directions == Directions::Outbound && contact.direction == domain::Direction::Inbound)
        return false;
    if (contact.result && rule.excludeResults.has(*contact.result))
        return false;
    const bool isSame = rule.per == CountedPer::Number ? inquiry.isOnNumber(contact) : inquiry.isWithPerson(contact);
    return isSame && isOfKind(rule, contact);
}

bool concerns(const PastContact& contact, const std::string& account)
{
    return contact.accountIds.empty() || std::find(contact.accountIds.begin(), contact.accountIds.end(), account) != contact.accountIds.end();
}

/// The contacts from `from` on, in order of time.
ContactSpan since(const Contacts& contacts, Instant from)
{
    return {std::lower_bound(contacts.begin(), contacts.end(), from, [](const PastContact* c, Instant t) { return c->at < t; }), contacts.end()};
}

/// From when on a contact can matter to a rule that looks at so many local days: two more cover every zone and clock change.
Instant oldestOf(const Rule& rule, Instant at) { return at.plusSeconds(-86400LL * (rule.days + 2)); }

/// Everything that counts at `at` or later; contacts made under the consent that lifts the rule do not.
Contacts countable(const Rule& rule, Inquiry& inquiry, Instant at)
{
    Contacts found;
    for (const auto* contact : rule.days > 0 ? since(inquiry.past(), oldestOf(rule, at)) : ContactSpan(inquiry.past()))
        if (isCounted(rule, inquiry, *contact) && !(rule.liftedBy && inquiry.isLifted(rule, contact->at)))
            found.push_back(contact);
    return found;
}

/// The groups of contacts of which each must stay below the limit: one per debt, or one in all.
std::vector<Contacts> groups(const Rule& rule, const Inquiry& inquiry, Contacts contacts)
{
    if (rule.per != CountedPer::PersonAndDebt)
        return {std::move(contacts)};
    std::vector<Contacts> perDebt;
    for (const auto& account : inquiry.intent.accountIds) {
        auto& group = perDebt.emplace_back();
        std::copy_if(contacts.begin(), contacts.end(), std::back_inserter(group), [&](const PastContact* c) { return concerns(*c, account); });
    }
    return perDebt;
}

std::string_view missingForCount(const Rule& rule, Inquiry& inquiry, bool needsZone)
{
    if (!inquiry.facts.history)
        return "history";
    if (rule.per == CountedPer::Number && inquiry.intent.contactPointId.empty())
        return "contact_point";
    if (rule.per == CountedPer::PersonAndDebt && inquiry.intent.accountIds.empty())
        return "account_ids";
    if (needsZone && inquiry.zones().empty())
        return "time_zone";
    // Offline, peers may have made any number of contacts; only a share the server set aside is known to be free.
    const auto& share = inquiry.facts.offline;
    if (rule.kind == RuleKind::Cap && share && share->attemptsLeft.value_or(0) <= 0 && share->units.value_or(0) <= 0)
        return "attempt_share";
    return {};
}

/// The part of `contacts` inside the `days` local days that end with the day of `at`.
ContactSpan within(const Contacts& contacts, LocalDays& days, int count, Instant at)
{
    const auto today = days.dayOf(at);
    const auto last = since(contacts, days.startOf(today.plusDays(1)));
    const auto first = since(contacts, days.startOf(today.plusDays(1 - count)));
    return first.size() > last.size() ? first.first(first.size() - last.size()) : ContactSpan();
}

/// The first local midnight after `at` when fewer than `limit` of these contacts are inside the window.
Instant whenBelow(const Contacts& contacts, LocalDays& days, const Rule& rule, int limit, Instant at)
{
    auto next = days.startOfNextDay(at);
    while (static_cast<int>(within(contacts, days, rule.days, next).size()) >= limit && limit > 0)
        next = days.startOfNextDay(next);
    return next;
}

void keepWorse(Finding& kept, Finding other)
{
    if (kept.passes) {
        kept = std::move(other);
        return;
    }
    // Both must pass, so the later one says when to look again; a group that never passes settles it.
    kept.retryAt = kept.retryAt && other.retryAt ? std::max(kept.retryAt, other.retryAt) : std::nullopt;
    if (other.counted.size() > kept.counted.size())
        kept.counted = std::move(other.counted);
}

Finding judgeGroup(const Rule& rule, Inquiry& inquiry, const Contacts& group, int limit, Instant at)
{
    auto finding = Finding::pass();
    if (rule.days == 0) {
        if (static_cast<int>(group.size()) < limit)
            return finding;
        finding = Finding::fails();
        finding.counted = group;
        return finding;
    }
    for (auto& days : inquiry.zones()) {
        const auto inside = within(group, days, rule.days, at);
        if (static_cast<int>(inside.size()) < limit)
            continue;
        auto found = Finding::fails(limit > 0 ? std::optional(whenBelow(group, days, rule, limit, at)) : std::nullopt);
        found.counted.assign(inside.begin(), inside.end());
        keepWorse(finding, std::move(found));
    }
    return finding;
}

/// Whether this device has used up its own part of the limit. A cap for ever can not be divided over time: only who holds all may go on.
bool isShareUsedUp(const Rule& rule, Inquiry& inquiry, const Contacts& group, Instant at)
{
    const auto& share = inquiry.facts.offline;
    if (!share || !share->units || rule.verdict < Verdict::Hold)
        return false;
    const int mine = rule.days > 0 ? shareOf(rule.limit, *share->units) : (*share->units >= kAttemptUnits ? rule.limit : 0);
    Contacts own;
    std::copy_if(group.begin(), group.end(), std::back_inserter(own), [](const PastContact* c) { return c->isOwn; });
    return !judgeGroup(rule, inquiry, own, mine, at).passes;
}

/// A consent that begins later lets it pass earlier than counting days would.
Finding withConsent(Finding finding, const Rule& rule, const Inquiry& inquiry, Instant at)
{
    if (finding.passes || !rule.liftedBy)
        return finding;
    const auto consent = inquiry.nextConsent(rule, at);
    if (consent && (!finding.retryAt || *consent < *finding.retryAt))
        finding.retryAt = consent;
    return finding;
}

} // namespace

Finding evaluateCap(const Rule& rule, Inquiry& inquiry, Instant at)
{
    if (const auto fact = missingForCount(rule, inquiry, rule.days > 0); !fact.empty())
        return Finding::lacks(fact);
    if (rule.liftedBy && inquiry.isLifted(rule, at))
        return Finding::pass();
    auto finding = Finding::pass();
    // The first question about a rule is about now, later ones about later; so what is left out once is never missed.
    for (const auto& group : inquiry.groupsOnce(rule, [&] { return groups(rule, inquiry, countable(rule, inquiry, at)); })) {
        auto found = judgeGroup(rule, inquiry, group, rule.limit, at);
        if (!found.passes)
            keepWorse(finding, std::move(found));
        else if (isShareUsedUp(rule, inquiry, group, at))
            return Finding::lacks("attempt_share");
    }
    return withConsent(std::move(finding), rule, inquiry, at);
}

Finding evaluateCooldown(const Rule& rule, Inquiry& inquiry, Instant at)
{
    if (const auto fact = missingForCount(rule, inquiry, true); !fact.empty())
        return Finding::lacks(fact);
    if (rule.liftedBy && inquiry.isLifted(rule, at))
        return Finding::pass();
    auto finding = Finding::pass();
    for (const auto* contact : since(inquiry.past(), oldestOf(rule, at))) {
        const auto& debts = inquiry.intent.accountIds;
        const bool isSameDebt = rule.per != CountedPer::PersonAndDebt
            || std::any_of(debts.begin(), debts.end(), [&](const std::string& debt) { return concerns(*contact, debt); });
        if (!isCounted(rule, inquiry, *contact) || !isSameDebt)
            continue;
        for (auto& days : inquiry.zones()) {
            const auto over = days.startOf(days.dayOf(contact->at).plusDays(rule.days));
            if (at >= over)
                continue;
            finding.passes = false;
            finding.retryAt = std::max(finding.retryAt, std::optional(over));
            if (finding.counted.empty() || finding.counted.back() != contact)
                finding.counted.push_back(contact);
        }
    }
    return withConsent(std::move(finding), rule, inquiry, at);
}

} // namespace evenhand::compliance
