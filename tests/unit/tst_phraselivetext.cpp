// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <random>

#include <QTest>

#include "app/compliance/phraselivetext.h"
#include "tests/support/phrasesamples.h"

using namespace evenhand::compliance;
namespace test = evenhand::test;

class TestPhraseLiveText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEditedTextHasTheHitsOfTheWholeText_data();
    void anEditedTextHasTheHitsOfTheWholeText();
    void onlyTheTouchedLineIsLookedAtAgain();
    void quotationsMoveWithTheText();
};

namespace {

PhraseChecker shipped(const char* pack = "cn-consumer-2026") { return *PhraseChecker::build(*test::shippedPhrases(QString::fromLatin1(pack))); }

} // namespace

void TestPhraseLiveText::anEditedTextHasTheHitsOfTheWholeText_data()
{
    QTest::addColumn<QString>("sentences");
    QTest::addColumn<bool>("oneLine");
    QTest::newRow("Chinese, many lines") << QStringLiteral("zh_plain") << false;
    QTest::newRow("Chinese, one long line") << QStringLiteral("zh_evasion") << true;
    QTest::newRow("English, one long line") << QStringLiteral("en_evasion") << true;
}

void TestPhraseLiveText::anEditedTextHasTheHitsOfTheWholeText()
{
    QFETCH(QString, sentences);
    QFETCH(bool, oneLine);
    const auto checker = shipped(sentences.startsWith(QStringLiteral("zh")) ? "cn-consumer-2026" : "us-reg-f");
    const auto samples = test::readPhraseSamples(sentences);
    std::mt19937 random(3);
    const auto below = [&](qsizetype limit) { return limit <= 0 ? qsizetype(0) : static_cast<qsizetype>(random() % static_cast<unsigned>(limit)); };
    PhraseLiveText live(checker);
    QString text;
    for (int step = 0; step < 700; ++step) {
        const auto position = below(text.size() + 1);
        const auto removed = random() % 3 == 0 ? std::min(below(8), text.size() - position) : 0;
        QString inserted;
        switch (random() % 5) {
        case 0: inserted = samples[static_cast<std::size_t>(below(static_cast<qsizetype>(samples.size())))].text; break;
        case 1: inserted = QString(oneLine ? u'，' : u'\n'); break;
        case 2: inserted = QStringLiteral("*"); break;
        case 3: inserted = QString(u"你死 a.。“”弓虽b！1"[random() % 12]); break;
        default: break;
        }
        text.replace(position, removed, inserted);
        static_cast<void>(live.edit(position, removed, inserted));
        QCOMPARE(live.text(), text);
        const auto whole = checker.check(text);
        QVERIFY2(live.hits() == whole, qPrintable(QStringLiteral("after step %1: %2 hits, %3 in the whole").arg(step).arg(live.hits().size()).arg(whole.size())));
        if (text.size() > (oneLine ? 1500 : 600))
            live.setText(text = QString());
    }
}

void TestPhraseLiveText::onlyTheTouchedLineIsLookedAtAgain()
{
    PhraseLiveText live(shipped());
    live.setText(QStringLiteral("第一行\n第二行\n第三行"));
    QCOMPARE(live.edit(5, 0, u"a"), (TextRange{4, 8}));
}

void TestPhraseLiveText::quotationsMoveWithTheText()
{
    PhraseLiveText live(shipped());
    live.setText(QStringLiteral("我弄死你全家"));
    QVERIFY(!live.hits().empty());
    PhraseContext context;
    context.quotations = {{0, 6}};
    live.setContext(context);
    QVERIFY(live.hits().empty());
    static_cast<void>(live.edit(0, 0, u"他喊："));
    QVERIFY(live.hits().empty());
    QCOMPARE(live.context().quotations, (std::vector<TextRange>{{3, 9}}));
}

QTEST_GUILESS_MAIN(TestPhraseLiveText)
#include "tst_phraselivetext.moc"
