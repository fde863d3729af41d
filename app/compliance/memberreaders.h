// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/base/yaml.h"
#include "app/compliance/rule.h"

/// Reading and showing of the values that occur in rules. Each complains at the place of the value and says what would be right.
namespace evenhand::compliance {

/// A vocabulary: how to read a word and which words there are ("call, message, …"), for messages.
template <class Enum>
struct Vocabulary {
    std::string_view noun;
    std::string_view words;   ///< separated by ", "
    std::optional<Enum> (*fromWord)(std::string_view);
};

inline constexpr Vocabulary<domain::Channel> kChannelWords{"channel", "call, message, im, email, letter, visit", &domain::channelFromWord};
inline constexpr Vocabulary<domain::PartyRole> kRoleWords{"role", "debtor, guarantor, joint_obligor, related_third, unrelated_third",
                                                          &domain::partyRoleFromWord};
inline constexpr Vocabulary<Purpose> kPurposeWords{"purpose", "collection, payment_reminder, reply, required_notice", &purposeFromWord};
inline constexpr Vocabulary<ConsentKind> kConsentWords{"consent", "outside_hours, extra_calls, medium", &consentKindFromWord};
inline constexpr Vocabulary<domain::ContactResult> kResultWords{
    "result", "conversation, voicemail, no_answer, rejected, busy, out_of_service, invalid_number, wrong_party, delivered, undelivered, met, not_met",
    &domain::contactResultFromWord};
inline constexpr Vocabulary<domain::FlagKind> kFlagWords{
    "flag", "cease, dispute, attorney, bankruptcy, plan_in_force, hardship, complaint, vulnerable, deceased, workplace_barred, medium_opt_out, "
            "third_party_opt_out, time_barred, validation_period, lost_contact", &domain::flagKindFromWord};
inline constexpr Vocabulary<domain::ContactSource> kSourceWords{"source", "contract, reserved, authorised, public, told_by_contact, bureau, unknown",
                                                                &domain::contactSourceFromWord};
inline constexpr Vocabulary<domain::ContactStatus> kStatusWords{"status", "active, invalid, lost, unknown", &domain::contactStatusFromWord};
inline constexpr Vocabulary<Place> kPlaceWords{"place", "home, workplace, other", &placeFromWord};
inline constexpr Vocabulary<RuleKind> kKindWords{
    "kind of rule", "hours, cap, cooldown, parties, opt_out, hold, source, status, place, crew, recording, holiday", &ruleKindFromWord};
inline constexpr Vocabulary<Counted> kCountedWords{"thing to count", "conversations, unanswered, attempts", &countedFromWord};
inline constexpr Vocabulary<CountedPer> kPerWords{"unit to count per", "person, number, person_and_debt", &countedPerFromWord};
inline constexpr Vocabulary<OptOutOf> kOptOutWords{"opt-out", "person, third_party, medium", &optOutOfFromWord};
inline constexpr Vocabulary<RoleCondition> kConditionWords{"condition", "always, when_debtor_lost, never", &roleConditionFromWord};
inline constexpr Vocabulary<Directions> kDirectionWords{"direction", "outbound, any", &directionsFromWord};
inline constexpr Vocabulary<Verdict> kVerdictWords{"decision", "warn, hold, block", &verdictFromWord};
inline constexpr Vocabulary<Confidence> kConfidenceWords{"confidence", "T, S, K, X", &confidenceFromWord};

template <class Enum>
void readWord(Enum& value, const base::YamlNode& node, const Vocabulary<Enum>& vocabulary, base::SourceProblems& problems)
{
    if (const auto read = vocabulary.fromWord(node.scalar()))
        value = *read;
    else
        node.complain(problems, "unknown " + std::string(vocabulary.noun) + " \"" + node.scalar() + "\"; known: " + std::string(vocabulary.words));
}

/// A list of words, or the word "all".
template <class Enum>
void readSet(EnumSet<Enum>& set, const base::YamlNode& node, const Vocabulary<Enum>& vocabulary, base::SourceProblems& problems)
{
    if (node.isScalar() && node.scalar() == "all") {
        set = EnumSet<Enum>::all();
        return;
    }
    if (!node.isSequence())
        return node.complain(problems, "expected a list of words like [" + std::string(vocabulary.words) + "], or all");
    EnumSet<Enum> read;
    for (const auto& item : node.items()) {
        Enum value{};
        const auto before = problems.size();
        readWord(value, item, vocabulary, problems);
        if (problems.size() == before)
            read.add(value);
    }
    set = read;
}

/// The members of a set in the order of the vocabulary, or "all".
template <class Enum>
std::string showSet(const EnumSet<Enum>& set, const Vocabulary<Enum>& vocabulary)
{
    if (set.isAll())
        return "all";
    std::string shown;
    for (std::string_view rest = vocabulary.words; !rest.empty();) {
        const auto end = std::min(rest.find(", "), rest.size());
        const auto word = rest.substr(0, end);
        const auto value = vocabulary.fromWord(word);
        if (value && set.has(*value))
            shown += (shown.empty() ? "" : ", ") + std::string(word);
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return shown.empty() ? "none" : shown;
}

void readNumber(int& value, const base::YamlNode& node, int least, int most, base::SourceProblems& problems);
void readYesNo(bool& value, const base::YamlNode& node, base::SourceProblems& problems);
/// A non-empty text on one line or several.
void readText(std::string& value, const base::YamlNode& node, base::SourceProblems& problems);
/// A list of {from, until, until_included} of the local day.
void readWindows(std::vector<ClockWindow>& windows, const base::YamlNode& node, base::SourceProblems& problems);
[[nodiscard]] std::string showWindows(const std::vector<ClockWindow>& windows);
/// Whether every second of `inner` is inside `outer`.
[[nodiscard]] bool covers(const std::vector<ClockWindow>& outer, const std::vector<ClockWindow>& inner);
/// A map of role → condition; roles not named are never to be contacted.
void readConditions(std::array<RoleCondition, 5>& conditions, const base::YamlNode& node, base::SourceProblems& problems);
[[nodiscard]] std::string showConditions(const std::array<RoleCondition, 5>& conditions);

} // namespace evenhand::compliance
