// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "app/compliance/foldedtext.h"

namespace evenhand::compliance {

inline constexpr std::size_t kLongestPinyinRun = 64;   ///< longer runs are no pinyin; cutting stays linear

/// How lower-case letters are cut into syllables, both ways: with as few left-over letters as possible, then as few syllables as possible;
/// among equals the first syllable is as long as possible, or as short as possible (fangan: fang-an, fan-gan).
struct PinyinCuts {
    struct Part {
        std::uint8_t length = 1;
        std::int16_t syllable = -1;   ///< -1: a single letter that belongs to none
        friend bool operator==(const Part&, const Part&) = default;
    };
    /// By letter: the part that begins there, if one does. Parts follow each other from letter 0.
    std::array<Part, kLongestPinyinRun> longFirst;
    std::array<Part, kLongestPinyinRun> shortFirst;
    bool differ = false;              ///< the two ways give different syllables
};

/// At most kLongestPinyinRun letters a-z.
void cutPinyin(std::string_view letters, const FoldTables& tables, PinyinCuts& cuts);

/// Rewrites a FoldedText in place: Han characters and Latin runs become syllable tokens, repetitions are collapsed.
class SyllableWriter {
public:
    SyllableWriter(const FoldTables& tables, bool collapse, bool shortFirst, FoldedText& text);

    void character(std::size_t at)
    {
        const auto token = m_text.tokens[at];
        const int syllable = m_tables.syllable(token);   // kStopToken lies above those that have one
        put(syllable < 0 ? token : kFirstSyllableToken + static_cast<std::uint32_t>(syllable), token, m_text.starts[at], m_text.ends[at],
            m_text.runs[at] == 0);
    }
    [[nodiscard]] std::size_t latinRun(std::size_t at);   ///< returns the token behind the run
    void finish();

private:
    void put(std::uint32_t token, std::uint32_t character, std::uint32_t start, std::uint32_t end, bool keepsRuns = false)
    {
        if (m_collapse && !keepsRuns && m_written > 0 && m_text.tokens[m_written - 1] == token && m_text.chars[m_written - 1] == character
            && ((character != 0 && !isAsciiLetter(token)) || start == m_text.ends[m_written - 1])) {
            m_text.ends[m_written - 1] = end;
            m_text.runs[m_written - 1] = static_cast<std::uint8_t>(m_text.runs[m_written - 1] + (m_text.runs[m_written - 1] < 255 ? 1 : 0));
            return;
        }
        m_text.tokens[m_written] = token;
        m_text.chars[m_written] = character;
        m_text.starts[m_written] = start;
        m_text.ends[m_written] = end;
        m_text.runs[m_written] = 1;
        ++m_written;
    }

    const FoldTables& m_tables;
    bool m_collapse;
    bool m_shortFirst;
    FoldedText& m_text;
    std::size_t m_written = 0;
};

} // namespace evenhand::compliance
