// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/compliance/contactfacts.h"
#include "app/compliance/decision.h"

namespace evenhand::compliance {

/// A small set of the members of an enum whose values count from 0.
template <class Enum>
class EnumSet {
public:
    constexpr EnumSet() = default;
    [[nodiscard]] static constexpr EnumSet all() { return EnumSet(~std::uint32_t{0}); }
    constexpr void add(Enum value) { m_bits |= bit(value); }
    [[nodiscard]] constexpr bool has(Enum value) const { return (m_bits & bit(value)) != 0; }
    [[nodiscard]] constexpr bool isEmpty() const { return m_bits == 0; }
    [[nodiscard]] constexpr bool isAll() const { return m_bits == ~std::uint32_t{0}; }
    [[nodiscard]] constexpr bool contains(EnumSet other) const { return (other.m_bits & ~m_bits) == 0; }
    friend constexpr bool operator==(EnumSet, EnumSet) = default;

private:
    explicit constexpr EnumSet(std::uint32_t bits) : m_bits(bits) {}
    static constexpr std::uint32_t bit(Enum value) { return std::uint32_t{1} << static_cast<unsigned>(value); }
    std::uint32_t m_bits = 0;
};

/// What a rule looks at. docs/packs.md describes each for pack authors.
enum class RuleKind {
    Hours,           ///< time of day where the contacted person is
    Cap,             ///< not more than so many in so many days
    Cooldown,        ///< so many days after a conversation
    Parties,         ///< whom we may contact, and on what condition
    OptOut,          ///< a person, a third party or a medium that is closed
    Hold,            ///< a flag on the case that stops contact
    Source,          ///< where the number or address came from
    PointStatus,     ///< whether the number still belongs to the person
    PlaceOfContact,  ///< workplace
    Crew,            ///< how many of us come to a visit
    Recording,       ///< whether it is recorded
    Holiday          ///< public holidays
};

enum class Counted { Conversations, Unanswered, Attempts };        ///< right-party talks; dials without an answer; everything tried
enum class CountedPer { Person, Number, PersonAndDebt };
enum class OptOutOf { Person, ThirdParty, Medium };
enum class RoleCondition { Always, WhenDebtorLost, Never };        ///< in order of strictness
enum class Directions { Outbound, Any };

/// Part of a day on the local clock, in seconds from midnight: [from, until). 86400 is the end of the day.
struct ClockWindow {
    int from = 0;
    int until = 86400;
    friend bool operator==(const ClockWindow&, const ClockWindow&) = default;
};

/// One rule of a pack. Which members mean something depends on the kind (see rulemembers.cpp, which reads, compares and prints them).
struct Rule {
    std::string id;
    RuleKind kind = RuleKind::Hours;
    bool isEnabled = true;                         ///< false: a site option, shipped switched off
    Verdict verdict = Verdict::Block;
    std::string clause;
    Confidence confidence = Confidence::K;
    LocalisedText text;
    std::string packId;
    base::SourcePlace place;

    EnumSet<domain::Channel> channels = EnumSet<domain::Channel>::all();
    EnumSet<domain::PartyRole> roles = EnumSet<domain::PartyRole>::all();
    EnumSet<Purpose> exceptPurposes;

    std::vector<ClockWindow> allowed;              ///< Hours: sorted, not overlapping
    std::optional<ConsentKind> liftedBy;           ///< Hours, Cap, Cooldown, OptOut of a medium
    int consentDays = 0;                           ///< a consent lifts the rule for at most so many local days, its own day first; 0: no limit

    Counted counted = Counted::Attempts;
    CountedPer per = CountedPer::Person;
    int limit = 0;                                 ///< Cap: so many may have happened in all
    int days = 1;                                  ///< Cap: so many local days up to and with today, 0: ever. Cooldown: days from the talk on
    int minDurationS = 0;                          ///< a shorter conversation does not count
    Directions directions = Directions::Outbound;
    EnumSet<domain::ContactResult> excludeResults;

    std::array<RoleCondition, 5> roleConditions{}; ///< Parties, by PartyRole
    int failedDials = 0;                           ///< Parties: so many in a row prove loss from the next day on; 0: no proof
    int failedDays = 0;                            ///< Parties: so many days in a row prove loss at once; 0: no proof

    OptOutOf optOutOf = OptOutOf::Person;
    domain::FlagKind flag = domain::FlagKind::Dispute;
    EnumSet<domain::ContactSource> sources;        ///< Source: these are lawful
    EnumSet<domain::ContactStatus> statuses;       ///< PointStatus: these are refused
    EnumSet<Place> places;                         ///< PlaceOfContact: these are refused
    bool onlyWhenBarred = false;                   ///< PlaceOfContact: only while a workplace_barred flag stands
    int minVisitors = 0;
    bool passesWhenUnknown = false;                ///< Recording: not knowing is no obstacle
    int keepHereDays = 30;                         ///< Recording: the file stays on the device so long after the server has it
    std::string calendar;                          ///< Holiday: id of a calendar
};

[[nodiscard]] std::string_view toWord(RuleKind value);
[[nodiscard]] std::string_view toWord(Counted value);
[[nodiscard]] std::string_view toWord(CountedPer value);
[[nodiscard]] std::string_view toWord(OptOutOf value);
[[nodiscard]] std::string_view toWord(RoleCondition value);
[[nodiscard]] std::string_view toWord(Directions value);
[[nodiscard]] std::optional<RuleKind> ruleKindFromWord(std::string_view word);
[[nodiscard]] std::optional<Counted> countedFromWord(std::string_view word);
[[nodiscard]] std::optional<CountedPer> countedPerFromWord(std::string_view word);
[[nodiscard]] std::optional<OptOutOf> optOutOfFromWord(std::string_view word);
[[nodiscard]] std::optional<RoleCondition> roleConditionFromWord(std::string_view word);
[[nodiscard]] std::optional<Directions> directionsFromWord(std::string_view word);

} // namespace evenhand::compliance
