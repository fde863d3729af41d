// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/base/yaml.h"
#include "app/compliance/foldset.h"
#include "app/compliance/phrasetypes.h"

namespace evenhand::compliance {

/// Where a Latin phrase must end.
enum class WordEdges : std::uint8_t {
    Free,              ///< also inside longer words
    Letters,           ///< a Latin letter at the edge of the phrase has no Latin letter beside it
    LettersAndDigits   ///< as Letters, and digits count as letters
};

/// A sentence of the rule's author that must (bad) or must not (good) be found.
struct PhraseExample {
    std::string text;
    base::SourcePlace place;
};

/// One rule as its author wrote it. See docs/phrases.md for the pattern syntax and every key.
struct PhraseRule {
    std::string id;
    std::string category;
    Severity severity = Severity::Block;
    std::string clause;                          ///< with confidence mark
    std::map<std::string, std::string> message;  ///< by language
    std::vector<std::string> suggestions;
    std::vector<std::string> phrases;
    std::vector<std::string> exceptions;         ///< longer harmless phrases
    FoldSet folds = FoldSet::standard();
    WordEdges edges = WordEdges::Letters;
    bool patterns = true;                        ///< false: phrases are taken literally
    bool negation = true;                        ///< "we never …" is no hit
    bool quotation = true;                       ///< reported speech of the debtor is no hit
    Speaker speaker = Speaker::Agent;            ///< whose words are judged
    std::set<std::string> trueWhen;              ///< any of these facts makes the statement true: no hit
    std::string requiredIn;                      ///< text kind; then the rule hits when none of its phrases is there
    int soundMinimum = 3;                        ///< phrases with fewer Han characters are not folded by sound
    std::vector<PhraseExample> good;
    std::vector<PhraseExample> bad;
    base::SourcePlace place;
};

/// Phrase rules of several packs, or an ad-hoc list. A value; copying copies the rules.
class PhraseSet {
public:
    /// Reads one phrases.yaml. All problems of the file are named in one error, one per line, each FILE:LINE:COL.
    [[nodiscard]] static base::Result<PhraseSet> parse(std::string_view yaml, const std::string& fileName);

    /// A list of literal phrases (only the gap `<m,n>` is special) with exceptions; every hit has rule "adhoc", severity block.
    [[nodiscard]] static PhraseSet fromLists(std::vector<std::string> deny, std::vector<std::string> allow, FoldSet folds, WordEdges edges);

    /// Puts another pack's rules on top. Every rule stays in force: exceptions of one pack do not weaken the other.
    void add(const PhraseSet& other);
    void addRule(PhraseRule rule) { m_rules.push_back(std::move(rule)); }

    [[nodiscard]] const std::vector<PhraseRule>& rules() const { return m_rules; }
    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }

private:
    std::vector<PhraseRule> m_rules;
};

} // namespace evenhand::compliance
