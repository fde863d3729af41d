// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldedtext.h"

#include <algorithm>
#include <array>

#include "app/compliance/foldpinyin.h"
#include "app/compliance/foldsplit.h"

namespace evenhand::compliance {

namespace {

constexpr std::uint32_t kActionMask = 0xFF000000;
constexpr std::uint32_t kKeepsRuns = 0x800000;   // beside a token: a figure as a figure is written
constexpr std::uint32_t kTokenMask = 0x7FFFFF;

bool isSpace(char16_t unit) { return unit == u' ' || unit == u'\t' || unit == 0xA0 || unit == 0x3000; }

/// Mr. and Mrs. end no sentence.
bool isTitle(QStringView text, qsizetype dot)
{
    qsizetype first = dot;
    while (first > 0 && isAsciiLetter(text[first - 1].unicode()) && dot - first < 5)
        --first;
    const auto word = text.mid(first, dot - first);
    static constexpr std::array<QStringView, 6> titles{u"mr", u"mrs", u"ms", u"dr", u"prof", u"st"};
    return std::any_of(titles.begin(), titles.end(), [&](QStringView title) { return word.compare(title, Qt::CaseInsensitive) == 0; });
}

/// A full stop ends a sentence when white space or nothing follows it and a word stands before it. A single character
/// before it ("打. 断. 你", "w. e.") is somebody spelling.
bool isSentenceEnd(QStringView text, qsizetype dot, const FoldTables& tables)
{
    if (dot + 1 < text.size() && !isSpace(text[dot + 1].unicode()) && tables.kind(text[dot + 1].unicode()) != CharKind::Stop)
        return false;
    const auto counts = [&](qsizetype at) {
        const auto kind = tables.kind(text[at].unicode());
        return kind == CharKind::Letter || kind == CharKind::Digit || kind == CharKind::Han || kind == CharKind::Other;
    };
    return dot >= 2 && counts(dot - 1) && counts(dot - 2) && !isTitle(text, dot);
}

/// White space on both sides, as in "p a y".
bool standsAlone(QStringView text, qsizetype at)
{
    return (at == 0 || isSpace(text[at - 1].unicode())) && (at + 1 >= text.size() || isSpace(text[at + 1].unicode()));
}

} // namespace

void FoldedText::resize(std::size_t size)
{
    tokens.resize(size);
    starts.resize(size);
    ends.resize(size);
    runs.resize(size);
    if (!chars.empty())
        chars.resize(size);
}

void FoldedText::clear()
{
    source = {};
    tokens.clear();
    starts.clear();
    ends.clear();
    runs.clear();
    chars.clear();
    ambiguous.clear();
}

/// Writes tokens into room made beforehand: growing five arrays character by character took longer than folding.
struct TextFolder::Writer {
    FoldedText& text;
    bool collapses;
    bool bySound;
    std::size_t size = 0;
    std::uint32_t reach = 0;   // end of the last token and of signs that touch it

    void makeRoom()
    {
        if (size + 3 > text.tokens.size())   // one character makes up to three tokens
            text.resize(text.tokens.size() + text.tokens.size() / 2 + 64);
    }

    void put(std::uint32_t token, std::uint32_t start, std::uint32_t end, std::uint8_t run)
    {
        text.tokens[size] = token;
        text.starts[size] = start;
        text.ends[size] = end;
        text.runs[size] = run;
        ++size;
        reach = end;
    }

    void emit(std::uint32_t token, std::uint32_t start, std::uint32_t end, bool keepsRuns = false)
    {
        if (collapses && !keepsRuns && size > 0 && text.tokens[size - 1] == token && joins(token, start)) {
            text.ends[size - 1] = end;
            text.runs[size - 1] = static_cast<std::uint8_t>(std::min(255, text.runs[size - 1] + 1));
            reach = end;
            return;
        }
        put(token, start, end, keepsRuns && bySound ? 0 : 1);   // 0 tells SyllableWriter
    }

    /// Figures are left alone: 110 and 10 are different numbers, not one number written with a stutter. Between Latin letters
    /// there may be signs, but white space only where letters are spelled out: the two r of "officer Reed" belong to two words.
    [[nodiscard]] bool joins(std::uint32_t token, std::uint32_t start) const
    {
        return !isAsciiLetter(token) || start == reach || (standsAlone(text.source, text.ends[size - 1] - 1) && standsAlone(text.source, start));
    }

    void skip(char16_t unit, std::uint32_t start, std::uint32_t end)
    {
        if (reach == start && !isSpace(unit))
            reach = end;
    }
};

TextFolder::TextFolder(FoldSet folds)
    : m_folds(folds), m_fold(FoldTables::builtIn()), m_table(0x10000), m_collapseAtOnce(folds.has(FoldStep::Repeat) && !bySound())
{
    for (std::uint32_t unit = 0; unit < 0x10000; ++unit)
        m_table[unit] = entryFor(static_cast<char16_t>(unit));
}

FoldedChar TextFolder::foldedChar(char32_t codePoint) const
{
    auto folded = m_fold.fold(codePoint, m_folds);
    // 1 stands for i as well as for l, so under leet the two are one letter.
    if (m_folds.has(FoldStep::Leet)) {
        for (auto& unit : folded)
            unit = unit == u'l' || unit == u'L' ? static_cast<char16_t>(unit - 3) : unit;
    }
    return folded;
}

std::uint32_t TextFolder::entryFor(char16_t unit) const
{
    if (unit >= 0xD800 && unit < 0xE000)
        return Special;
    const auto kind = m_fold.kind(unit);
    const bool symbols = m_folds.has(FoldStep::Symbols);
    if (m_folds.has(FoldStep::Leet) && std::u16string_view(u"0134578@$!+").find(unit) != std::u16string_view::npos)
        return Special;
    if (kind == CharKind::Ignorable && (symbols || m_folds.has(FoldStep::Letters)))
        return Skip;
    if (symbols && kind == CharKind::Dot)
        return Special;
    if (symbols && kind == CharKind::Stop)
        return Stop;
    if (symbols && kind == CharKind::Separator)
        return Skip;
    const auto folded = foldedChar(unit);
    const bool isFigure = isAsciiDigit(folded[0]) && kind != CharKind::Han;
    return folded[1] != 0 ? std::uint32_t(Special) : folded[0] | (isFigure ? kKeepsRuns : 0U);
}

void TextFolder::emitFolded(char32_t codePoint, std::uint32_t start, std::uint32_t end, Writer& out) const
{
    const auto folded = foldedChar(codePoint);
    if (folded[0] >= 0xD800 && folded[0] < 0xDC00 && folded[1] != 0) {
        out.emit(((char32_t(folded[0]) - 0xD7C0) << 10) + (char32_t(folded[1]) - 0xDC00), start, end);
        return;
    }
    for (const char16_t unit : folded) {
        if (unit != 0)
            out.emit(unit, start, end, isAsciiDigit(unit) && m_fold.kind(codePoint) != CharKind::Han);
    }
}

char16_t TextFolder::leetLetter(QStringView text, qsizetype at) const
{
    static constexpr std::u16string_view signs = u"0134578@$!+";
    static constexpr std::u16string_view letters = u"oieastbasit";
    const auto counts = [&](qsizetype i) {
        if (i < 0 || i >= text.size())
            return false;
        const char16_t unit = text[i].unicode();
        // An exclamation mark counts inside a word only: what ends a sentence is a mark.
        const bool insideWord = unit != u'!' || (i + 1 < text.size() && (m_fold.kind(text[i + 1].unicode()) == CharKind::Letter || isAsciiDigit(text[i + 1].unicode())));
        return m_fold.kind(unit) == CharKind::Letter || unit == u'@' || unit == u'$' || (insideWord && signs.find(unit) != std::u16string_view::npos);
    };
    const auto which = signs.find(text[at].unicode());
    if (which == std::u16string_view::npos)
        return 0;
    // A number stays a number: a sign counts only in a run that has a letter beside it.
    bool hasLetter = false;
    qsizetype first = at;
    qsizetype last = at;
    while (counts(first - 1) && at - first < 16)
        hasLetter |= m_fold.kind(text[--first].unicode()) == CharKind::Letter;
    while (counts(last + 1) && last - at < 16)
        hasLetter |= m_fold.kind(text[++last].unicode()) == CharKind::Letter;
    const bool trailingMark = text[at] == u'!' && last == at;   // "pay!" is not "payi"
    return hasLetter && !trailingMark ? letters[which] : char16_t(0);
}

qsizetype TextFolder::foldSpecial(qsizetype at, Writer& out) const
{
    const QStringView text = out.text.source;
    const char16_t unit = text[at].unicode();
    const auto start = static_cast<std::uint32_t>(at);
    char32_t codePoint = unit;
    qsizetype next = at + 1;
    if (QChar::isHighSurrogate(unit) && next < text.size() && text[next].isLowSurrogate()) {
        codePoint = QChar::surrogateToUcs4(unit, text[next].unicode());
        ++next;
    }
    const auto end = static_cast<std::uint32_t>(next);
    if (m_folds.has(FoldStep::Leet)) {
        if (const char16_t letter = leetLetter(text, at); letter != 0) {
            out.emit(letter, start, start + 1);
            return next;
        }
    }
    const auto kind = m_fold.kind(codePoint);
    const bool symbols = m_folds.has(FoldStep::Symbols);
    const bool ends = kind == CharKind::Stop || (kind == CharKind::Dot && isSentenceEnd(text, at, m_fold));
    if (symbols && ends)
        out.emit(kStopToken, start, end);
    else if (symbols && (kind == CharKind::Separator || kind == CharKind::Dot || QChar::isSurrogate(codePoint)))
        out.skip(unit, start, end);
    else if (!(kind == CharKind::Ignorable && (symbols || m_folds.has(FoldStep::Letters))))
        emitFolded(codePoint, start, end, out);
    else
        out.skip(unit, start, end);
    return next;
}

qsizetype TextFolder::fold(QStringView text, qsizetype from, qsizetype to, qsizetype stopAfter, Reading reading, FoldedText& out) const
{
    out.clear();
    out.source = text;
    out.resize(static_cast<std::size_t>(std::min(to - from, stopAfter)) + 64);
    Writer writer{out, m_collapseAtOnce, bySound()};
    qsizetype at = from;
    while (at < to) {
        writer.makeRoom();
        const std::uint32_t entry = m_table[text[at].unicode()];
        const auto start = static_cast<std::uint32_t>(at);
        const auto before = writer.size;
        if ((entry & kActionMask) == Emit) [[likely]] {
            if (writer.size > 0 && out.tokens[writer.size - 1] == (entry & kTokenMask)) [[unlikely]]
                writer.emit(entry & kTokenMask, start, start + 1, (entry & kKeepsRuns) != 0);
            else
                writer.put(entry & kTokenMask, start, start + 1, (entry & kKeepsRuns) != 0 && writer.bySound ? 0 : 1);
            ++at;
            continue;
        }
        switch (entry & kActionMask) {
        case Skip: writer.skip(text[at].unicode(), start, start + 1); ++at; break;
        case Stop: writer.emit(kStopToken, start, start + 1); ++at; break;
        default: at = foldSpecial(at, writer); break;
        }
        if (at - from >= stopAfter && writer.size > before && out.tokens[writer.size - 1] == kStopToken)
            break;
    }
    out.resize(writer.size);
    if (m_folds.has(FoldStep::Split))
        reading.composeSplit ? composeSplit(out) : noteSplit(out);
    if (bySound())
        replaceBySounds(reading.shortSyllables, out);
    return at;
}

FoldedText TextFolder::fold(QStringView text, Reading reading) const
{
    FoldedText out;
    fold(text, 0, text.size(), text.size() + 1, reading, out);
    return out;
}

bool TextFolder::isCleanCut(QStringView text, qsizetype at) const
{
    if (at <= 0 || at >= text.size())
        return true;
    const auto isPlain = [](std::uint32_t entry) { return (entry & kActionMask) == Emit; };
    auto before = m_table[text[at - 1].unicode()];
    const auto behind = m_table[text[at].unicode()];
    const bool blank = text[at - 1] == u' ';
    if ((before & kActionMask) == Stop)
        return true;
    if (blank && (before & kActionMask) == Skip && at >= 2)
        before = m_table[text[at - 2].unicode()];
    const auto left = before & kTokenMask;
    const auto right = behind & kTokenMask;
    const bool isLatin = isAsciiLetter(left) || isAsciiDigit(left) || isAsciiLetter(right) || isAsciiDigit(right);
    // A Latin run is one whole for pinyin and leet; between words a blank parts it.
    return isPlain(before) && isPlain(behind) && left != right && (blank || !isLatin)
        && !(left < 0x10000 && right < 0x10000 && m_fold.mayCompose(static_cast<char16_t>(left), static_cast<char16_t>(right)));
}

int TextFolder::leastTokens(QStringView text, qsizetype at) const
{
    const auto entry = m_table[text[at].unicode()];
    const auto before = at > 0 ? m_table[text[at - 1].unicode()] : std::uint32_t(Stop);
    const bool follows = (before & kActionMask) == Emit || (before & kActionMask) == Stop;   // else the same character may stand before a sign
    if ((entry & kActionMask) != Emit || !follows || (before & kTokenMask) == (entry & kTokenMask))
        return 0;
    if (isAsciiLetter(entry & kTokenMask))
        return bySound() ? 2 : 12;   // up to six letters make a syllable
    return m_folds.has(FoldStep::Split) ? 6 : 12;
}

std::vector<std::uint8_t> TextFolder::beginners(std::vector<std::uint32_t> first) const
{
    if (bySound())
        return {};
    std::sort(first.begin(), first.end());
    const auto wanted = first;
    const auto isWanted = [](const std::vector<std::uint32_t>& tokens, std::uint32_t token) { return std::binary_search(tokens.begin(), tokens.end(), token); };
    const auto split = m_folds.has(FoldStep::Split) ? splitCharacters() : std::u16string_view();
    for (std::size_t i = 0; i + 2 < split.size(); i += 3) {   // whole, left, right
        if (isWanted(wanted, m_fold.fold(split[i], m_folds)[0]))
            first.push_back(split[i + 1]);
    }
    std::sort(first.begin(), first.end());
    std::vector<std::uint8_t> units(m_table.size());
    for (std::size_t unit = 0; unit < m_table.size(); ++unit) {
        const auto action = m_table[unit] & kActionMask;
        units[unit] = action == Special || (action == Emit && isWanted(first, m_table[unit] & kTokenMask)) ? 1 : 0;
    }
    return units;
}

/// The character that the tokens at `at` and behind it are the parts of, 0 if there is none.
inline char16_t TextFolder::composedAt(const FoldedText& text, std::size_t at) const
{
    if (at + 1 >= text.tokens.size() || text.tokens[at] >= 0x10000 || text.tokens[at + 1] >= 0x10000)
        return 0;
    const auto left = static_cast<char16_t>(text.tokens[at]);
    const auto right = static_cast<char16_t>(text.tokens[at + 1]);
    return m_fold.mayCompose(left, right) ? m_fold.composed(left, right) : char16_t(0);
}

void TextFolder::noteSplit(FoldedText& out) const
{
    for (std::size_t i = 0; i + 1 < out.tokens.size(); ++i) {
        if (composedAt(out, i) != 0)
            out.ambiguous.push_back({out.starts[i], true, false});
    }
}

void TextFolder::composeSplit(FoldedText& out) const
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < out.tokens.size(); ++i, ++kept) {
        const auto whole = composedAt(out, i);
        out.tokens[kept] = whole != 0 ? std::uint32_t(m_fold.fold(whole, m_folds)[0]) : out.tokens[i];
        out.starts[kept] = out.starts[i];
        out.runs[kept] = whole != 0 ? std::uint8_t(1) : out.runs[i];
        i += whole != 0 ? 1 : 0;
        out.ends[kept] = out.ends[i];
    }
    out.resize(kept);
}

void TextFolder::replaceBySounds(bool shortSyllables, FoldedText& out) const
{
    SyllableWriter writer(m_fold, m_folds.has(FoldStep::Repeat), shortSyllables, out);
    const bool pinyin = m_folds.has(FoldStep::Pinyin);
    const std::size_t size = out.tokens.size();
    for (std::size_t at = 0; at < size;) {
        if (pinyin && isAsciiLetter(out.tokens[at]))
            at = writer.latinRun(at);
        else
            writer.character(at++);
    }
    writer.finish();
}

} // namespace evenhand::compliance
