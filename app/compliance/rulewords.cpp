// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "app/compliance/rule.h"

// The words of the pack format for the members of a rule.
namespace evenhand::compliance {

namespace {

template <class Enum>
struct Word {
    Enum value;
    std::string_view word;
};

constexpr Word<RuleKind> kKinds[] = {{RuleKind::Hours, "hours"}, {RuleKind::Cap, "cap"}, {RuleKind::Cooldown, "cooldown"},
    {RuleKind::Parties, "parties"}, {RuleKind::OptOut, "opt_out"}, {RuleKind::Hold, "hold"}, {RuleKind::Source, "source"},
    {RuleKind::PointStatus, "status"}, {RuleKind::PlaceOfContact, "place"}, {RuleKind::Crew, "crew"},
    {RuleKind::Recording, "recording"}, {RuleKind::Holiday, "holiday"}};
constexpr Word<Counted> kCounted[] = {{Counted::Conversations, "conversations"}, {Counted::Unanswered, "unanswered"}, {Counted::Attempts, "attempts"}};
constexpr Word<CountedPer> kPer[] = {{CountedPer::Person, "person"}, {CountedPer::Number, "number"}, {CountedPer::PersonAndDebt, "person_and_debt"}};
constexpr Word<OptOutOf> kOptOuts[] = {{OptOutOf::Person, "person"}, {OptOutOf::ThirdParty, "third_party"}, {OptOutOf::Medium, "medium"}};
constexpr Word<RoleCondition> kConditions[] = {{RoleCondition::Always, "always"}, {RoleCondition::WhenDebtorLost, "when_debtor_lost"},
    {RoleCondition::Never, "never"}};
constexpr Word<Directions> kDirections[] = {{Directions::Outbound, "outbound"}, {Directions::Any, "any"}};

template <class Enum, std::size_t N>
std::string_view wordOf(const Word<Enum> (&table)[N], Enum value)
{
    for (const auto& entry : table)
        if (entry.value == value)
            return entry.word;
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> valueOf(const Word<Enum> (&table)[N], std::string_view word)
{
    for (const auto& entry : table)
        if (entry.word == word)
            return entry.value;
    return std::nullopt;
}

} // namespace

std::string_view toWord(RuleKind value) { return wordOf(kKinds, value); }
std::string_view toWord(Counted value) { return wordOf(kCounted, value); }
std::string_view toWord(CountedPer value) { return wordOf(kPer, value); }
std::string_view toWord(OptOutOf value) { return wordOf(kOptOuts, value); }
std::string_view toWord(RoleCondition value) { return wordOf(kConditions, value); }
std::string_view toWord(Directions value) { return wordOf(kDirections, value); }

std::optional<RuleKind> ruleKindFromWord(std::string_view word) { return valueOf(kKinds, word); }
std::optional<Counted> countedFromWord(std::string_view word) { return valueOf(kCounted, word); }
std::optional<CountedPer> countedPerFromWord(std::string_view word) { return valueOf(kPer, word); }
std::optional<OptOutOf> optOutOfFromWord(std::string_view word) { return valueOf(kOptOuts, word); }
std::optional<RoleCondition> roleConditionFromWord(std::string_view word) { return valueOf(kConditions, word); }
std::optional<Directions> directionsFromWord(std::string_view word) { return valueOf(kDirections, word); }

} // namespace evenhand::compliance
