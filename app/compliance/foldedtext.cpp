// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldedtext.h"

#include <algorithm>
#include <array>

#include "app/compliance/foldpinyin.h"

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

void skip(char16_t unit, std::uint32_t start, std::uint32_t end, FoldedText& out)
{
    if (out.reach == start && !isSpace(unit))
        out.reach = end;
}

/// White space on both sides, as in "p a y".
bool standsAlone(QStringView text, qsizetype at)
{
    return (at == 0 || isSpace(text[at - 1].unicode())) && (at + 1 >= text.size() || isSpace(text[at + 1].unicode()));
}

} // namespace

void FoldedText::clear()
{
    source = {};
    reach = 0;
    tokens.clear();
    starts.clear();
    ends.clear();
    runs.clear();
    chars.clear();
    hasSplitCharacters = false;
    hasAmbiguousPinyin = false;
}

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

void TextFolder::emit(std::uint32_t token, std::uint32_t start, std::uint32_t end, FoldedText& out, bool keepsRuns) const
{
    // Figures are left alone: 110 and 10 are different numbers, not one number written with a stutter. Between Latin letters
    // there may be signs, but white space only where letters are spelled out: the two r of "officer Reed" belong to two words.
    const bool joins = !out.tokens.empty() && out.tokens.back() == token && (!isAsciiLetter(token) || start == out.reach || (standsAlone(out.source, out.ends.back() - 1) && standsAlone(out.source, start)));
    out.reach = end;
    if (m_collapseAtOnce && joins && !keepsRuns) {
        out.ends.back() = end;
        out.runs.back() = static_cast<std::uint8_t>(std::min(255, out.runs.back() + 1));
        return;
    }
    out.tokens.push_back(token);
    out.starts.push_back(start);
    out.ends.push_back(end);
    out.runs.push_back(keepsRuns && bySound() ? 0 : 1);   // 0 tells SyllableWriter
}

void TextFolder::emitFolded(char32_t codePoint, std::uint32_t start, std::uint32_t end, FoldedText& out) const
{
    const auto folded = foldedChar(codePoint);
    if (folded[0] >= 0xD800 && folded[0] < 0xDC00 && folded[1] != 0) {
        emit(((char32_t(folded[0]) - 0xD7C0) << 10) + (char32_t(folded[1]) - 0xDC00), start, end, out);
        return;
    }
    for (const char16_t unit : folded) {
        if (unit != 0)
            emit(unit, start, end, out, isAsciiDigit(unit) && m_fold.kind(codePoint) != CharKind::Han);
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

qsizetype TextFolder::foldSpecial(QStringView text, qsizetype at, FoldedText& out) const
{
    const char16_t unit = text[at].unicode();
    const auto start = static_cast<std::uint32_t>(at);
    char32_t codePoint = unit;
    qsizetype next = at + 1;
    if (QChar::isHighSurrogate(unit) && next < text.size() && text[next].isLowSurrogate()) {
        codePoint = QChar::surrogateToUcs4(unit, text[next].unicode());
        ++next;
    }
    if (m_folds.has(FoldStep::Leet)) {
        if (const char16_t letter = leetLetter(text, at); letter != 0) {
            emit(letter, start, start + 1, out);
            return next;
        }
    }
    const auto kind = m_fold.kind(codePoint);
    const bool symbols = m_folds.has(FoldStep::Symbols);
    const bool ends = kind == CharKind::Stop || (kind == CharKind::Dot && isSentenceEnd(text, at, m_fold));
    if (symbols && ends)
        emit(kStopToken, start, static_cast<std::uint32_t>(next), out);
    else if (symbols && (kind == CharKind::Separator || kind == CharKind::Dot || QChar::isSurrogate(codePoint)))
        skip(unit, start, static_cast<std::uint32_t>(next), out);
    else if (!(kind == CharKind::Ignorable && (symbols || m_folds.has(FoldStep::Letters))))
        emitFolded(codePoint, start, static_cast<std::uint32_t>(next), out);
    else
        skip(unit, start, static_cast<std::uint32_t>(next), out);
    return next;
}

qsizetype TextFolder::fold(QStringView text, qsizetype from, qsizetype stopAfter, Reading reading, FoldedText& out) const
{
    out.clear();
    out.source = text;
    const qsizetype size = text.size();
    qsizetype at = from;
    while (at < size) {
        const std::uint32_t entry = m_table[text[at].unicode()];
        const auto start = static_cast<std::uint32_t>(at);
        switch (entry & kActionMask) {
        case Emit: emit(entry & kTokenMask, start, start + 1, out, (entry & kKeepsRuns) != 0); ++at; break;
        case Skip: skip(text[at].unicode(), start, start + 1, out); ++at; break;
        case Stop: emit(kStopToken, start, start + 1, out); ++at; break;
        default: at = foldSpecial(text, at, out); break;
        }
        if (at - from >= stopAfter && !out.tokens.empty() && out.tokens.back() == kStopToken)
            break;
    }
    finish(reading, out);
    return at;
}

FoldedText TextFolder::fold(QStringView text, Reading reading) const
{
    FoldedText out;
    fold(text, 0, text.size() + 1, reading, out);
    return out;
}

void TextFolder::finish(Reading reading, FoldedText& out) const
{
    if (m_folds.has(FoldStep::Split))
        composeSplit(reading.composeSplit, out);
    if (bySound())
        replaceBySounds(reading.shortSyllables, out);
}

void TextFolder::composeSplit(bool compose, FoldedText& out) const
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < out.tokens.size(); ++i, ++kept) {
        const auto left = out.tokens[i];
        const auto right = i + 1 < out.tokens.size() ? out.tokens[i + 1] : 0;
        char16_t whole = 0;
        if (left < 0x10000 && m_fold.isLeftPart(static_cast<char16_t>(left)) && right < 0x10000)
            whole = m_fold.composed(static_cast<char16_t>(left), static_cast<char16_t>(right));
        out.hasSplitCharacters |= whole != 0;
        if (!compose && whole == 0)
            continue;
        if (!compose)
            return;   // the answer is known, nothing was moved
        out.tokens[kept] = whole != 0 ? std::uint32_t(m_fold.fold(whole, m_folds)[0]) : left;
        out.starts[kept] = out.starts[i];
        out.runs[kept] = whole != 0 ? std::uint8_t(1) : out.runs[i];
        i += whole != 0 ? 1 : 0;
        out.ends[kept] = out.ends[i];
    }
    if (compose) {
        out.tokens.resize(kept);
        out.starts.resize(kept);
        out.ends.resize(kept);
        out.runs.resize(kept);
    }
}

void TextFolder::replaceBySounds(bool shortSyllables, FoldedText& out) const
{
    SyllableWriter writer(m_fold, m_folds.has(FoldStep::Repeat), shortSyllables, out);
    std::size_t at = 0;
    while (at < out.tokens.size()) {
        const auto token = out.tokens[at];
        if (isAsciiLetter(token) && m_folds.has(FoldStep::Pinyin))
            at = writer.latinRun(at);
        else
            writer.character(at++);
    }
    writer.finish();
}

} // namespace evenhand::compliance
