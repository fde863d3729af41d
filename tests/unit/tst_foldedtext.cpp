// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include <QTest>

#include "app/compliance/foldedtext.h"
#include "app/compliance/phraseset.h"

using namespace evenhand::compliance;

namespace {

std::u32string folded(const QString& text, FoldSet folds)
{
    const auto tokens = TextFolder(folds).fold(text).tokens;
    return {tokens.begin(), tokens.end()};
}

} // namespace

class TestFoldedText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writtenDifferentlyStandsForTheSame_data();
    void writtenDifferentlyStandsForTheSame();
    void eachStepCanBeSwitchedOff();
    void everyTokenKnowsItsPlace();
    void phraseFilesOfAnyContentAreReadOrRefused();
};

void TestFoldedText::writtenDifferentlyStandsForTheSame_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("meant");
    const auto row = [](const char* name, const char16_t* written, const char16_t* meant) {
        QTest::newRow(name) << QString::fromUtf16(written) << QString::fromUtf16(meant);
    };
    row("full width", u"ｆｕｃｋ１", u"fuck1");
    row("upper case", u"FUCK", u"fuck");
    row("traditional", u"通訊錄", u"通讯录");
    row("Kangxi radicals", u"⼈⼤⼝", u"人大口");
    row("simplified radicals", u"⻋⻔⻅", u"车门见");
    row("figures in circles, brackets, Roman, capitals of accounting", u"③a㈢bⅢc叁", u"3a3b三c3");
    row("Cyrillic look-alikes", u"раураl", u"paypal");
    row("mathematical letters", u"\U0001D41A\U0001D41B", u"ab");
    row("separators and zero-width characters", u"打*断\u200b你-的😊腿", u"打断你的腿");
    row("a repeated character", u"打打打断", u"打断");
    row("a Han figure is repeated like any character", u"一一一起", u"一起");
    row("signs between doubled letters", u"b-o-r-r-o-w", u"borrow");
    row("spelled out with doubled letters", u"a d d", u"add");
}

void TestFoldedText::writtenDifferentlyStandsForTheSame()
{
    QFETCH(QString, written);
    QFETCH(QString, meant);
    QVERIFY(folded(written, FoldSet::standard()) == folded(meant, FoldSet::standard()));
}

void TestFoldedText::eachStepCanBeSwitchedOff()
{
    const std::vector<std::pair<FoldStep, std::pair<QString, QString>>> pairs = {
        {FoldStep::Width, {QStringLiteral("ａ"), QStringLiteral("a")}},       {FoldStep::Case, {QStringLiteral("A"), QStringLiteral("a")}},
        {FoldStep::Digits, {QStringLiteral("三"), QStringLiteral("3")}},      {FoldStep::Letters, {QStringLiteral("é"), QStringLiteral("e")}},
        {FoldStep::Traditional, {QStringLiteral("訊"), QStringLiteral("讯")}}, {FoldStep::Symbols, {QStringLiteral("打*断"), QStringLiteral("打断")}},
        {FoldStep::Pinyin, {QStringLiteral("da"), QStringLiteral("打")}},     {FoldStep::Homophone, {QStringLiteral("达"), QStringLiteral("打")}},
        {FoldStep::Leet, {QStringLiteral("l0ser"), QStringLiteral("loser")}}};
    for (const auto& [step, texts] : pairs) {
        const auto alone = FoldSet::none().with(step);
        QVERIFY2(folded(texts.first, alone) == folded(texts.second, alone), qPrintable(texts.first));
        const auto without = FoldSet::all().without(step).without(FoldStep::Pinyin).without(FoldStep::Homophone);
        QVERIFY2(folded(texts.first, without) != folded(texts.second, without), qPrintable(texts.first));
    }
    // A repeated character keeps its place, only the count says how often it stood there.
    QCOMPARE(TextFolder(FoldSet::none()).fold(QStringLiteral("打打")).tokens.size(), 2U);
}

void TestFoldedText::everyTokenKnowsItsPlace()
{
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        QString text;
        for (int i = 0; i < 60; ++i)
            text += QChar(static_cast<char16_t>(random() % (round % 2 == 0 ? 0x10000U : 0x3000U)));
        const TextFolder folder(FoldSet(static_cast<std::uint16_t>(random() % 0x800)));
        for (const Reading reading : {Reading{false, false}, Reading{true, false}, Reading{true, true}}) {
            const auto out = folder.fold(text, reading);
            QCOMPARE(out.starts.size(), out.tokens.size());
            QCOMPARE(out.ends.size(), out.tokens.size());
            QCOMPARE(out.runs.size(), out.tokens.size());
            for (std::size_t i = 0; i < out.tokens.size(); ++i) {
                QVERIFY(out.starts[i] < out.ends[i] && out.ends[i] <= static_cast<std::uint32_t>(text.size()));
                QVERIFY(i == 0 || out.starts[i] >= out.starts[i - 1]);
            }
        }
    }
}

void TestFoldedText::phraseFilesOfAnyContentAreReadOrRefused()
{
    // A small valid file with random damage: it is read or refused with a place, and never brings the reader down.
    const std::string valid = "rules:\n  - id: T-01.a\n    severity: block\n    clause: c\n    confidence: K\n    message: {en: m}\n"
                              "    fold: [+pinyin]\n    phrases: ['(a|b)<0,3>c~']\n    good: [x]\n    bad: [a c]\n";
    QVERIFY(PhraseSet::parse(valid, "f.yaml"));
    std::mt19937 random(13);
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        auto text = valid;
        for (int i = 0; i < 1 + round % 4; ++i) {
            const auto at = random() % text.size();
            switch (random() % 3) {
            case 0: text[at] = static_cast<char>(random()); break;
            case 1: text.erase(at, 1 + random() % 9); break;
            default: text.insert(at, 1 + random() % 5, static_cast<char>("[]{}:-'\"<>(|~*&!#\n "[random() % 19])); break;
            }
        }
        const auto set = PhraseSet::parse(text, "f.yaml");
        refused += set ? 0 : 1;
        if (!set)
            QVERIFY(!set.error().detail.empty());
    }
    QVERIFY(refused > 500 && refused < 3000);
}

QTEST_GUILESS_MAIN(TestFoldedText)
#include "tst_foldedtext.moc"
