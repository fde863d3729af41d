// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>

#include "app/compliance/contactfacts.h"
#include "app/compliance/decision.h"

// The stored words of the gate's own vocabularies; the trade's are in app/domain/words.
namespace evenhand::compliance {

namespace {

template <class Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Words<Place, 3> kPlaces{{{Place::Home, "home"}, {Place::Workplace, "workplace"}, {Place::Other, "other"}}};
constexpr Words<Purpose, 4> kPurposes{{{Purpose::Collection, "collection"}, {Purpose::PaymentReminder, "payment_reminder"},
    {Purpose::Reply, "reply"}, {Purpose::RequiredNotice, "required_notice"}}};
constexpr Words<ConsentKind, 3> kConsents{{{ConsentKind::OutsideHours, "outside_hours"}, {ConsentKind::ExtraCalls, "extra_calls"},
    {ConsentKind::Medium, "medium"}}};
constexpr Words<Verdict, 4> kVerdicts{{{Verdict::Allow, "allow"}, {Verdict::Warn, "warn"}, {Verdict::Hold, "hold"}, {Verdict::Block, "block"}}};
constexpr Words<Confidence, 4> kConfidences{{{Confidence::T, "T"}, {Confidence::S, "S"}, {Confidence::K, "K"}, {Confidence::X, "X"}}};

template <class Table, class Enum>
std::string_view wordOf(const Table& table, Enum value)
{
    for (const auto& [member, word] : table)
        if (member == value)
            return word;
    return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> valueOf(const Words<Enum, N>& table, std::string_view word)
{
    for (const auto& [member, name] : table)
        if (name == word)
            return member;
    return std::nullopt;
}

} // namespace

std::string_view toWord(Place value) { return wordOf(kPlaces, value); }
std::string_view toWord(Purpose value) { return wordOf(kPurposes, value); }
std::string_view toWord(ConsentKind value) { return wordOf(kConsents, value); }
std::string_view toWord(Verdict value) { return wordOf(kVerdicts, value); }
std::string_view toWord(Confidence value) { return wordOf(kConfidences, value); }

std::optional<Place> placeFromWord(std::string_view word) { return valueOf(kPlaces, word); }
std::optional<Purpose> purposeFromWord(std::string_view word) { return valueOf(kPurposes, word); }
std::optional<ConsentKind> consentKindFromWord(std::string_view word) { return valueOf(kConsents, word); }
std::optional<Verdict> verdictFromWord(std::string_view word) { return valueOf(kVerdicts, word); }
std::optional<Confidence> confidenceFromWord(std::string_view word) { return valueOf(kConfidences, word); }

} // namespace evenhand::compliance
