// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/compliance/contactfacts.h"
#include "app/compliance/rule.h"

/// Inside of the gate: one question, prepared so that every rule finds its facts quickly.
namespace evenhand::compliance {

/// The local calendar of one time zone, with the few days a question touches remembered. Belongs to one question.
class LocalDays {
public:
    explicit LocalDays(base::TimeZone zone) : m_zone(std::move(zone)) {}
    [[nodiscard]] base::Date dayOf(base::Instant at);
    [[nodiscard]] base::Instant startOf(const base::Date& day);
    [[nodiscard]] base::Instant startOfNextDay(base::Instant at) { return startOf(dayOf(at).plusDays(1)); }
    [[nodiscard]] int secondOfDay(base::Instant at) const { return m_zone.secondOfDayAt(at); }
    [[nodiscard]] base::Instant instantOf(const base::Date& day, int second) const { return m_zone.instantOf(day, second); }
    [[nodiscard]] const base::TimeZone& zone() const { return m_zone; }

private:
    base::TimeZone m_zone;
    std::map<int, base::Instant> m_starts;   ///< by day number
    std::optional<base::Date> m_lastDay;     ///< the day that answered last, and where it begins and ends
    base::Instant m_lastStart, m_lastEnd;
};

/// What a rule found. A fact it lacks is named; then nothing else in here means anything.
struct Finding {
    bool passes = true;
    std::string_view missing = {};
    std::vector<const PastContact*> counted = {};
    std::optional<base::Instant> retryAt = {};   ///< not passing: no instant before this one passes; absent: waiting does not help

    [[nodiscard]] static Finding pass() { return {}; }
    [[nodiscard]] static Finding lacks(std::string_view fact) { return {.passes = false, .missing = fact}; }
    [[nodiscard]] static Finding fails(std::optional<base::Instant> retryAt = std::nullopt)
    {
        return {.passes = false, .retryAt = retryAt};
    }
};

using Contacts = std::vector<const PastContact*>;

class Inquiry {
public:
    Inquiry(const ContactIntent& intent, const ContactFacts& facts);

    const ContactIntent& intent;
    const ContactFacts& facts;
    const Party* party = nullptr;            ///< null: the facts do not know this party
    const ContactPoint* point = nullptr;     ///< null: none named, or the facts do not know it
    std::optional<domain::PartyRole> role;

    /// The zones the contacted person may be in: their own and that of the number, when they differ. Empty: not known.
    [[nodiscard]] std::vector<LocalDays>& zones() { return m_zones; }
    /// The zones of another party, for rules about the debtor when somebody else is contacted.
    [[nodiscard]] static std::vector<LocalDays> zonesOf(const Party& party);
    /// Contacts with this person or on this number, and those where that is not recorded, in order of time.
    [[nodiscard]] const Contacts& past() const { return m_past; }
    /// What `make` gives for this rule, made once per question: a search for the next allowed time asks the same rule many times.
    template <class Make>
    [[nodiscard]] const std::vector<Contacts>& groupsOnce(const Rule& rule, Make make)
    {
        for (const auto& [known, groups] : m_groups)
            if (known == &rule)
                return *groups;
        return *m_groups.emplace_back(&rule, std::make_unique<std::vector<Contacts>>(make())).second;
    }
    [[nodiscard]] bool isWithPerson(const PastContact& contact) const;
    [[nodiscard]] bool isOnNumber(const PastContact& contact) const;

    /// A talk with the right person, or one whose outcome nobody recorded.
    [[nodiscard]] static bool isConversation(const PastContact& contact, int minDurationS);
    /// Flags of this kind in force at `at` that concern this contact's party and debts. Facts must have flags.
    [[nodiscard]] std::vector<const Flag*> flagsInForce(domain::FlagKind kind, base::Instant at) const;
    /// Whether a consent that lifts `rule`, granted no earlier than `grantedFrom`, was in force at `at`.
    [[nodiscard]] bool isLifted(const Rule& rule, base::Instant at, std::optional<base::Instant> grantedFrom = std::nullopt);
    /// The next instant after `at` at which a consent of that kind begins; the rule may pass from then on.
    [[nodiscard]] std::optional<base::Instant> nextConsent(const Rule& rule, base::Instant at) const;

private:
    void findPeople();
    void findZones();
    void findPast();
    void findTalks();
    [[nodiscard]] bool isCovered(const Flag& flag) const;
    std::vector<LocalDays> m_zones;
    Contacts m_past;
    std::vector<std::pair<const Rule*, std::unique_ptr<std::vector<Contacts>>>> m_groups;
    std::vector<std::optional<base::Instant>> m_talkAfter;   ///< by consent: the first talk after it was granted; ends extra calls
};

} // namespace evenhand::compliance
