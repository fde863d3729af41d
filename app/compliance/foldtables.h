// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/compliance/foldset.h"

namespace evenhand::compliance {

/// What a character is for the checker. Values are those of foldtablegen.
enum class CharKind : std::uint8_t { Other, Letter, Digit, Han, Separator, Ignorable, Stop, Dot };

/// Up to three UTF-16 units that stand for one character after folding; unused ones are 0.
using FoldedChar = std::array<char16_t, 3>;

/// The tables made by foldtablegen, spread out for look-up. One per process, made at first use (about a millisecond), then
/// read-only: every fold profile is composed from it.
class FoldTables {
public:
    [[nodiscard]] static const FoldTables& builtIn();

    /// `unit` after all character steps of `folds` (not repeat, pinyin, homophone, split, leet).
    [[nodiscard]] FoldedChar fold(char32_t codePoint, FoldSet folds) const;
    [[nodiscard]] CharKind kind(char32_t codePoint) const;

    /// Syllable number of a simplified Han character, -1 if it has none.
    [[nodiscard]] int syllable(char32_t codePoint) const { return codePoint < 0x10000 ? m_syllables[codePoint] : -1; }
    /// Other common readings of a character (还: hai, huan).
    [[nodiscard]] std::vector<int> otherReadings(char32_t codePoint) const;
    [[nodiscard]] int syllableNumber(std::string_view letters) const;   ///< of "shou", with v for ü; -1 if there is none

    /// Syllables letter by letter: from place 0 (nothing read) to the place after a lower-case letter, 0 if no syllable goes on so.
    [[nodiscard]] int pinyinAfter(int place, char letter) const { return m_pinyinNext[static_cast<std::size_t>(place) * 26 + static_cast<std::size_t>(letter - 'a')]; }
    [[nodiscard]] int pinyinSyllable(int place) const { return m_pinyinSyllable[static_cast<std::size_t>(place)]; }   ///< that ends there; -1 if none

    /// The character written as these two, 0 if there is none: 弓虽 → 强.
    [[nodiscard]] char16_t composed(char16_t left, char16_t right) const;
    [[nodiscard]] bool mayCompose(char16_t left, char16_t right) const { return (m_splitParts[left] & 1) != 0 && (m_splitParts[right] & 2) != 0; }

private:
    FoldTables();
    void addPinyin(std::string_view letters, int syllable);
    [[nodiscard]] FoldedChar step(const std::unordered_map<char32_t, FoldedChar>& table, FoldedChar in) const;

    std::unordered_map<char32_t, FoldedChar> m_width, m_letters, m_digits, m_case, m_simplified;
    std::vector<std::uint8_t> m_kinds;           // of the BMP
    std::vector<std::int16_t> m_syllables;       // of the BMP
    std::unordered_map<std::string_view, int> m_syllableNumbers;
    std::unordered_map<std::uint32_t, char16_t> m_composed;
    std::vector<std::uint8_t> m_splitParts;      // of the BMP: 1 left part of some character, 2 right part
    std::vector<std::int16_t> m_pinyinNext;      // 26 per place
    std::vector<std::int16_t> m_pinyinSyllable;
    std::unordered_map<char32_t, std::vector<int>> m_otherReadings;
};

} // namespace evenhand::compliance
