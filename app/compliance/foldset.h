// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace evenhand::compliance {

/// One way in which a phrase may be written differently and still count. Each can be chosen per rule and per call.
enum class FoldStep : std::uint16_t {
    Width = 1 << 0,        ///< full width, half width, compatibility forms, radicals
    Case = 1 << 1,         ///< upper and lower case
    Digits = 1 << 2,       ///< ３ ③ ㈢ 三 叁 Ⅲ all stand for 3
    Letters = 1 << 3,      ///< circled, mathematical, accented letters and look-alikes of other scripts
    Traditional = 1 << 4,  ///< traditional and variant Han characters to simplified ones
    Symbols = 1 << 5,      ///< separators, zero-width characters and emoji between characters; never across a sentence end
    Repeat = 1 << 6,       ///< a character repeated more often than in the phrase
    Pinyin = 1 << 7,       ///< a Latin syllable in place of a Han character
    Homophone = 1 << 8,    ///< another Han character of the same sound (tone ignored)
    Split = 1 << 9,        ///< a Han character written as its two parts: 弓虽 for 强
    Leet = 1 << 10         ///< digits and signs in place of Latin letters: l0s3r
};

/// A set of fold steps.
class FoldSet {
public:
    constexpr FoldSet() = default;
    constexpr explicit FoldSet(std::uint16_t bits) : m_bits(bits) {}
    [[nodiscard]] static constexpr FoldSet none() { return FoldSet(); }
    [[nodiscard]] static constexpr FoldSet all() { return FoldSet(0x7ff); }
    /// What a rule gets when it says nothing: the steps that raise no false alarms of their own.
    [[nodiscard]] static constexpr FoldSet standard() { return FoldSet(0x7f); }
    /// Names separated by commas, "all" or "none"; an unknown name is Invalid and the message lists the known ones.
    [[nodiscard]] static base::Result<FoldSet> parse(std::string_view list);
    [[nodiscard]] static base::Result<FoldSet> parse(const std::vector<std::string>& names);

    [[nodiscard]] constexpr bool has(FoldStep step) const { return (m_bits & static_cast<std::uint16_t>(step)) != 0; }
    [[nodiscard]] constexpr FoldSet with(FoldStep step) const { return FoldSet(static_cast<std::uint16_t>(m_bits | static_cast<std::uint16_t>(step))); }
    [[nodiscard]] constexpr FoldSet without(FoldStep step) const { return FoldSet(static_cast<std::uint16_t>(m_bits & ~static_cast<std::uint16_t>(step))); }
    [[nodiscard]] constexpr std::uint16_t bits() const { return m_bits; }
    [[nodiscard]] std::string toString() const;   ///< "width,case", "none"
    friend constexpr bool operator==(FoldSet, FoldSet) = default;

private:
    std::uint16_t m_bits = 0;
};

} // namespace evenhand::compliance
