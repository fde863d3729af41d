// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>

#include <QTest>

#include <rapidcheck.h>

#include "app/compliance/foldedtext.h"
#include "app/compliance/phrasechecker.h"
#include "tests/support/phrasesamples.h"
#include "tests/support/testresult.h"

using namespace evenhand::compliance;
namespace test = evenhand::test;

namespace {

using Spans = std::vector<std::pair<qsizetype, qsizetype>>;

PhraseChecker adHoc(const std::vector<std::string>& deny, FoldSet folds, WordEdges edges = WordEdges::Free, const std::vector<std::string>& allow = {})
{
    return *PhraseChecker::build(PhraseSet::fromLists(deny, allow, folds, edges));
}

PhraseChecker oneRule(PhraseRule rule)
{
    rule.id = "T-01.rule";
    rule.category = "T-01";
    PhraseSet set;
    set.addRule(std::move(rule));
    return *PhraseChecker::build(set);
}

Spans spansOf(const PhraseChecker& checker, QStringView text, const PhraseContext& context = {})
{
    Spans spans;
    for (const auto& span : checker.scan(text, context))
        spans.emplace_back(span.start, span.end);
    return spans;
}

/// The tokens of a phrase with sentence ends left out, as the matcher looks for it.
std::vector<std::uint32_t> phraseTokens(const TextFolder& folder, QStringView phrase)
{
    auto tokens = folder.fold(phrase).tokens;
    std::erase(tokens, kStopToken);
    return tokens;
}

/// All places of all phrases in the folded line, then leftmost and longest: what the checker promises, the slow way.
Spans naive(const std::vector<std::string>& deny, FoldSet folds, QStringView line)
{
    const TextFolder folder(folds);
    const auto text = folder.fold(line);
    Spans all;
    for (const auto& phrase : deny) {
        const auto wanted = folder.fold(QString::fromStdString(phrase));
        const auto tokens = wanted.tokens;
        for (std::size_t at = 0; !tokens.empty() && at + tokens.size() <= text.tokens.size(); ++at) {
            bool matches = true;
            for (std::size_t i = 0; i < tokens.size(); ++i)
                matches = matches && text.tokens[at + i] == tokens[i] && text.runs[at + i] >= wanted.runs[i];
            if (matches)
                all.emplace_back(text.starts[at], text.ends[at + tokens.size() - 1]);
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return std::pair(a.first, -a.second) < std::pair(b.first, -b.second); });
    Spans kept;
    for (const auto& span : all) {
        if (kept.empty() || span.first >= kept.back().second)
            kept.push_back(span);
    }
    return kept;
}

// No characters with two readings and no stops: those are the subject of other tests.
QString randomText(int most)
{
    static const QString alphabet = QStringLiteral("打断你腿死欠钱錢訊讯录錄ＡaBbｃé①1３*-· \u200b😊上门");
    QString text;
    const int length = *rc::gen::inRange(0, most);
    for (int i = 0; i < length; ++i) {
        const auto at = *rc::gen::inRange<qsizetype>(0, alphabet.size());
        text += alphabet.at(at);   // may cut the emoji in two: lone surrogates are part of the game
    }
    return text;
}

std::vector<std::string> randomPhrases()
{
    static const std::vector<std::string> pool = {"打断你", "断你腿", "打断", "欠钱", "通讯录", "讯录", "abc", "ab", "死", "死你", "上门", "钱a", "1腿", "打断你腿", "腿腿", "你你打"};
    std::vector<std::string> phrases;
    for (const auto& phrase : pool) {
        if (*rc::gen::inRange(0, 3) == 0)
            phrases.push_back(phrase);
    }
    if (phrases.empty())
        phrases.push_back(pool.front());
    return phrases;
}

FoldSet randomFolds() { return FoldSet(*rc::gen::inRange<std::uint16_t>(0, 0x80)); }   // the steps that have one reading only

} // namespace

class TestPhraseChecker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatANaiveSearchFindsAfterFolding();
    void spansCoverTextThatFoldsToThePhrase();
    void aSeparatorInsideAHitKeepsTheHit();
    void partsJoinedAreTheWhole();
    void survivesAnythingTyped();
    void readsTenMegabytesInOneLine();
    void contextRules_data();
    void contextRules();
    void wordEdges_data();
    void wordEdges();
    void aTrueFactExcusesAStatement();
    void theDebtorsWordsAreNotTheAgents();
    void aMarkedQuotationIsNoHit();
    void aRequiredPhraseIsMissedOnlyInItsKindOfText();
    void aLongerHarmlessPhraseWins();
    void separatorsDoNotCrossASentenceEnd();
    void allBrokenPhrasesAreNamedAtOnce();
};

void TestPhraseChecker::findsWhatANaiveSearchFindsAfterFolding()
{
    QVERIFY(rc::check("scan is a naive search after folding", [] {
        const auto deny = randomPhrases();
        const auto folds = randomFolds();
        const auto text = randomText(40);
        RC_ASSERT(spansOf(adHoc(deny, folds), text) == naive(deny, folds, text));
    }));
}

void TestPhraseChecker::spansCoverTextThatFoldsToThePhrase()
{
    QVERIFY(rc::check("a span folds to its phrase", [] {
        const auto folds = randomFolds();
        const TextFolder folder(folds);
        const auto checker = adHoc(randomPhrases(), folds);
        const auto text = randomText(60);
        for (const auto& span : checker.scan(text))
            RC_ASSERT(phraseTokens(folder, QStringView(text).mid(span.start, span.end - span.start)) == phraseTokens(folder, checker.phrase(span)));
    }));
}

void TestPhraseChecker::aSeparatorInsideAHitKeepsTheHit()
{
    const auto checker = *PhraseChecker::build(*test::shippedPhrases(QStringLiteral("cn-consumer-2026")));
    static const QString separators = QStringLiteral("*·-_/\u200b、");
    std::mt19937 random(7);
    int tried = 0;
    for (const auto& sample : test::readPhraseSamples(QStringLiteral("zh_plain"))) {
        auto text = sample.text;
        const auto at = sample.start + 1 + static_cast<qsizetype>(random() % static_cast<unsigned>(std::max<qsizetype>(1, sample.end - sample.start - 1)));
        text.insert(at, separators[static_cast<qsizetype>(random() % static_cast<unsigned>(separators.size()))]);
        QVERIFY2(test::isBlocked(checker, text), qPrintable(text));
        ++tried;
    }
    QVERIFY(tried > 300);
}

void TestPhraseChecker::partsJoinedAreTheWhole()
{
    const auto checker = *PhraseChecker::build(*test::shippedPhrases(QStringLiteral("cn-consumer-2026")));
    QString whole;
    Spans joined;
    for (const auto& sample : test::readPhraseSamples(QStringLiteral("zh_evasion"))) {
        for (const auto& [start, end] : spansOf(checker, sample.text))
            joined.emplace_back(start + whole.size(), end + whole.size());
        whole += sample.text + u'\n';
    }
    QVERIFY(joined.size() > 500);
    QVERIFY(spansOf(checker, whole) == joined);
}

void TestPhraseChecker::survivesAnythingTyped()
{
    const auto checker = *PhraseChecker::build(*test::shippedPhrases(QStringLiteral("cn-consumer-2026")));
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        QString text;
        for (int i = 0; i < 200; ++i)
            text += QChar(static_cast<char16_t>(random() % (round % 3 == 0 ? 0x10000U : round % 3 == 1 ? 0x800U : 0xE000U)));
        for (const auto& [start, end] : spansOf(checker, text))
            QVERIFY(start >= 0 && start < end && end <= text.size());
    }
    // Every code point alone and beside a phrase, lone surrogates included.
    const auto adhoc = adHoc({"打断你的腿"}, FoldSet::all());
    for (std::uint32_t c = 0; c < 0x110000; c += c < 0x30000 ? 1 : 257) {
        QString text = QStringLiteral("打断你的腿");
        if (c < 0x10000)
            text += QChar(static_cast<char16_t>(c));
        else
            text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&c), 1);
        QVERIFY2(!adhoc.scan(text).empty(), qPrintable(QString::number(c, 16)));
    }
}

void TestPhraseChecker::readsTenMegabytesInOneLine()
{
    const auto checker = adHoc({"打断你的腿", "通讯录"}, FoldSet::all());
    QString text(10 * 1024 * 1024, u'钱');
    text.replace(5'000'000, 5, QStringLiteral("打斷你的腿"));
    const auto spans = spansOf(checker, text);
    QCOMPARE(spans, (Spans{{5'000'000, 5'000'005}}));
}

void TestPhraseChecker::contextRules_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("hits");
    QTest::newRow("a threat") << QStringLiteral("明天就打断你的腿") << true;
    QTest::newRow("a ban reaches over a comma") << QStringLiteral("严禁辱骂，打断你的腿之类的话") << false;
    QTest::newRow("we never do it") << QStringLiteral("我们不会打断你的腿") << false;
    QTest::newRow("才怪 turns the negation back") << QStringLiteral("我不会打断你的腿才怪") << true;
    QTest::newRow("a negation ends with its clause") << QStringLiteral("你不能不还，打断你的腿") << true;
    QTest::newRow("别以为 is no negation") << QStringLiteral("别以为我不会打断你的腿") << true;
    QTest::newRow("reported speech in quotation marks") << QStringLiteral("客户说：“我要打断你的腿”，已安抚") << false;
    QTest::newRow("behind the quotation the agent speaks again") << QStringLiteral("客户说：“你好”，打断你的腿") << true;
}

void TestPhraseChecker::contextRules()
{
    QFETCH(QString, text);
    QFETCH(bool, hits);
    PhraseRule rule;
    rule.phrases = {"打断你的腿"};
    QCOMPARE(!oneRule(rule).scan(text).empty(), hits);
}

void TestPhraseChecker::wordEdges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("hits");
    QTest::newRow("the word itself") << QStringLiteral("I will sue you") << true;
    QTest::newRow("inside a longer word") << QStringLiteral("please issue it") << false;
    QTest::newRow("across two words") << QStringLiteral("as usual, this ue") << false;
    QTest::newRow("spelled out") << QStringLiteral("I will s u e you") << true;
    QTest::newRow("beside Han characters") << QStringLiteral("我们sue你") << true;
    QTest::newRow("an inflection") << QStringLiteral("we are suing") << true;
}

void TestPhraseChecker::wordEdges()
{
    QFETCH(QString, text);
    QFETCH(bool, hits);
    PhraseRule rule;
    rule.phrases = {"sue~"};
    QCOMPARE(!oneRule(rule).scan(text).empty(), hits);
}

void TestPhraseChecker::aTrueFactExcusesAStatement()
{
    PhraseRule rule;
    rule.phrases = {"已经起诉"};
    rule.trueWhen = {"suit_filed"};
    const auto checker = oneRule(rule);
    PhraseContext context;
    QCOMPARE(checker.scan(u"我们已经起诉", context).size(), 1U);
    context.trueFacts = {"suit_filed"};
    QVERIFY(checker.scan(u"我们已经起诉", context).empty());
}

void TestPhraseChecker::theDebtorsWordsAreNotTheAgents()
{
    PhraseRule rule;
    rule.phrases = {"打断你的腿"};
    PhraseContext context;
    context.speaker = Speaker::Debtor;
    QVERIFY(oneRule(rule).scan(u"打断你的腿", context).empty());
}

void TestPhraseChecker::aMarkedQuotationIsNoHit()
{
    PhraseRule rule;
    rule.phrases = {"打断你的腿"};
    PhraseContext context;
    context.quotations = {{0, 5}};
    const QString text = QStringLiteral("打断你的腿，打断你的腿");
    QCOMPARE(spansOf(oneRule(rule), text, context), (Spans{{6, 11}}));
}

void TestPhraseChecker::aRequiredPhraseIsMissedOnlyInItsKindOfText()
{
    PhraseRule rule;
    rule.phrases = {"工号"};
    rule.requiredIn = "opening";
    const auto checker = oneRule(rule);
    PhraseContext context;
    QVERIFY(checker.check(u"您好", context).empty());
    context.textKind = "opening";
    QCOMPARE(checker.check(u"您好", context).size(), 1U);
    QVERIFY(checker.check(u"您好", context).front().missing);
    QVERIFY(checker.check(u"您好，工号3021", context).empty());
}

void TestPhraseChecker::aLongerHarmlessPhraseWins()
{
    const auto checker = adHoc({"口交"}, FoldSet::standard(), WordEdges::Free, {"路口交通"});
    QVERIFY(checker.scan(u"路口交通银行").empty());
    QCOMPARE(checker.scan(u"口交").size(), 1U);
}

void TestPhraseChecker::separatorsDoNotCrossASentenceEnd()
{
    const auto checker = adHoc({"打断你的腿"}, FoldSet::standard());
    QVERIFY(checker.scan(u"打断。你的腿").empty());
    QVERIFY(checker.scan(u"打断\n你的腿").empty());
    QCOMPARE(checker.scan(u"打断，你的腿").size(), 1U);
}

void TestPhraseChecker::allBrokenPhrasesAreNamedAtOnce()
{
    PhraseRule rule;
    rule.id = "T-01.rule";
    rule.phrases = {"(a|b"};
    PhraseSet set;
    set.addRule(rule);
    rule.id = "T-02.rule";
    rule.phrases = {"a<5,2>b"};
    set.addRule(rule);
    const auto built = PhraseChecker::build(set);
    QVERIFY_FAILS(built, evenhand::base::ErrorCode::Invalid);
    QVERIFY(built.error().detail.find("T-01.rule") != std::string::npos && built.error().detail.find("T-02.rule") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestPhraseChecker)
#include "tst_phrasechecker.moc"
