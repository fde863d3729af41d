// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/text/errortext.h"
#include "ui/text/language.h"

using namespace evenhand;

/// Every error code has a sentence for people, in both languages.
class TestErrorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasAText_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }
    void everyCodeHasAText()
    {
        QFETCH(QString, language);
        ui::Language chosen(*QCoreApplication::instance());
        chosen.choose(language);
        QSet<QString> seen;
        for (int code = 0; code <= int(base::ErrorCode::Cancelled); ++code) {
            const QString text = ui::ErrorText::of(base::ErrorCode(code));
            QVERIFY2(!text.isEmpty(), base::toString(base::ErrorCode(code)));
            QVERIFY2(!seen.contains(text), "two codes say the same");
            seen.insert(text);
            const bool chinese = std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x4E00 && c.unicode() <= 0x9FFF; });
            QCOMPARE(chinese, language == QStringLiteral("zh_CN"));
        }
    }
    void technicalDetailOnlyForMistakesInTheInput()
    {
        QVERIFY(ui::ErrorText::of(base::Error{base::ErrorCode::Invalid, "promise/amount"}).contains(QStringLiteral("promise/amount")));
        QVERIFY(!ui::ErrorText::of(base::Error{base::ErrorCode::Storage, "disk I/O error"}).contains(QStringLiteral("disk I/O error")));
    }
};

QTEST_MAIN(TestErrorText)
#include "tst_errortext.moc"
