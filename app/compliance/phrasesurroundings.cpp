// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phrasesurroundings.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>
#include <QString>

namespace evenhand::compliance {

namespace {

// A public checker looks 18 characters back (regulations §7.1, context rules); English words are longer.
constexpr qsizetype kWindow = 18;
constexpr qsizetype kLatinWindow = 40;

QRegularExpression pattern(const char16_t* text)
{
    return QRegularExpression(QString::fromUtf16(text), QRegularExpression::CaseInsensitiveOption);
}

/// Everything here is compiled once and only read afterwards; matching with a const QRegularExpression is thread-safe.
struct Words {
    // A ban reaches over commas ("严禁辱骂，爆通讯录"), a plain no only within its clause ("不能不还，否则…").
    QRegularExpression ban = pattern(u"严禁|禁止|不得(?!不)|不准|不许|不允许|杜绝|严厉打击|\\b(never|prohibited from|must not|mustn't|may not|are not allowed to|is not allowed to|forbidden to)\\b");
    QRegularExpression no = pattern(u"不会(?!不)|绝不|决不|从不|从未|从来没有?|绝对不|不应|不可以|不能(?!不)|没有(?!不)|并未|未曾|无权|无法|不是(?!不)|不要(?!脸|以为)|不建议|不必|无需|不需要|避免|请勿|切勿|勿|别(?!以为|怪)"
                                    u"|\\b(not|no|don't|doesn't|didn't|won't|cannot|can't|wouldn't|isn't|aren't|nobody|without)\\b");
    QRegularExpression turnsBack = pattern(u"别以为|不要以为|以为|难道|岂|谁说|不怕|信不信|除非|只要|如果|要是|再(?=不|敢|拖|赖|挂|犟|闹|投诉|躲)|若|否则|不然|要不然|"
                                           u"\\b(otherwise|unless|if you|think)\\b|or (we|i|else)\\b");
    QRegularExpression clauseEnd = pattern(u"[，,；;：:。！？!?]|但是?|而是|就会?|\\b(but|otherwise|or else|unless)\\b");
    QRegularExpression sentenceEnd = pattern(u"[。！？!?]|\\.\\s");
    QRegularExpression turnsBackAfter = pattern(u"^.{0,8}?才怪");
    QRegularExpression bannedAfter = pattern(u"^[”\"’'」』）)]?.{0,10}?(等(词|话|语|用语|行为|方式)|这(种|类|样的)(话|词|行为|说法|做法)|的?(行为|说法|做法|用语))?.{0,6}?"
                                             u"((都|一律|均|)请(您|)(拒绝|挂断|举报|不要相信|勿信|警惕)|都是(骗|假|诈骗)|都不可信|不可信|属于违规|是违规|属违规|是违法|属于违法|不得使用|不能说|不要说|不可以说|不准说|禁止使用|被禁止|一律处分|零容忍)"
                                             u"|^[”\"’']?.{0,30}?(is prohibited|is not allowed|is forbidden|is never allowed|must not be used|is against policy|is illegal)");
    QRegularExpression reports = pattern(
        u"(客户|债务人|对方|欠款人|借款人|持卡人|机主|家属|本人|其|他|她|债务人家属|案主|投诉人)[^，。！？；,“”\"]{0,8}?"
        u"(说|称|表示|反映|骂|回复|威胁|喊|投诉|质问|声称|强调|问|讲|转述|抱怨)(我们|我司|道|过|了)?[：:，,]?"
        u"|\\b(debtor|customer|consumer|client|caller|borrower|he|she|they|cardholder)\\b[^.!?\"“]{0,20}?"
        u"\\b(said|says|stated|states|claims|claimed|told (me|us)|asked|complained|complains|threatened|yelled|shouted|wrote|replied|reported)\\b( that)?[,:]?");
};

const Words& words()
{
    static const Words instance;   // constants, not state
    return instance;
}

QStringView before(QStringView line, qsizetype start)
{
    const bool isLatin = start < line.size() && line[start].unicode() < 0x250;
    const auto from = std::max<qsizetype>(0, start - (isLatin ? kLatinWindow : kWindow));
    auto window = line.mid(from, start - from);
    auto ends = words().sentenceEnd.globalMatch(window.toString());
    qsizetype cut = 0;
    while (ends.hasNext())
        cut = ends.next().capturedEnd();
    return window.mid(cut);
}

/// Where the last match of `expression` ends, -1 if there is none.
qsizetype lastMatch(const QRegularExpression& expression, const QString& text)
{
    auto matches = expression.globalMatch(text);
    qsizetype end = -1;
    while (matches.hasNext())
        end = matches.next().capturedEnd();
    return end;
}

} // namespace

bool isNegated(QStringView line, qsizetype start, qsizetype end)
{
    const auto after = line.mid(end, 48).toString();
    if (words().turnsBackAfter.match(after).hasMatch())
        return false;
    if (words().bannedAfter.match(after).hasMatch())
        return true;
    const QString window = before(line, start).toString();
    const auto ban = lastMatch(words().ban, window);
    const auto no = lastMatch(words().no, window);
    const auto turned = lastMatch(words().turnsBack, window);
    if (ban >= 0 && turned < 0)
        return true;
    if (no < 0 || turned >= 0)
        return false;
    return !words().clauseEnd.match(window.mid(no)).hasMatch();
}

std::vector<TextRange> reportedSpeech(QStringView line)
{
    static constexpr std::array<std::pair<char16_t, char16_t>, 5> quotes{{{u'“', u'”'}, {u'「', u'」'}, {u'『', u'』'}, {u'"', u'"'}, {u'‘', u'’'}}};
    std::vector<TextRange> ranges;
    const QString text = line.toString();
    auto matches = words().reports.globalMatch(text);
    while (matches.hasNext()) {
        const auto begin = matches.next().capturedEnd();
        qsizetype at = begin;
        while (at < text.size() && text[at].isSpace())
            ++at;
        const auto quote = at < text.size() ? std::find_if(quotes.begin(), quotes.end(), [&](const auto& pair) { return text[at] == pair.first; }) : quotes.end();
        qsizetype end = -1;
        if (quote != quotes.end())
            end = text.indexOf(QChar(quote->second), at + 1);
        if (end < 0) {
            const auto stop = words().sentenceEnd.match(text, at);
            end = stop.hasMatch() ? stop.capturedStart() : text.size();
        }
        ranges.push_back({begin, end});
    }
    return ranges;
}

} // namespace evenhand::compliance
