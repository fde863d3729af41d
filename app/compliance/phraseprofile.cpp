// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseprofile.h"

#include <algorithm>

namespace evenhand::compliance {

namespace {

constexpr std::size_t kMostReadings = 8;   // ways to pronounce one phrase

bool isLatin(std::uint32_t token) { return isAsciiLetter(token); }

} // namespace

bool PhraseProfile::add(std::uint32_t rule, std::uint32_t phrase, const PhrasePattern& pattern, WordEdges edges, Role role)
{
    const auto number = static_cast<std::uint32_t>(m_patterns.size());
    m_patterns.push_back({rule, phrase, role, edges, pattern.gaps});
    for (std::uint32_t part = 0; part < pattern.parts.size(); ++part) {
        for (const auto& alternative : pattern.parts[part]) {
            if (!addAlternative(alternative, number, part))
                return false;
        }
    }
    return true;
}

bool PhraseProfile::addAlternative(const std::u16string& text, std::uint32_t pattern, std::uint32_t part)
{
    auto folded = m_folder.fold(QStringView(text));
    PhraseAutomaton::Literal tokens;
    FoldedText kept;
    for (std::size_t i = 0; i < folded.tokens.size(); ++i) {
        if (folded.tokens[i] == kStopToken)
            continue;
        kept.tokens.push_back(folded.tokens[i]);
        kept.starts.push_back(folded.starts[i]);
        kept.ends.push_back(folded.ends[i]);
        kept.runs.push_back(folded.runs[i]);
        if (!folded.chars.empty())
            kept.chars.push_back(folded.chars[i]);
    }
    if (kept.tokens.empty())
        return false;
    const auto demand = demandOf(kept, m_patterns[pattern]);
    std::vector<PhraseAutomaton::Literal> readings = {kept.tokens};
    for (std::size_t i = 0; i < kept.chars.size(); ++i) {
        for (const int other : FoldTables::builtIn().otherReadings(kept.chars[i])) {
            const auto known = readings.size();
            for (std::size_t r = 0; r < known && readings.size() < kMostReadings; ++r) {
                readings.push_back(readings[r]);
                readings.back()[i] = kFirstSyllableToken + static_cast<std::uint32_t>(other);
            }
        }
    }
    for (auto& reading : readings)
        addLiteral(std::move(reading), demand, pattern, part);
    return true;
}

PhraseProfile::Demand PhraseProfile::demandOf(const FoldedText& folded, const Pattern& pattern) const
{
    Demand demand;
    if (std::any_of(folded.runs.begin(), folded.runs.end(), [](std::uint8_t run) { return run > 1; }))
        demand.runs = folded.runs;
    if (m_folder.bySound() && (pattern.role == Role::Exception || !m_folder.folds().has(FoldStep::Homophone)))
        demand.chars = folded.chars;
    if (pattern.edges != WordEdges::Free && m_folder.folds().has(FoldStep::Symbols)) {
        std::vector<bool> breaks(folded.tokens.size());
        bool hasPair = false;
        for (std::size_t i = 0; i + 1 < folded.tokens.size(); ++i) {
            breaks[i] = folded.starts[i + 1] > folded.ends[i];
            hasPair |= isLatin(folded.tokens[i]) && isLatin(folded.tokens[i + 1]);
        }
        if (hasPair)
            demand.wordBreaks = std::move(breaks);
    }
    return demand;
}

void PhraseProfile::addLiteral(PhraseAutomaton::Literal tokens, const Demand& demand, std::uint32_t pattern, std::uint32_t part)
{
    const std::u32string key(tokens.begin(), tokens.end());
    const auto [entry, isNew] = m_literalNumbers.emplace(key, static_cast<std::uint32_t>(m_literals.size()));
    if (isNew) {
        m_literals.push_back({static_cast<std::uint32_t>(tokens.size()), -1, isLatin(tokens.front()), isLatin(tokens.back())});
        m_tokens.push_back(std::move(tokens));
    }
    auto& literal = m_literals[entry->second];
    std::int32_t number = -1;
    if (!(demand == Demand())) {
        number = static_cast<std::int32_t>(m_demands.size());
        m_demands.push_back(demand);
    }
    m_uses.push_back({pattern, part, number, literal.firstUse});
    literal.firstUse = static_cast<std::int32_t>(m_uses.size()) - 1;
}

void PhraseProfile::compile()
{
    m_automaton = std::make_unique<PhraseAutomaton>(m_tokens);
    m_tokens = {};
    m_literalNumbers = {};
    m_literals.shrink_to_fit();
    m_uses.shrink_to_fit();
    m_patterns.shrink_to_fit();
}

void PhraseProfile::scanLine(QStringView line, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const
{
    constexpr qsizetype chunk = 4096;   // the folded text stays in the processor's cache; only where sentence ends are known
    const qsizetype stopAfter = m_folder.folds().has(FoldStep::Symbols) ? chunk : line.size() + 1;
    for (qsizetype at = 0; at < line.size();) {
        const auto next = m_folder.fold(line, at, stopAfter, {}, scratch.text);
        const bool split = scratch.text.hasSplitCharacters;
        const bool ambiguous = scratch.text.hasAmbiguousPinyin;
        scanFolded(line, oneRule, scratch, out);
        for (const Reading reading : {Reading{true, false}, Reading{false, true}, Reading{true, true}}) {
            if ((reading.composeSplit && !split) || (reading.shortSyllables && !ambiguous))
                continue;
            m_folder.fold(line, at, stopAfter, reading, scratch.text);
            scanFolded(line, oneRule, scratch, out);
        }
        at = next;
    }
}

void PhraseProfile::scanFolded(QStringView line, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const
{
    scratch.phrases.clear();
    scratch.exceptions.clear();
    scratch.parts.clear();
    m_automaton->scan(scratch.text.tokens, [&](std::uint32_t literal, std::size_t end) { note(line, literal, end, scratch); });
    if (!scratch.parts.empty())
        joinParts(scratch);
    if (!scratch.exceptions.empty() && !scratch.phrases.empty())
        dropExcepted(scratch);
    if (oneRule && scratch.phrases.size() > 1)
        keepLongest(scratch);
    for (const auto& found : scratch.phrases) {
        const auto& pattern = m_patterns[found.pattern];
        out.push_back({pattern.rule, pattern.phrase, scratch.text.starts[found.start], scratch.text.ends[found.end - 1]});
    }
}

void PhraseProfile::note(QStringView line, std::uint32_t number, std::size_t end, Scratch& scratch) const
{
    const auto& literal = m_literals[number];
    const auto start = end - literal.length;
    for (auto at = literal.firstUse; at >= 0; at = m_uses[static_cast<std::size_t>(at)].next) {
        const auto& use = m_uses[static_cast<std::size_t>(at)];
        const auto& pattern = m_patterns[use.pattern];
        if (use.demand >= 0) {
            const auto& demand = m_demands[static_cast<std::size_t>(use.demand)];
            if (!meets(demand, pattern.role, scratch.text, start) || !meetsWordBreaks(demand, scratch.text, start, line))
                continue;
        }
        if ((literal.latinStart || literal.latinEnd || pattern.edges == WordEdges::LettersAndDigits) && pattern.edges != WordEdges::Free
            && !hasWordEdges(literal, use, line, scratch.text, start, end))
            continue;
        const Scratch::Found found{use.pattern, use.part, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
        if (!pattern.gaps.empty())
            scratch.parts.push_back(found);
        else
            (pattern.role == Role::Phrase ? scratch.phrases : scratch.exceptions).push_back(found);
    }
}

bool PhraseProfile::meets(const Demand& demand, Role role, const FoldedText& text, std::size_t start) const
{
    for (std::size_t i = 0; i < demand.runs.size(); ++i) {
        if (text.runs[start + i] < demand.runs[i])
            return false;
    }
    for (std::size_t i = 0; i < demand.chars.size(); ++i) {
        const bool latinSyllable = text.chars[start + i] == 0 && role == Role::Phrase;
        if (text.chars[start + i] != demand.chars[i] && !latinSyllable)
            return false;
    }
    return true;
}

/// Inside a word, white space counts as disguise only when the word is spelled out ("s u e") or cut into long pieces
/// ("dead beat"): "as soon" does not contain a word of three letters.
bool PhraseProfile::meetsWordBreaks(const Demand& demand, const FoldedText& text, std::size_t start, QStringView line) const
{
    const auto& breaks = demand.wordBreaks;
    for (std::size_t first = 0; first < breaks.size();) {
        std::size_t last = first;
        while (last + 1 < breaks.size() && !breaks[last] && isLatin(text.tokens[start + last]) && isLatin(text.tokens[start + last + 1]))
            ++last;
        std::size_t blanks = 0;
        std::size_t piece = 1;
        std::size_t shortest = last - first + 1;
        for (std::size_t i = first; i < last; ++i, ++piece) {
            const auto gap = line.mid(text.ends[start + i], text.starts[start + i + 1] - text.ends[start + i]);
            if (gap.isEmpty() || !gap.trimmed().isEmpty())
                continue;
            ++blanks;
            shortest = std::min(shortest, piece);
            piece = 0;
        }
        shortest = std::min(shortest, piece);
        if (blanks > 0 && blanks < last - first && shortest < 3)
            return false;
        first = last + 1;
    }
    return true;
}

bool PhraseProfile::hasWordEdges(const Literal& literal, const Use& use, QStringView line, const FoldedText& text, std::size_t start, std::size_t end) const
{
    const auto& tables = FoldTables::builtIn();
    const bool digitsToo = m_patterns[use.pattern].edges == WordEdges::LettersAndDigits;
    const auto joins = [&](char16_t unit) {
        const auto kind = tables.kind(unit);
        return kind == CharKind::Letter || (digitsToo && kind == CharKind::Digit && isAsciiDigit(tables.fold(unit, FoldSet::standard())[0]));
    };
    const bool startMatters = literal.latinStart || (digitsToo && isAsciiDigit(text.tokens[start]));
    const bool endMatters = literal.latinEnd || (digitsToo && isAsciiDigit(text.tokens[end - 1]));
    qsizetype before = qsizetype(text.starts[start]) - 1;
    while (before >= 0 && tables.kind(line[before].unicode()) == CharKind::Ignorable)
        --before;
    qsizetype after = text.ends[end - 1];
    while (after < line.size() && tables.kind(line[after].unicode()) == CharKind::Ignorable)
        ++after;
    return !(startMatters && before >= 0 && joins(line[before].unicode())) && !(endMatters && after < line.size() && joins(line[after].unicode()));
}

void PhraseProfile::joinParts(Scratch& scratch) const
{
    auto& parts = scratch.parts;
    std::sort(parts.begin(), parts.end(), [](const Scratch::Found& a, const Scratch::Found& b) {
        return std::tie(a.pattern, a.part, a.start, a.end) < std::tie(b.pattern, b.part, b.start, b.end);
    });
    for (std::size_t first = 0; first < parts.size();) {
        std::size_t last = first;
        while (last < parts.size() && parts[last].pattern == parts[first].pattern)
            ++last;
        for (std::size_t i = first; i < last && parts[i].part == 0; ++i) {
            const auto end = chainEnd(scratch, first, last, parts[i]);
            if (!end)
                continue;
            const Scratch::Found whole{parts[i].pattern, 0, parts[i].start, *end};
            (m_patterns[whole.pattern].role == Role::Phrase ? scratch.phrases : scratch.exceptions).push_back(whole);
        }
        first = last;
    }
}

/// Where the nearest continuation of `head` through all further parts ends; nothing if there is none.
std::optional<std::uint32_t> PhraseProfile::chainEnd(const Scratch& scratch, std::size_t first, std::size_t last, const Scratch::Found& head) const
{
    const auto& gaps = m_patterns[head.pattern].gaps;
    if (head.part == gaps.size())
        return head.end;
    const auto& gap = gaps[head.part];
    for (std::size_t i = first; i < last; ++i) {
        const auto& next = scratch.parts[i];
        if (next.part != head.part + 1 || next.start < head.end + static_cast<std::uint32_t>(gap.least))
            continue;
        if (next.start > head.end + static_cast<std::uint32_t>(gap.most))
            break;
        const auto begin = scratch.text.tokens.begin();
        if (std::find(begin + head.end, begin + next.start, kStopToken) != begin + next.start)
            break;
        if (const auto end = chainEnd(scratch, first, last, next))
            return end;
    }
    return std::nullopt;
}

void PhraseProfile::dropExcepted(Scratch& scratch) const
{
    std::erase_if(scratch.phrases, [&](const Scratch::Found& found) {
        return std::any_of(scratch.exceptions.begin(), scratch.exceptions.end(), [&](const Scratch::Found& harmless) {
            return m_patterns[harmless.pattern].rule == m_patterns[found.pattern].rule && harmless.start <= found.start && harmless.end >= found.end;
        });
    });
}

/// Leftmost, then longest. Phrases without gaps come by rising end, so the last one noted for a start is its longest; nothing is sorted.
void PhraseProfile::keepLongest(Scratch& scratch) const
{
    auto& longest = scratch.longest;
    longest.assign(scratch.text.tokens.size(), 0);
    for (std::uint32_t i = 0; i < scratch.phrases.size(); ++i) {
        auto& best = longest[scratch.phrases[i].start];
        if (best == 0 || scratch.phrases[best - 1].end <= scratch.phrases[i].end)
            best = i + 1;
    }
    std::vector<Scratch::Found> kept;
    kept.reserve(scratch.phrases.size());
    for (std::size_t at = 0; at < longest.size();) {
        if (longest[at] == 0) {
            ++at;
            continue;
        }
        kept.push_back(scratch.phrases[longest[at] - 1]);
        at = kept.back().end;
    }
    scratch.phrases.swap(kept);
}

std::size_t PhraseProfile::memoryBytes() const
{
    std::size_t bytes = m_folder.memoryBytes() + m_automaton->memoryBytes() + m_patterns.capacity() * sizeof(Pattern)
        + m_literals.capacity() * sizeof(Literal) + m_uses.capacity() * sizeof(Use) + m_demands.capacity() * sizeof(Demand);
    for (const auto& demand : m_demands)
        bytes += demand.runs.capacity() + demand.chars.capacity() * 4 + demand.wordBreaks.capacity() / 8;
    return bytes;
}

} // namespace evenhand::compliance
