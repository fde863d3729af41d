// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldpinyin.h"

namespace evenhand::compliance {

void cutPinyin(std::string_view letters, const FoldTables& tables, PinyinCuts& cuts)
{
    constexpr int kLeftOver = 100;   // left-over letters weigh far more than syllables
    std::array<int, kLongestPinyinRun + 1> cost{};
    for (std::size_t at = letters.size(); at-- > 0;) {
        auto& longest = cuts.longFirst[at];
        auto& shortest = cuts.shortFirst[at];
        longest = shortest = {1, -1};
        cost[at] = cost[at + 1] + kLeftOver;
        int place = 0;
        for (std::size_t end = at; end < letters.size(); ++end) {
            place = tables.pinyinAfter(place, letters[end]);
            if (place == 0)
                break;
            const int syllable = tables.pinyinSyllable(place);
            const int total = cost[end + 1] + 1;
            if (syllable < 0 || total > cost[at])
                continue;
            longest = {static_cast<std::uint8_t>(end + 1 - at), static_cast<std::int16_t>(syllable)};
            if (total < cost[at])
                shortest = longest;
            cost[at] = total;
        }
    }
    cuts.differ = false;
    for (std::size_t at = 0; at < letters.size() && !cuts.differ; at += cuts.longFirst[at].length)
        cuts.differ = !(cuts.longFirst[at] == cuts.shortFirst[at]);
}

SyllableWriter::SyllableWriter(const FoldTables& tables, bool collapse, bool shortFirst, FoldedText& text)
    : m_tables(tables), m_collapse(collapse), m_shortFirst(shortFirst), m_text(text)
{
    m_text.chars.resize(m_text.tokens.size());
}

std::size_t SyllableWriter::latinRun(std::size_t at)
{
    std::array<char, kLongestPinyinRun> letters;
    std::size_t size = 0;
    std::size_t end = at;
    while (end < m_text.tokens.size() && isAsciiLetter(m_text.tokens[end]) && size < kLongestPinyinRun
           && (end == at || m_text.starts[end] == m_text.ends[end - 1]))
        letters[size++] = static_cast<char>(m_text.tokens[end++] | 0x20);
    PinyinCuts cuts;
    cutPinyin({letters.data(), size}, m_tables, cuts);
    if (cuts.differ && !m_shortFirst)
        m_text.ambiguous.push_back({m_text.starts[at], false, true});
    const auto& parts = m_shortFirst ? cuts.shortFirst : cuts.longFirst;
    for (std::size_t i = 0; i < size;) {
        const auto part = parts[i];   // what is written never overtakes what is read
        const auto token = m_text.tokens[at + i];
        const auto first = m_text.starts[at + i];
        const auto last = m_text.ends[at + i + part.length - 1];
        if (part.syllable >= 0)
            put(kFirstSyllableToken + static_cast<std::uint32_t>(part.syllable), 0, first, last);
        else
            put(token, token, first, last);
        i += part.length;
    }
    return end;
}

void SyllableWriter::finish()
{
    m_text.resize(m_written);
    m_text.chars.resize(m_written);
}

} // namespace evenhand::compliance
