// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QStringView>

#include "app/compliance/foldedtext.h"
#include "app/compliance/phraseautomaton.h"
#include "app/compliance/phrasepattern.h"
#include "app/compliance/phraseset.h"

namespace evenhand::compliance {

/// A phrase found in one line, before context is looked at. Offsets are UTF-16 units into the line.
struct PhraseCandidate {
    std::uint32_t rule = 0;
    std::uint32_t phrase = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

/// All phrases that are looked for under one set of folds: a folder, an automaton, and what each literal belongs to.
/// Filled by add, closed by compile, then immutable.
class PhraseProfile {
public:
    explicit PhraseProfile(FoldSet folds) : m_folder(folds) {}

    enum class Role : std::uint8_t { Phrase, Exception };
    /// False when nothing of the phrase is left after folding ("$$$" where symbols are skipped).
    [[nodiscard]] bool add(std::uint32_t rule, std::uint32_t phrase, const PhrasePattern& pattern, WordEdges edges, Role role);
    void compile();

    /// Reusable memory of one caller.
    struct Scratch {
        struct Found {
            std::uint32_t pattern;
            std::uint32_t part;
            std::uint32_t start;   // tokens
            std::uint32_t end;
        };
        FoldedText text;
        std::vector<Found> phrases, exceptions, parts;
        std::vector<std::uint32_t> longest;
    };
    /// Appends what is in the line; exceptions are taken off already. `oneRule`: leftmost-longest is settled here, cheaply.
    void scanLine(QStringView line, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const;

    [[nodiscard]] FoldSet folds() const { return m_folder.folds(); }
    [[nodiscard]] std::size_t literals() const { return m_literals.size(); }
    [[nodiscard]] std::size_t states() const { return m_automaton->states(); }
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    /// What the text must show beyond the tokens themselves; empty members ask for nothing.
    struct Demand {
        std::vector<std::uint8_t> runs;      // at least so many repetitions
        std::vector<std::uint32_t> chars;    // this very character, or (for phrases) a Latin syllable
        std::vector<bool> wordBreaks;        // the phrase has a word break behind this token
        friend bool operator==(const Demand&, const Demand&) = default;
    };
    struct Pattern {
        std::uint32_t rule = 0;
        std::uint32_t phrase = 0;
        Role role = Role::Phrase;
        WordEdges edges = WordEdges::Free;
        std::vector<PhrasePattern::Gap> gaps;
    };
    struct Use {
        std::uint32_t pattern = 0;
        std::uint32_t part = 0;
        std::int32_t demand = -1;
        std::int32_t next = -1;   // further use of the same literal
    };
    struct Literal {
        std::uint32_t length = 0;
        std::int32_t firstUse = -1;
        bool latinStart = false;
        bool latinEnd = false;
    };

    bool addAlternative(const std::u16string& text, std::uint32_t pattern, std::uint32_t part);
    void addLiteral(PhraseAutomaton::Literal tokens, const Demand& demand, std::uint32_t pattern, std::uint32_t part);
    [[nodiscard]] Demand demandOf(const FoldedText& folded, const Pattern& pattern) const;
    void scanFolded(QStringView line, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const;
    void note(QStringView line, std::uint32_t literal, std::size_t end, Scratch& scratch) const;
    [[nodiscard]] bool meets(const Demand& demand, Role role, const FoldedText& text, std::size_t start) const;
    [[nodiscard]] bool meetsWordBreaks(const Demand& demand, const FoldedText& text, std::size_t start, QStringView line) const;
    [[nodiscard]] bool hasWordEdges(const Literal& literal, const Use& use, QStringView line, const FoldedText& text, std::size_t start, std::size_t end) const;
    void joinParts(Scratch& scratch) const;
    [[nodiscard]] std::optional<std::uint32_t> chainEnd(const Scratch& scratch, std::size_t first, std::size_t last, const Scratch::Found& head) const;
    void dropExcepted(Scratch& scratch) const;
    void keepLongest(Scratch& scratch) const;

    TextFolder m_folder;
    std::unique_ptr<PhraseAutomaton> m_automaton;
    std::vector<Pattern> m_patterns;
    std::vector<Literal> m_literals;
    std::vector<Use> m_uses;
    std::vector<Demand> m_demands;
    std::vector<PhraseAutomaton::Literal> m_tokens;                     // until compile
    std::unordered_map<std::u32string, std::uint32_t> m_literalNumbers;   // until compile
};

} // namespace evenhand::compliance
