// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldtables.h"

#include <algorithm>
#include <array>

#include "app/compliance/foldsplit.h"

namespace evenhand::compliance {

namespace {

struct FoldRow {
    char32_t from;
    char16_t to[3];
};
struct KindRow {
    char32_t from;   // up to the next row
    std::uint8_t kind;
};
struct SoundRow {
    char16_t from;
    std::int16_t syllable;
};

#include "foldtables.inc"

template <std::size_t N>
std::unordered_map<char32_t, FoldedChar> spread(const FoldRow (&rows)[N])
{
    std::unordered_map<char32_t, FoldedChar> table;
    table.reserve(N);
    for (const auto& row : rows)
        table.emplace(row.from, FoldedChar{row.to[0], row.to[1], row.to[2]});
    return table;
}

CharKind kindInRows(char32_t codePoint)
{
    const auto* next = std::upper_bound(std::begin(kKinds), std::end(kKinds), codePoint, [](char32_t c, const KindRow& row) { return c < row.from; });
    return static_cast<CharKind>((next - 1)->kind);
}

FoldedChar single(char32_t c)
{
    if (c < 0x10000)
        return {static_cast<char16_t>(c), 0, 0};
    return {static_cast<char16_t>(0xD7C0 + (c >> 10)), static_cast<char16_t>(0xDC00 + (c & 0x3FF)), 0};
}

} // namespace

const FoldTables& FoldTables::builtIn()
{
    static const FoldTables tables;   // constant data, not state: nothing can change it
    return tables;
}

FoldTables::FoldTables()
    : m_width(spread(kWidthRows)), m_letters(spread(kLetterRows)), m_digits(spread(kDigitRows)), m_case(spread(kCaseRows)),
      m_simplified(spread(kSimplifiedRows)), m_kinds(0x10000), m_syllables(0x10000, -1), m_splitParts(0x10000), m_pinyinNext(26), m_pinyinSyllable(1, -1)
{
    for (std::size_t i = 0; i < std::size(kKinds); ++i) {
        const char32_t end = i + 1 < std::size(kKinds) ? std::min<char32_t>(kKinds[i + 1].from, 0x10000) : 0x10000;
        for (char32_t c = kKinds[i].from; c < end; ++c)
            m_kinds[c] = kKinds[i].kind;
    }
    for (const auto& row : kSounds)
        m_syllables[row.from] = row.syllable;
    for (std::size_t i = 0; i < std::size(kSyllables); ++i) {
        m_syllableNumbers.emplace(kSyllables[i], static_cast<int>(i));
        addPinyin(kSyllables[i], static_cast<int>(i));
    }
    for (auto list = otherReadingsList(); !list.empty();) {
        const auto entry = list.substr(0, list.find(u','));
        const int number = syllableNumber(std::string(entry.begin() + 1, entry.end()));
        if (number >= 0 && number != syllable(entry.front()))
            m_otherReadings[entry.front()].push_back(number);
        list.remove_prefix(std::min(entry.size() + 1, list.size()));
    }
    const auto split = splitCharacters();
    for (std::size_t i = 0; i + 2 < split.size(); i += 3) {
        m_composed.emplace((std::uint32_t(split[i + 1]) << 16) | split[i + 2], split[i]);
        m_splitParts[split[i + 1]] |= 1;
        m_splitParts[split[i + 2]] |= 2;
    }
}

void FoldTables::addPinyin(std::string_view letters, int syllable)
{
    std::size_t place = 0;
    for (const char letter : letters) {
        if (letter < 'a' || letter > 'z')
            return;
        const auto slot = place * 26 + static_cast<std::size_t>(letter - 'a');
        if (m_pinyinNext[slot] == 0) {
            m_pinyinNext[slot] = static_cast<std::int16_t>(m_pinyinSyllable.size());
            m_pinyinSyllable.push_back(-1);
            m_pinyinNext.resize(m_pinyinNext.size() + 26);
        }
        place = static_cast<std::size_t>(m_pinyinNext[slot]);
    }
    m_pinyinSyllable[place] = static_cast<std::int16_t>(syllable);
}

FoldedChar FoldTables::step(const std::unordered_map<char32_t, FoldedChar>& table, FoldedChar in) const
{
    if (in[1] != 0 && !(in[0] >= 0xD800 && in[0] < 0xDC00 && in[2] == 0))
        return in;   // already an expansion: its parts are plain
    const char32_t c = in[1] == 0 ? char32_t(in[0]) : ((char32_t(in[0]) - 0xD7C0) << 10) + (char32_t(in[1]) - 0xDC00);
    const auto found = table.find(c);
    return found == table.end() ? in : found->second;
}

FoldedChar FoldTables::fold(char32_t codePoint, FoldSet folds) const
{
    FoldedChar c = single(codePoint);
    if (codePoint >= 0x80) {
        if (folds.has(FoldStep::Width))
            c = step(m_width, c);
        if (folds.has(FoldStep::Letters))
            c = step(m_letters, c);
        if (folds.has(FoldStep::Case))
            c = step(m_case, c);
        if (folds.has(FoldStep::Traditional))
            c = step(m_simplified, c);
        if (folds.has(FoldStep::Digits))
            c = step(m_digits, c);
    }
    if (folds.has(FoldStep::Case)) {
        for (auto& unit : c)
            unit = unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 32) : unit;
    }
    return c;
}

CharKind FoldTables::kind(char32_t codePoint) const
{
    return codePoint < 0x10000 ? static_cast<CharKind>(m_kinds[codePoint]) : kindInRows(codePoint);
}

std::vector<int> FoldTables::otherReadings(char32_t codePoint) const
{
    // Figures are folded before sounds: where a phrase says 一, 医 and yi must still be heard.
    static constexpr std::array<const char*, 10> figures{"ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"};
    if (codePoint >= U'0' && codePoint <= U'9')
        return {syllableNumber(figures[codePoint - U'0'])};
    const auto found = m_otherReadings.find(codePoint);
    return found == m_otherReadings.end() ? std::vector<int>() : found->second;
}

int FoldTables::syllableNumber(std::string_view letters) const
{
    const auto found = m_syllableNumbers.find(letters);
    return found == m_syllableNumbers.end() ? -1 : found->second;
}

char16_t FoldTables::composed(char16_t left, char16_t right) const
{
    if (!mayCompose(left, right))
        return 0;
    const auto found = m_composed.find((std::uint32_t(left) << 16) | right);
    return found == m_composed.end() ? char16_t(0) : found->second;
}

} // namespace evenhand::compliance
