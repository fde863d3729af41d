// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/compliance/packdirectory.h"
#include "ui/text/clausetranslator.h"
#include "ui/text/format.h"
#include "ui/text/language.h"

using namespace evenhand;
using namespace evenhand::ui;

class TestLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void daysAreCountedAsPeopleSayThem_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("said");
        QTest::newRow("English, one") << QStringLiteral("en") << 1 << QStringLiteral("1 day ago");
        QTest::newRow("English, more") << QStringLiteral("en") << 15 << QStringLiteral("15 days ago");
        QTest::newRow("Chinese has one form") << QStringLiteral("zh_CN") << 15 << QStringLiteral("15 天前");
        QTest::newRow("an unknown language reads as English") << QStringLiteral("fr") << 2 << QStringLiteral("2 days ago");
    }
    void daysAreCountedAsPeopleSayThem()
    {
        QFETCH(QString, language);
        QFETCH(int, days);
        Language chosen(*QCoreApplication::instance());
        chosen.choose(language);
        const auto now = base::Instant::fromMilliseconds(1'800'000'000'000);
        QTEST(Format::ago(now.plusSeconds(-86'400LL * days), now), "said");
    }

    void aClauseSpeaksTheLanguageOfTheWindow()
    {
        const compliance::PackDirectory pack("pack", {{"clauses.yaml", "clauses:\n  - cited: \"Code art. 1\"\n    zh_CN: \"法典第 1 条\"\n"}});
        compliance::ClauseWords words;
        QVERIFY(words.add(pack));
        ClauseTranslator translator;
        QCoreApplication::installTranslator(&translator);
        translator.setWords(words);
        Language chosen(*QCoreApplication::instance());
        QCOMPARE(clauseText("Code art. 1 (S)"), QStringLiteral("Code art. 1 (S)"));
        chosen.choose(QStringLiteral("zh_CN"));
        QCOMPARE(clauseText("Code art. 1 (S)"), QStringLiteral("法典第 1 条 (S)"));
        QCOMPARE(clauseText("Code art. 2"), QStringLiteral("Code art. 2"));
        QCOMPARE(clauseText({}), QString());
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
