// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseprofile.h"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace evenhand::compliance {

namespace {

constexpr int kTwelfths = 12;   // see TextFolder::leastTokens

bool isLatin(std::uint32_t token) { return isAsciiLetter(token); }

} // namespace

void PhraseProfile::scan(QStringView line, TextRange part, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const
{
    if (!mayHold(line.mid(part.start, part.end - part.start)))
        return;
    constexpr qsizetype chunk = 4096;   // the folded text stays in the processor's cache; only where sentence ends are known
    const qsizetype stopAfter = m_folder.folds().has(FoldStep::Symbols) ? chunk : line.size() + 1;
    for (qsizetype at = part.start; at < part.end;) {
        const auto next = m_folder.fold(line, at, part.end, stopAfter, {}, scratch.text);
        scanFolded(line, oneRule, scratch.text, scratch, out);
        if (!scratch.text.ambiguous.empty())
            readAgain(line, at, next, oneRule, scratch, out);
        at = next;
    }
}

/// Most texts hold nothing for a profile of few phrases: one look at each character then is enough.
bool PhraseProfile::mayHold(QStringView text) const
{
    return m_beginners.empty() || std::any_of(text.begin(), text.end(), [this](QChar c) { return m_beginners[c.unicode()] != 0; });
}

/// Reads each sentence that has more than one reading in the other ways too.
void PhraseProfile::readAgain(QStringView line, qsizetype from, qsizetype to, bool oneRule, Scratch& scratch, std::vector<PhraseCandidate>& out) const
{
    auto& places = scratch.text.ambiguous;
    const auto& text = scratch.text;
    std::sort(places.begin(), places.end(), [](const Ambiguity& a, const Ambiguity& b) { return a.start < b.start; });
    for (std::size_t i = 0; i < places.size();) {
        const auto token = static_cast<std::size_t>(std::upper_bound(text.starts.begin(), text.starts.end(), places[i].start) - text.starts.begin());
        auto first = token;
        while (first > 0 && text.tokens[first - 1] != kStopToken)
            --first;
        auto last = token;
        while (last < text.tokens.size() && text.tokens[last] != kStopToken)
            ++last;
        const qsizetype begin = first == 0 ? from : qsizetype(text.ends[first - 1]);
        const qsizetype end = last == text.tokens.size() ? to : qsizetype(text.ends[last]);
        bool split = false;
        bool pinyin = false;
        for (; i < places.size() && places[i].start < end; ++i) {
            split |= places[i].split;
            pinyin |= places[i].pinyin;
        }
        for (const Reading reading : {Reading{true, false}, Reading{false, true}, Reading{true, true}}) {
            if ((reading.composeSplit && !split) || (reading.shortSyllables && !pinyin))
                continue;
            m_folder.fold(line, begin, end, line.size() + 1, reading, scratch.reading);
            scanFolded(line, oneRule, scratch.reading, scratch, out);
        }
    }
}

void PhraseProfile::scanFolded(QStringView line, bool oneRule, const FoldedText& text, Scratch& scratch, std::vector<PhraseCandidate>& out) const
{
    if (oneRule && m_isPlain)
        return scanLongest(line, text, out);
    scratch.phrases.clear();
    scratch.exceptions.clear();
    scratch.parts.clear();
    m_trie.scan(text.tokens, [&](std::uint32_t literal, std::size_t begin, std::size_t end) { note(line, literal, begin, end, text, scratch); });
    if (!scratch.parts.empty())
        joinParts(text, scratch);
    if (!scratch.exceptions.empty() && !scratch.phrases.empty())
        dropExcepted(scratch);
    if (oneRule && scratch.phrases.size() > 1)
        keepLongest(text, scratch);
    for (const auto& found : scratch.phrases) {
        const auto& pattern = m_patterns[found.pattern];
        out.push_back({pattern.rule, pattern.phrase, text.starts[found.start], text.ends[found.end - 1]});
    }
}

void PhraseProfile::scanLongest(QStringView line, const FoldedText& text, std::vector<PhraseCandidate>& out) const
{
    m_trie.scanLongest(
        text.tokens,
        [&](std::uint32_t literal, std::size_t begin, std::size_t end) {
            return m_literals[literal].isFree || firstAccepted(literal, line, text, begin, end) != nullptr;
        },
        [&](std::uint32_t literal, std::size_t begin, std::size_t end) {
            const auto& pattern = m_patterns[firstAccepted(literal, line, text, begin, end)->pattern];
            out.push_back({pattern.rule, pattern.phrase, text.starts[begin], text.ends[end - 1]});
        });
}

const PhraseProfile::Use* PhraseProfile::firstAccepted(std::uint32_t number, QStringView line, const FoldedText& text, std::size_t begin, std::size_t end) const
{
    const auto& literal = m_literals[number];
    if (literal.isFree)
        return &m_uses[literal.firstUse];
    for (auto at = literal.firstUse; at < m_literals[number + 1].firstUse; ++at) {
        if (accepts(literal, m_uses[at], line, text, begin, end))
            return &m_uses[at];
    }
    return nullptr;
}

bool PhraseProfile::accepts(const Literal& literal, const Use& use, QStringView line, const FoldedText& text, std::size_t begin, std::size_t end) const
{
    if (use.isFree)
        return true;
    const auto& pattern = m_patterns[use.pattern];
    if (use.demand != kNothing) {
        const auto& demand = m_demands[use.demand];
        if (!meets(demand, pattern.role, text, begin, end - begin)
            || (demand.wordBreaks != kNothing && !meetsWordBreaks(demand, text, begin, end - begin, line)))
            return false;
    }
    return pattern.edges == WordEdges::Free || hasWordEdges(literal, use, line, text, begin, end);
}

void PhraseProfile::note(QStringView line, std::uint32_t number, std::size_t begin, std::size_t end, const FoldedText& text, Scratch& scratch) const
{
    const auto& literal = m_literals[number];
    for (auto at = literal.firstUse; at < m_literals[number + 1].firstUse; ++at) {
        const auto& use = m_uses[at];
        if (!accepts(literal, use, line, text, begin, end))
            continue;
        const auto& pattern = m_patterns[use.pattern];
        const Scratch::Found found{use.pattern, use.part, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        if (!pattern.gaps.empty())
            scratch.parts.push_back(found);
        else
            (pattern.role == Role::Phrase ? scratch.phrases : scratch.exceptions).push_back(found);
    }
}

bool PhraseProfile::meets(const Demand& demand, Role role, const FoldedText& text, std::size_t begin, std::size_t length) const
{
    for (std::size_t i = 0; demand.runs != kNothing && i < length; ++i) {
        if (text.runs[begin + i] < m_runs[demand.runs + i])
            return false;
    }
    for (std::size_t i = 0; demand.chars != kNothing && i < length; ++i) {
        const bool latinSyllable = text.chars[begin + i] == 0 && role == Role::Phrase;
        if (text.chars[begin + i] != m_chars[demand.chars + i] && !latinSyllable)
            return false;
    }
    return true;
}

/// Inside a word, white space counts as disguise only when the word is spelled out ("s u e") or cut into long pieces
/// ("dead beat"): "as soon" does not contain a word of three letters.
bool PhraseProfile::meetsWordBreaks(const Demand& demand, const FoldedText& text, std::size_t start, std::size_t length, QStringView line) const
{
    const auto breaks = std::span(m_wordBreaks).subspan(demand.wordBreaks, length);
    for (std::size_t first = 0; first < breaks.size();) {
        std::size_t last = first;
        while (last + 1 < breaks.size() && breaks[last] == 0 && isLatin(text.tokens[start + last]) && isLatin(text.tokens[start + last + 1]))
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
    const bool digitsToo = m_patterns[use.pattern].edges == WordEdges::LettersAndDigits;
    if (!digitsToo && !literal.latinStart && !literal.latinEnd)
        return true;
    const auto& tables = FoldTables::builtIn();
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

void PhraseProfile::joinParts(const FoldedText& text, Scratch& scratch) const
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
            const auto end = chainEnd(text, scratch, last, parts[i]);
            if (!end)
                continue;
            const Scratch::Found whole{parts[i].pattern, 0, parts[i].start, *end};
            (m_patterns[whole.pattern].role == Role::Phrase ? scratch.phrases : scratch.exceptions).push_back(whole);
        }
        first = last;
    }
}

/// Where the nearest continuation of `head` through all further parts ends; nothing if there is none.
std::optional<std::uint32_t> PhraseProfile::chainEnd(const FoldedText& text, const Scratch& scratch, std::size_t last, const Scratch::Found& head) const
{
    const auto& gaps = m_patterns[head.pattern].gaps;
    if (head.part == gaps.size())
        return head.end;
    const auto& gap = gaps[head.part];
    const Scratch::Found nearest{head.pattern, head.part + 1, head.end + static_cast<std::uint32_t>(gap.least), 0};
    const auto end = scratch.parts.begin() + static_cast<std::ptrdiff_t>(last);
    auto next = std::lower_bound(scratch.parts.begin(), end, nearest, [](const Scratch::Found& a, const Scratch::Found& b) {
        return std::tie(a.pattern, a.part, a.start, a.end) < std::tie(b.pattern, b.part, b.start, b.end);
    });
    for (; next != end && next->part == head.part + 1 && next->start <= head.end + static_cast<std::uint32_t>(gap.most); ++next) {
        const auto begin = text.tokens.begin();
        if (std::find(begin + head.end, begin + next->start, kStopToken) != begin + next->start)
            break;
        if (const auto found = chainEnd(text, scratch, last, *next))
            return found;
    }
    return std::nullopt;
}

void PhraseProfile::dropExcepted(Scratch& scratch) const
{
    // By rule and begin, each with the furthest end so far: then one look tells whether some exception covers a phrase.
    struct Cover {
        std::uint32_t rule, start, end;
    };
    std::vector<Cover> covers;
    covers.reserve(scratch.exceptions.size());
    for (const auto& found : scratch.exceptions)
        covers.push_back({m_patterns[found.pattern].rule, found.start, found.end});
    std::sort(covers.begin(), covers.end(), [](const Cover& a, const Cover& b) { return std::tie(a.rule, a.start) < std::tie(b.rule, b.start); });
    for (std::size_t i = 1; i < covers.size(); ++i) {
        if (covers[i].rule == covers[i - 1].rule)
            covers[i].end = std::max(covers[i].end, covers[i - 1].end);
    }
    std::erase_if(scratch.phrases, [&](const Scratch::Found& found) {
        const auto rule = m_patterns[found.pattern].rule;
        const auto next = std::upper_bound(covers.begin(), covers.end(), Cover{rule, found.start, 0},
                                           [](const Cover& a, const Cover& b) { return std::tie(a.rule, a.start) < std::tie(b.rule, b.start); });
        return next != covers.begin() && (next - 1)->rule == rule && (next - 1)->end >= found.end;
    });
}

/// Leftmost, then longest.
void PhraseProfile::keepLongest(const FoldedText& text, Scratch& scratch) const
{
    auto& longest = scratch.longest;
    longest.assign(text.tokens.size(), 0);
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

/// Goes back over as many tokens as a phrase may take, at least; not over a sentence end.
qsizetype PhraseProfile::before(QStringView line, qsizetype at) const
{
    for (int twelfths = 0; at > 0 && twelfths < int(m_reach) * kTwelfths && !m_folder.isStop(line[at - 1].unicode()); --at)
        twelfths += m_folder.leastTokens(line, at - 1);
    return at;
}

qsizetype PhraseProfile::behind(QStringView line, qsizetype at) const
{
    for (int twelfths = 0; at < line.size() && twelfths < int(m_reach) * kTwelfths && (at == 0 || !m_folder.isStop(line[at - 1].unicode())); ++at)
        twelfths += m_folder.leastTokens(line, at);
    return at;
}

qsizetype PhraseProfile::cutBefore(QStringView line, qsizetype at) const
{
    while (at > 0 && !m_folder.isCleanCut(line, at))
        --at;
    return std::max<qsizetype>(at, 0);
}

qsizetype PhraseProfile::cutBehind(QStringView line, qsizetype at) const
{
    while (at < line.size() && !m_folder.isCleanCut(line, at))
        ++at;
    return std::min(at, line.size());
}

TextRange PhraseProfile::touchedBy(QStringView line, TextRange edit) const
{
    // A cut must stand between characters that the edit did not touch: both beside it, and the one before a blank.
    return {before(line, cutBefore(line, edit.start - 1)), behind(line, cutBehind(line, edit.end + 2))};
}

TextRange PhraseProfile::windowAround(QStringView line, TextRange zone) const
{
    return {cutBefore(line, before(line, zone.start)), cutBehind(line, behind(line, zone.end))};
}

std::size_t PhraseProfile::memoryBytes() const
{
    std::size_t bytes = m_folder.memoryBytes() + m_beginners.capacity() + m_trie.memoryBytes() + m_patterns.capacity() * sizeof(Pattern) + m_literals.capacity() * sizeof(Literal)
        + m_uses.capacity() * sizeof(Use) + m_demands.capacity() * sizeof(Demand) + m_runs.capacity() + m_chars.capacity() * sizeof(char32_t)
        + m_wordBreaks.capacity();
    for (const auto& pattern : m_patterns)
        bytes += pattern.gaps.capacity() * sizeof(PhrasePattern::Gap);
    return bytes;
}

} // namespace evenhand::compliance
