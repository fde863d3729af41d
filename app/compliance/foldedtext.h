// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <QStringView>

#include "app/compliance/foldset.h"
#include "app/compliance/foldtables.h"

namespace evenhand::compliance {

/// Where no phrase can go on: a sentence end. Never part of a phrase.
inline constexpr std::uint32_t kStopToken = 0xFFFFFFFF;
/// Syllables take the surrogate range, which no folded character uses.
inline constexpr std::uint32_t kFirstSyllableToken = 0xD800;

/// A place that can be read in two ways.
struct Ambiguity {
    std::uint32_t start = 0;   ///< UTF-16 offset into the text folded, of the first unit concerned
    bool split = false;        ///< Reading::composeSplit finds something else there
    bool pinyin = false;       ///< Reading::shortSyllables does
};

/// A text after folding: one token per character that counts, each with the place it came from.
/// A token is a folded code point, a syllable, or kStopToken.
struct FoldedText {
    std::vector<std::uint32_t> tokens;
    std::vector<std::uint32_t> starts;   ///< UTF-16 offset into the text folded
    std::vector<std::uint32_t> ends;     ///< exclusive; a repeated character reaches to its last repetition
    std::vector<std::uint8_t> runs;      ///< how often the character stood there, up to 255
    std::vector<std::uint32_t> chars;    ///< with sound folds: the folded character, 0 where a Latin syllable stands
    std::vector<Ambiguity> ambiguous;    ///< in no particular order; only filled by the plain reading
    QStringView source;                  ///< what was folded; valid as long as the caller's text is
    void resize(std::size_t size);       ///< all but `ambiguous`; `chars` only if it is in use
    void clear();
};

/// One way of reading a text where there are several.
struct Reading {
    bool composeSplit = false;     ///< 弓虽 as 强
    bool shortSyllables = false;   ///< fangan as fan-gan, not fang-an
};

/// Folds texts under one set of steps. Immutable, any thread.
class TextFolder {
public:
    explicit TextFolder(FoldSet folds);

    /// Folds text[from, to) into `out` (replacing it) and returns where it stopped: at `to`, or, when `stopAfter` units are done,
    /// behind the next sentence end. Offsets are into `text`. What lies around the range is looked at where the meaning of a
    /// sign depends on it; a text folded in ranges whose borders are sentence ends or clean cuts gives the tokens of the whole.
    qsizetype fold(QStringView text, qsizetype from, qsizetype to, qsizetype stopAfter, Reading reading, FoldedText& out) const;
    [[nodiscard]] FoldedText fold(QStringView text, Reading reading = {}) const;   ///< all of it

    /// True when the tokens before and from `at` on are the same however the text is divided there.
    [[nodiscard]] bool isCleanCut(QStringView text, qsizetype at) const;
    /// How many tokens the unit at `at` makes in any reading, in twelfths and at least; 0 where that is not certain.
    [[nodiscard]] int leastTokens(QStringView text, qsizetype at) const;
    /// Every unit from which a token of `first` may come, by unit: what a text needs at least to hold a phrase that begins so. Empty where that
    /// cannot be told by one unit (sound folds).
    [[nodiscard]] std::vector<std::uint8_t> beginners(std::vector<std::uint32_t> first) const;
    /// A character that no phrase reaches over, whatever stands around it.
    [[nodiscard]] bool isStop(char16_t unit) const { return (m_table[unit] & (3U << 24)) == Stop; }

    [[nodiscard]] FoldSet folds() const { return m_folds; }
    [[nodiscard]] bool bySound() const { return m_folds.has(FoldStep::Pinyin) || m_folds.has(FoldStep::Homophone); }
    [[nodiscard]] std::size_t memoryBytes() const { return m_table.capacity() * sizeof(std::uint32_t); }

private:
    enum Action : std::uint32_t { Emit = 0, Skip = 1u << 24, Stop = 2u << 24, Special = 3u << 24 };
    struct Writer;

    [[nodiscard]] FoldedChar foldedChar(char32_t codePoint) const;
    [[nodiscard]] std::uint32_t entryFor(char16_t unit) const;
    qsizetype foldSpecial(qsizetype at, Writer& out) const;
    [[nodiscard]] char16_t leetLetter(QStringView text, qsizetype at) const;
    void emitFolded(char32_t codePoint, std::uint32_t start, std::uint32_t end, Writer& out) const;
    void noteSplit(FoldedText& out) const;
    void composeSplit(FoldedText& out) const;
    [[nodiscard]] char16_t composedAt(const FoldedText& text, std::size_t at) const;
    void replaceBySounds(bool shortSyllables, FoldedText& out) const;

    FoldSet m_folds;
    const FoldTables& m_fold;
    std::vector<std::uint32_t> m_table;   // of the BMP: action and token
    bool m_collapseAtOnce = false;
};

/// True for a-z and A-Z.
[[nodiscard]] constexpr bool isAsciiLetter(std::uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
[[nodiscard]] constexpr bool isAsciiDigit(std::uint32_t c) { return c >= '0' && c <= '9'; }

} // namespace evenhand::compliance
