// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <QString>

namespace evenhand::compliance {

/// How bad a hit is. Block prevents sending; warn and hint only inform.
enum class Severity : std::uint8_t { Hint, Warn, Block };

/// Whose words a text is. Rules judge the agent's words unless they say otherwise.
enum class Speaker : std::uint8_t { Agent, Debtor };

/// UTF-16 offsets into the text given; `end` is exclusive.
struct TextRange {
    qsizetype start = 0;
    qsizetype end = 0;
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// What the checker has to know about a text besides the text.
struct PhraseContext {
    Speaker speaker = Speaker::Agent;
    std::set<std::string> trueFacts;      ///< what the system knows to be so, e.g. suit_filed, visit_planned, letter_sent
    std::vector<TextRange> quotations;    ///< parts marked as "this is what the debtor said"
    std::string textKind;                 ///< opening, third_party, first_notice, …: which required phrases apply; empty: none
};

/// One finding. For a required phrase that is missing, start = end = 0 and `missing` is true.
struct PhraseHit {
    std::string ruleId;                          ///< "CN-01.injury"
    std::string category;                        ///< "CN-01"
    Severity severity = Severity::Warn;
    qsizetype start = 0;                         ///< UTF-16 offset into the text checked
    qsizetype end = 0;                           ///< exclusive
    QString matched;                             ///< the phrase of the rule, as its author wrote it
    std::string clause;                          ///< source and confidence mark, e.g. "CBA 2026 ch. 3 (S)"
    std::map<std::string, std::string> message;  ///< by language: en, zh_CN
    std::vector<QString> suggestions;            ///< safer wording, best first; may be empty
    bool missing = false;
    friend bool operator==(const PhraseHit&, const PhraseHit&) = default;
};

/// A finding before its texts are looked up: what the fast path yields. `rule` and `phrase` index into the checker.
struct PhraseSpan {
    std::uint32_t rule = 0;
    std::uint32_t phrase = 0;
    qsizetype start = 0;   ///< UTF-16 offsets
    qsizetype end = 0;
    friend bool operator==(const PhraseSpan&, const PhraseSpan&) = default;
};

/// What a checker is made of, for --stats and benchmarks.
struct PhraseStats {
    std::size_t rules = 0;
    std::size_t phrases = 0;        ///< as written by the authors
    std::size_t literals = 0;       ///< after alternatives and inflections are written out
    std::size_t states = 0;         ///< of all automata
    std::size_t memoryBytes = 0;    ///< of the compiled form
    double buildSeconds = 0;
};

[[nodiscard]] const char* toString(Severity severity);   ///< block, warn, hint

} // namespace evenhand::compliance
