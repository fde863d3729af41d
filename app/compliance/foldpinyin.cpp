// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldpinyin.h"

#include <algorithm>

namespace evenhand::compliance {

namespace {

constexpr std::size_t kLongestSyllable = 6;   // zhuang, chuang, shuang
constexpr std::size_t kLongestRun = 64;       // longer ones are no pinyin; cutting stays linear

struct Best {
    int cost = 0;   // left-over letters weigh far more than syllables
    std::size_t length = 1;
    int syllable = -1;
};

} // namespace

std::vector<PinyinPart> cutPinyin(std::string_view letters, bool shortFirst, const FoldTables& tables)
{
    std::vector<Best> best(letters.size() + 1);
    for (std::size_t at = letters.size(); at-- > 0;) {
        best[at] = {best[at + 1].cost + 100, 1, -1};
        for (std::size_t length = 1; length <= std::min(kLongestSyllable, letters.size() - at); ++length) {
            const int syllable = tables.syllableNumber(letters.substr(at, length));
            const int cost = best[at + length].cost + 1;
            if (syllable >= 0 && (cost < best[at].cost || (cost == best[at].cost && !shortFirst)))
                best[at] = {cost, length, syllable};
        }
    }
    std::vector<PinyinPart> parts;
    for (std::size_t at = 0; at < letters.size(); at += best[at].length)
        parts.push_back({at, best[at].length, best[at].syllable});
    return parts;
}

SyllableWriter::SyllableWriter(const FoldTables& tables, bool collapse, bool shortFirst, FoldedText& text)
    : m_tables(tables), m_collapse(collapse), m_shortFirst(shortFirst), m_text(text)
{
    m_text.chars.resize(m_text.tokens.size());
}

void SyllableWriter::put(std::uint32_t token, std::uint32_t character, std::uint32_t start, std::uint32_t end, bool keepsRuns)
{
    if (m_collapse && !keepsRuns && m_written > 0 && m_text.tokens[m_written - 1] == token && m_text.chars[m_written - 1] == character
        && ((character != 0 && !isAsciiLetter(token)) || start == m_text.ends[m_written - 1])) {
        m_text.ends[m_written - 1] = end;
        m_text.runs[m_written - 1] = static_cast<std::uint8_t>(std::min(255, m_text.runs[m_written - 1] + 1));
        return;
    }
    m_text.tokens[m_written] = token;
    m_text.chars[m_written] = character;
    m_text.starts[m_written] = start;
    m_text.ends[m_written] = end;
    m_text.runs[m_written] = 1;
    ++m_written;
}

void SyllableWriter::character(std::size_t at)
{
    const auto token = m_text.tokens[at];
    const int syllable = token == kStopToken ? -1 : m_tables.syllable(token);
    put(syllable < 0 ? token : kFirstSyllableToken + static_cast<std::uint32_t>(syllable), token, m_text.starts[at], m_text.ends[at],
        m_text.runs[at] == 0);
}

std::size_t SyllableWriter::latinRun(std::size_t at)
{
    std::string letters;
    std::size_t end = at;
    while (end < m_text.tokens.size() && isAsciiLetter(m_text.tokens[end]) && letters.size() < kLongestRun
           && (end == at || m_text.starts[end] == m_text.ends[end - 1]))
        letters += static_cast<char>(m_text.tokens[end++] | 0x20);
    const auto longFirst = cutPinyin(letters, false, m_tables);
    const auto shortFirst = cutPinyin(letters, true, m_tables);
    m_text.hasAmbiguousPinyin |= longFirst != shortFirst;
    for (const auto& part : m_shortFirst ? shortFirst : longFirst) {
        const auto first = m_text.starts[at + part.start];
        const auto last = m_text.ends[at + part.start + part.length - 1];
        if (part.syllable >= 0)
            put(kFirstSyllableToken + static_cast<std::uint32_t>(part.syllable), 0, first, last);
        else
            put(m_text.tokens[at + part.start], m_text.tokens[at + part.start], first, last);
    }
    return end;
}

void SyllableWriter::finish()
{
    m_text.tokens.resize(m_written);
    m_text.chars.resize(m_written);
    m_text.starts.resize(m_written);
    m_text.ends.resize(m_written);
    m_text.runs.resize(m_written);
}

} // namespace evenhand::compliance
