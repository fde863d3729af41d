// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QStringView>

#include "app/compliance/foldedtext.h"
#include "app/compliance/phrasepattern.h"
#include "app/compliance/phraseset.h"
#include "app/compliance/phrasetrie.h"

namespace evenhand::compliance {

/// A phrase found in one line, before context is looked at. Offsets are UTF-16 units into the line.
struct PhraseCandidate {
    std::uint32_t rule = 0;
    std::uint32_t phrase = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

/// All phrases that are looked for under one set of folds: a folder, a trie, and what each literal belongs to.
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
        FoldedText reading;   // a sentence read in another way
        std::vector<Found> phrases, exceptions, parts;
        std::vector<std::uint32_t> longest;
    };
    /// Appends what is in `part` of the line, whose borders are those of the line or of a window (below); exceptions are taken off already.
    /// `oneRule`: leftmost-longest is settled here, cheaply.
    void scan(QStringView line, TextRange part, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const;

    /// After an edit of the line: the part outside of which every candidate is what it was. `edit` is what was inserted, in the new line.
    [[nodiscard]] TextRange touchedBy(QStringView line, TextRange edit) const;
    /// The part to scan so that every candidate that overlaps `zone` is found as in the whole line.
    [[nodiscard]] TextRange windowAround(QStringView line, TextRange zone) const;

    [[nodiscard]] FoldSet folds() const { return m_folder.folds(); }
    [[nodiscard]] std::size_t literals() const { return m_literals.empty() ? 0 : m_literals.size() - 1; }
    [[nodiscard]] std::size_t states() const { return m_trie.states(); }
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    static constexpr std::uint32_t kNothing = 0xFFFFFFFF;
    /// What the text must show beyond the tokens themselves: places in the pools below, as many entries as the literal has tokens.
    struct Demand {
        std::uint32_t runs = kNothing;         // at least so many repetitions
        std::uint32_t chars = kNothing;        // this very character, or (for phrases) a Latin syllable
        std::uint32_t wordBreaks = kNothing;   // the phrase has a word break behind this token
        [[nodiscard]] bool isNothing() const { return runs == kNothing && chars == kNothing && wordBreaks == kNothing; }
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
        std::uint32_t demand = kNothing;
        std::uint16_t part = 0;
        bool isFree = false;          // nothing has to be checked
    };
    struct Literal {
        std::uint32_t firstUse = 0;   // up to that of the next literal
        bool isFree = false;          // nothing has to be checked for its first use
        bool latinStart = false;
        bool latinEnd = false;
    };
    /// A way to say a part, until compile sorts them.
    struct Way {
        std::uint32_t offset = 0;   // into m_tokens
        std::uint32_t length = 0;
        Use use;
    };

    [[nodiscard]] bool addAlternative(const std::u16string& text, std::uint32_t pattern, std::uint32_t part);
    void addWays(const Use& use);
    [[nodiscard]] std::uint32_t demandOf(const FoldedText& folded, const Pattern& pattern);
    [[nodiscard]] PhraseTrie::Literal tokensOf(const Way& way) const { return PhraseTrie::Literal(m_tokens).subspan(way.offset, way.length); }
    [[nodiscard]] bool isFree(const Literal& literal, const Use& use) const;
    void orderUses();
    void scanFolded(QStringView line, bool oneRule, const FoldedText& text, Scratch& scratch, std::vector<PhraseCandidate>& out) const;
    void scanLongest(QStringView line, const FoldedText& text, std::vector<PhraseCandidate>& out) const;
    [[nodiscard]] bool mayHold(QStringView text) const;
    void readAgain(QStringView line, qsizetype from, qsizetype to, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const;
    void note(QStringView line, std::uint32_t literal, std::size_t begin, std::size_t end, const FoldedText& text, Scratch& scratch) const;
    [[nodiscard]] bool accepts(const Literal& literal, const Use& use, QStringView line, const FoldedText& text, std::size_t begin, std::size_t end) const;
    [[nodiscard]] const Use* firstAccepted(std::uint32_t literal, QStringView line, const FoldedText& text, std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool meets(const Demand& demand, Role role, const FoldedText& text, std::size_t begin, std::size_t length) const;
    [[nodiscard]] bool meetsWordBreaks(const Demand& demand, const FoldedText& text, std::size_t begin, std::size_t length, QStringView line) const;
    [[nodiscard]] bool hasWordEdges(const Literal& literal, const Use& use, QStringView line, const FoldedText& text, std::size_t begin, std::size_t end) const;
    void joinParts(const FoldedText& text, Scratch& scratch) const;
    [[nodiscard]] std::optional<std::uint32_t> chainEnd(const FoldedText& text, const Scratch& scratch, std::size_t last, const Scratch::Found& head) const;
    void dropExcepted(Scratch& scratch) const;
    void keepLongest(const FoldedText& text, Scratch& scratch) const;
    [[nodiscard]] qsizetype before(QStringView line, qsizetype at) const;
    [[nodiscard]] qsizetype behind(QStringView line, qsizetype at) const;
    [[nodiscard]] qsizetype cutBefore(QStringView line, qsizetype at) const;
    [[nodiscard]] qsizetype cutBehind(QStringView line, qsizetype at) const;

    TextFolder m_folder;
    PhraseTrie m_trie;
    std::vector<Pattern> m_patterns;
    std::vector<Literal> m_literals;            // and one behind the last
    std::vector<Use> m_uses;
    std::vector<Demand> m_demands;
    std::vector<std::uint8_t> m_runs;           // pools of the demands
    std::vector<char32_t> m_chars;
    std::vector<std::uint8_t> m_wordBreaks;
    std::vector<std::uint8_t> m_beginners;      // by UTF-16 unit: a text without any holds no phrase; empty: not known
    std::uint32_t m_reach = 0;                  // most tokens a phrase takes with its gaps
    bool m_isPlain = true;                      // no exceptions, no gaps
    std::vector<std::uint32_t> m_tokens;        // until compile
    std::vector<Way> m_ways;                    // until compile
    FoldedText m_folded;                        // until compile
    std::vector<std::vector<std::uint32_t>> m_readings;   // until compile
};

} // namespace evenhand::compliance
