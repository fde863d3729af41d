// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <rapidcheck.h>

#include "app/base/money.h"
#include "tests/support/testresult.h"

using namespace evenhand::base;

namespace {

Currency currencyOf(const char* code) { return *Currency::tryFromCode(code); }

} // namespace

class TestMoney : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refusesWhatIsNoAmount_data();
    void refusesWhatIsNoAmount();
    void printedAmountsReadBack();
    void currenciesDoNotMix();
    void sumsDoNotOverflow();
};

void TestMoney::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<qint64>("minor");
    const auto cny = QStringLiteral("CNY");
    QTest::newRow("whole yuan") << QStringLiteral("1000") << cny << qint64{100000};
    QTest::newRow("one decimal") << QStringLiteral("1000.5") << cny << qint64{100050};
    QTest::newRow("thousands separator") << QStringLiteral("1,000.5") << cny << qint64{100050};
    QTest::newRow("millions") << QStringLiteral("12,345,678.90") << cny << qint64{1234567890};
    QTest::newRow("full-width digits of an input method") << QStringLiteral("１０００．５") << cny << qint64{100050};
    QTest::newRow("sign of the yuan in front") << QStringLiteral("￥88") << cny << qint64{8800};
    QTest::newRow("the word behind") << QStringLiteral("88元") << cny << qint64{8800};
    QTest::newRow("blanks around") << QStringLiteral("  5 ") << cny << qint64{500};
    QTest::newRow("yen have no decimals") << QStringLiteral("500") << QStringLiteral("JPY") << qint64{500};
    QTest::newRow("dinars have three") << QStringLiteral("1.234") << QStringLiteral("KWD") << qint64{1234};
    QTest::newRow("zero") << QStringLiteral("0") << cny << qint64{0};
}

void TestMoney::readsWhatPeopleType()
{
    QFETCH(QString, text);
    QFETCH(QString, currency);
    QFETCH(qint64, minor);
    const auto money = Money::parse(text.toStdString(), currencyOf(currency.toLatin1().constData()));
    QVERIFY_RESULT(money);
    QCOMPARE(qint64{money->minor()}, minor);
}

void TestMoney::refusesWhatIsNoAmount_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : {"", " ", "-5", "－5", "1.234", "1,00", "1,0000", ",100", "1,000,00", "12.", ".5", "abc", "1e3", "一千", "5 000",
                             "99999999999999999999", "90071992547409.92", "1.2.3"})
        QTest::newRow(qPrintable(QStringLiteral("\"%1\"").arg(QString::fromUtf8(text)))) << QString::fromUtf8(text);
}

void TestMoney::refusesWhatIsNoAmount()
{
    QFETCH(QString, text);
    QVERIFY_FAILS(Money::parse(text.toStdString(), currencyOf("CNY")), ErrorCode::Invalid);
}

void TestMoney::printedAmountsReadBack()
{
    QVERIFY(rc::check("parse(toPlainString(m)) is m", [] {
        const auto minor = *rc::gen::inRange<std::int64_t>(0, Money::kLargestMinor);
        const auto currency = currencyOf(*rc::gen::element("CNY", "JPY", "KWD", "USD"));
        const auto money = *Money::tryFromMinor(minor, currency);
        const auto again = Money::parse(money.toPlainString(), currency);
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == money);
    }));
}

void TestMoney::currenciesDoNotMix()
{
    const auto yuan = *Money::tryFromMinor(1, currencyOf("CNY"));
    const auto dollar = *Money::tryFromMinor(1, currencyOf("USD"));
    QVERIFY_FAILS(yuan.plus(dollar), ErrorCode::Invalid);
    QVERIFY(!Currency::tryFromCode("cny"));
    QVERIFY(!Currency::tryFromCode("RMBX"));
}

void TestMoney::sumsDoNotOverflow()
{
    const auto most = *Money::tryFromMinor(Money::kLargestMinor, currencyOf("CNY"));
    QVERIFY_FAILS(most.plus(*Money::tryFromMinor(1, currencyOf("CNY"))), ErrorCode::Invalid);
    QVERIFY(!Money::tryFromMinor(Money::kLargestMinor + 1, currencyOf("CNY")));
    QCOMPARE(Money::tryFromMinor(-5, currencyOf("CNY"))->toPlainString(), std::string("-0.05"));
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
