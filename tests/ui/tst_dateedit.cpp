// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/widgets/dateedit.h"

using namespace evenhand::ui;

class TestDateEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAgentsType_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QDate>("day");
        QTest::newRow("days ahead") << QStringLiteral("+3") << QDate(2026, 11, 27);
        QTest::newRow("month and day as four digits") << QStringLiteral("1130") << QDate(2026, 11, 30);
        QTest::newRow("a day that has passed this year means next year") << QStringLiteral("0105") << QDate(2027, 1, 5);
        QTest::newRow("today stays today") << QStringLiteral("1124") << QDate(2026, 11, 24);
        QTest::newRow("with a dash") << QStringLiteral("12-1") << QDate(2026, 12, 1);
        QTest::newRow("with a slash") << QStringLiteral("12/01") << QDate(2026, 12, 1);
        QTest::newRow("Chinese") << QStringLiteral("12月1日") << QDate(2026, 12, 1);
        QTest::newRow("day of this month") << QStringLiteral("30") << QDate(2026, 11, 30);
        QTest::newRow("day of next month") << QStringLiteral("5") << QDate(2026, 12, 5);
        QTest::newRow("the 31st skips November") << QStringLiteral("31") << QDate(2026, 12, 31);
        QTest::newRow("ISO") << QStringLiteral("2026-12-24") << QDate(2026, 12, 24);
        QTest::newRow("eight digits") << QStringLiteral("20261224") << QDate(2026, 12, 24);
        QTest::newRow("full-width digits") << QStringLiteral("１１３０") << QDate(2026, 11, 30);
        QTest::newRow("31 February does not exist") << QStringLiteral("2027-02-31") << QDate();
        QTest::newRow("month 13 does not exist") << QStringLiteral("1301") << QDate();
        QTest::newRow("words are refused") << QStringLiteral("soon") << QDate();
        QTest::newRow("empty is refused") << QString() << QDate();
    }
    void readsWhatAgentsType()
    {
        QFETCH(QString, typed);
        QFETCH(QDate, day);
        QCOMPARE(readDay(typed, QDate(2026, 11, 24)).value_or(QDate()), day);
    }
    void arrowsMoveByADay()
    {
        DateEdit edit;
        edit.setToday(QDate(2026, 11, 24));
        QTest::keyClick(&edit, Qt::Key_Up);
        QCOMPARE(*edit.day(), QDate(2026, 11, 25));
        QTest::keyClick(&edit, Qt::Key_Down);
        QCOMPARE(*edit.day(), QDate(2026, 11, 24));
    }
};

QTEST_MAIN(TestDateEdit)
#include "tst_dateedit.moc"
