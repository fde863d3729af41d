// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseprofile.h"

#include <algorithm>
#include <tuple>

// How a profile is filled and closed; phraseprofile.cpp looks for what is in it.
namespace evenhand::compliance {

namespace {

constexpr std::size_t kMostReadings = 8;   // ways to pronounce one phrase

} // namespace

bool PhraseProfile::add(std::uint32_t rule, std::uint32_t phrase, const PhrasePattern& pattern, WordEdges edges, Role role)
{
    const auto number = static_cast<std::uint32_t>(m_patterns.size());
    m_patterns.push_back({rule, phrase, role, edges, pattern.gaps});
    m_isPlain = m_isPlain && role == Role::Phrase && pattern.gaps.empty();
    std::size_t reach = 0;
    for (std::uint32_t part = 0; part < pattern.parts.size(); ++part) {
        std::size_t longest = 0;
        for (const auto& alternative : pattern.parts[part]) {
            if (!addAlternative(alternative, number, part))
                return false;
            longest = std::max<std::size_t>(longest, m_ways.back().length);
        }
        reach += longest + (part < pattern.gaps.size() ? static_cast<std::size_t>(pattern.gaps[part].most) : 0);
    }
    m_reach = std::max(m_reach, static_cast<std::uint32_t>(reach));
    return true;
}

bool PhraseProfile::addAlternative(const std::u16string& text, std::uint32_t pattern, std::uint32_t part)
{
    const QStringView view(text);
    m_folder.fold(view, 0, view.size(), view.size() + 1, {}, m_folded);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_folded.tokens.size(); ++i) {
        if (m_folded.tokens[i] == kStopToken)
            continue;
        m_folded.tokens[kept] = m_folded.tokens[i];
        m_folded.starts[kept] = m_folded.starts[i];
        m_folded.ends[kept] = m_folded.ends[i];
        m_folded.runs[kept] = m_folded.runs[i];
        if (!m_folded.chars.empty())
            m_folded.chars[kept] = m_folded.chars[i];
        ++kept;
    }
    m_folded.resize(kept);
    if (kept == 0)
        return false;
    addWays({pattern, demandOf(m_folded, m_patterns[pattern]), static_cast<std::uint16_t>(part)});
    return true;
}

/// One way per combination of the sounds its characters may have.
void PhraseProfile::addWays(const Use& use)
{
    std::size_t count = 1;
    if (m_readings.empty())
        m_readings.emplace_back();
    m_readings[0].assign(m_folded.tokens.begin(), m_folded.tokens.end());
    for (std::size_t i = 0; i < m_folded.chars.size(); ++i) {
        for (const int other : FoldTables::builtIn().otherReadings(m_folded.chars[i])) {
            const auto known = count;
            for (std::size_t r = 0; r < known && count < kMostReadings; ++r, ++count) {
                if (m_readings.size() <= count)
                    m_readings.emplace_back();
                m_readings[count] = m_readings[r];
                m_readings[count][i] = kFirstSyllableToken + static_cast<std::uint32_t>(other);
            }
        }
    }
    for (std::size_t r = 0; r < count; ++r) {
        m_ways.push_back({static_cast<std::uint32_t>(m_tokens.size()), static_cast<std::uint32_t>(m_readings[r].size()), use});
        m_tokens.insert(m_tokens.end(), m_readings[r].begin(), m_readings[r].end());
    }
}

std::uint32_t PhraseProfile::demandOf(const FoldedText& folded, const Pattern& pattern)
{
    Demand demand;
    const auto size = folded.tokens.size();
    if (std::any_of(folded.runs.begin(), folded.runs.end(), [](std::uint8_t run) { return run > 1; })) {
        demand.runs = static_cast<std::uint32_t>(m_runs.size());
        m_runs.insert(m_runs.end(), folded.runs.begin(), folded.runs.end());
    }
    if (m_folder.bySound() && (pattern.role == Role::Exception || !m_folder.folds().has(FoldStep::Homophone))) {
        demand.chars = static_cast<std::uint32_t>(m_chars.size());
        m_chars.insert(m_chars.end(), folded.chars.begin(), folded.chars.end());
    }
    if (pattern.edges != WordEdges::Free && m_folder.folds().has(FoldStep::Symbols)) {
        bool hasPair = false;
        for (std::size_t i = 0; i + 1 < size; ++i)
            hasPair |= isAsciiLetter(folded.tokens[i]) && isAsciiLetter(folded.tokens[i + 1]);
        if (hasPair) {
            demand.wordBreaks = static_cast<std::uint32_t>(m_wordBreaks.size());
            for (std::size_t i = 0; i < size; ++i)
                m_wordBreaks.push_back(i + 1 < size && folded.starts[i + 1] > folded.ends[i] ? 1 : 0);
        }
    }
    if (demand.isNothing())
        return kNothing;
    m_demands.push_back(demand);
    return static_cast<std::uint32_t>(m_demands.size()) - 1;
}

bool PhraseProfile::isFree(const Literal& literal, const Use& use) const
{
    const auto edges = m_patterns[use.pattern].edges;
    return use.demand == kNothing && (edges == WordEdges::Free || (edges == WordEdges::Letters && !literal.latinStart && !literal.latinEnd));
}

/// Sorted ways lie beside the others of the same tokens: a literal and its uses.
void PhraseProfile::orderUses()
{
    const auto key = [](const Way& way) { return std::tuple(way.use.pattern, way.use.part, way.use.demand); };
    std::sort(m_ways.begin(), m_ways.end(), [&](const Way& a, const Way& b) {
        const auto left = tokensOf(a);
        const auto right = tokensOf(b);
        const auto [x, y] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
        if (x == left.end() && y == right.end())
            return key(a) < key(b);
        return x == left.end() || (y != right.end() && *x < *y);
    });
}

void PhraseProfile::compile()
{
    orderUses();
    std::vector<PhraseTrie::Literal> literals;
    m_uses.reserve(m_ways.size());
    for (std::size_t i = 0; i < m_ways.size(); ++i) {
        const auto tokens = tokensOf(m_ways[i]);
        const bool isNew = literals.empty() || !std::equal(tokens.begin(), tokens.end(), literals.back().begin(), literals.back().end());
        if (isNew) {
            literals.push_back(tokens);
            m_literals.push_back({static_cast<std::uint32_t>(m_uses.size()), false, isAsciiLetter(tokens.front()),
                                  isAsciiLetter(tokens.back())});
        }
        Use use = m_ways[i].use;
        use.isFree = isFree(m_literals.back(), use);
        m_literals.back().isFree = isNew ? use.isFree : m_literals.back().isFree;
        const bool isTwin = !isNew && use.isFree && m_uses.back().isFree && m_uses.back().pattern == use.pattern && m_uses.back().part == use.part;
        if (!isTwin)
            m_uses.push_back(use);
    }
    m_literals.push_back({static_cast<std::uint32_t>(m_uses.size())});
    m_trie = PhraseTrie(literals);
    std::vector<std::uint32_t> first;
    for (const auto& literal : literals) {
        if (first.empty() || first.back() != literal.front())
            first.push_back(literal.front());
    }
    m_beginners = m_folder.beginners(std::move(first));
    m_tokens = {};
    m_ways = {};
    m_folded = {};
    m_readings = {};
    m_literals.shrink_to_fit();
    m_uses.shrink_to_fit();
    m_patterns.shrink_to_fit();
    m_demands.shrink_to_fit();
    m_runs.shrink_to_fit();
    m_chars.shrink_to_fit();
    m_wordBreaks.shrink_to_fit();
}

} // namespace evenhand::compliance
