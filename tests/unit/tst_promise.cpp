// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <rapidcheck.h>

#include "app/domain/promise.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::domain;

namespace {

const auto kCny = *base::Currency::tryFromCode("CNY");

base::Money money(std::int64_t minor) { return *base::Money::tryFromMinor(minor, kCny); }
base::Date day(const std::string& iso) { return *base::Date::tryFromIso(iso); }

PromiseRules rules()
{
    PromiseRules rules;
    rules.minMinor = 10000;
    rules.minPercent = 5;
    rules.latestDays = 31;
    rules.mostOpen = 2;
    rules.graceDays = 2;
    rules.toleranceMinor = 100;
    return rules;
}

std::string firstRule(const std::vector<PromiseFinding>& findings) { return findings.empty() ? std::string() : findings.front().rule; }

PromiseTerms promise(const char* id, const char* due, std::int64_t minor) { return {id, day("2026-03-01"), day(due), money(minor), {}}; }
ReceivedPayment payment(const std::string& on, std::int64_t minor, const char* reversed = nullptr)
{
    return {"p", day(on), money(minor), reversed ? std::optional(day(reversed)) : std::nullopt};
}

} // namespace

class TestPromise : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsDaysAsPeopleWriteThem_data();
    void readsDaysAsPeopleWriteThem();
    void judgesAPromise_data();
    void judgesAPromise();
    void partsAreJudgedTogether();
    void onePaymentDecides_data();
    void onePaymentDecides();
    void paymentsGoToTheEarliestDueFirst();
    void aReversalReopens();
    void aCancelledPromiseTakesNothing();
    void noMoneyIsHandedOutTwice();
};

void TestPromise::readsDaysAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso");
    QTest::newRow("iso") << "2026-04-05" << "2026-04-05";
    QTest::newRow("slashes") << "2026/4/5" << "2026-04-05";
    QTest::newRow("points") << "2026.4.5" << "2026-04-05";
    QTest::newRow("chinese") << QStringLiteral("2026年4月5日") << "2026-04-05";
    QTest::newRow("full-width") << QStringLiteral("２０２６－０４－０５") << "2026-04-05";
    QTest::newRow("leap day") << "2028-02-29" << "2028-02-29";
    QTest::newRow("31 February") << "2026-02-31" << "";
    QTest::newRow("29 February of a common year") << "2026-02-29" << "";
    QTest::newRow("month 13") << "2026-13-01" << "";
    QTest::newRow("two digits of year") << "26-4-5" << "";
    QTest::newRow("words") << "tomorrow" << "";
    QTest::newRow("trailing") << "2026-04-05x" << "";
    QTest::newRow("empty") << "" << "";
}

void TestPromise::readsDaysAsPeopleWriteThem()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    const auto read = parseDay(text.toStdString());
    QCOMPARE(read ? QString::fromStdString(read->toIso()) : QString(), iso);
}

void TestPromise::judgesAPromise_data()
{
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QString>("due");
    QTest::addColumn<int>("open");
    QTest::addColumn<QString>("rule");
    QTest::newRow("a good one") << qint64{50000} << "2026-03-10" << 0 << "";
    QTest::newRow("today") << qint64{50000} << "2026-03-02" << 0 << "";
    QTest::newRow("yesterday") << qint64{50000} << "2026-03-01" << 0 << "promise.past";
    QTest::newRow("the last day") << qint64{50000} << "2026-04-02" << 0 << "";
    QTest::newRow("one day later") << qint64{50000} << "2026-04-03" << 0 << "promise.latest";
    QTest::newRow("all of it") << qint64{1000000} << "2026-03-10" << 0 << "";
    QTest::newRow("one fen over the balance") << qint64{1000001} << "2026-03-10" << 0 << "promise.over_balance";
    QTest::newRow("zero") << qint64{0} << "2026-03-10" << 0 << "promise.zero";
    QTest::newRow("five percent exactly") << qint64{50000} << "2026-03-10" << 0 << "";
    QTest::newRow("a fen below five percent") << qint64{49999} << "2026-03-10" << 0 << "promise.minimum";
    QTest::newRow("on a holiday") << qint64{50000} << "2026-03-20" << 0 << "promise.holiday";
    QTest::newRow("two days before pay-day") << qint64{50000} << "2026-03-13" << 0 << "promise.before_pay_day";
    QTest::newRow("on pay-day") << qint64{50000} << "2026-03-15" << 0 << "";
    QTest::newRow("one open already") << qint64{50000} << "2026-03-10" << 1 << "";
    QTest::newRow("two open already") << qint64{50000} << "2026-03-16" << 2 << "promise.open";
}

void TestPromise::judgesAPromise()
{
    QFETCH(qint64, minor);
    QFETCH(QString, due);
    QFETCH(int, open);
    QFETCH(QString, rule);
    PromiseCalendar calendar{{day("2026-03-20")}, std::nullopt};
    if (rule == QLatin1String("promise.before_pay_day") || due.endsWith(QLatin1String("15")))
        calendar.payDay = 15;
    const auto findings = checkPromise({money(minor), day(due.toStdString())}, money(1000000), day("2026-03-02"), open, rules(), calendar);
    QCOMPARE(QString::fromStdString(firstRule(findings)), rule);
}

void TestPromise::partsAreJudgedTogether()
{
    const auto judge = [](std::vector<PromiseDraft> parts) { return firstRule(checkPromises(parts, money(100000), day("2026-03-02"), 0, rules(), {})); };
    QCOMPARE(judge({{money(50000), day("2026-03-10")}, {money(50000), day("2026-03-20")}}), std::string());
    QCOMPARE(judge({{money(50000), day("2026-03-10")}, {money(50001), day("2026-03-20")}}), std::string("promise.over_balance"));
    QCOMPARE(judge({{money(50000), day("2026-03-20")}, {money(50000), day("2026-03-20")}}), std::string("promise.order"));
}

void TestPromise::onePaymentDecides_data()
{
    QTest::addColumn<QString>("paidOn");
    QTest::addColumn<qint64>("paid");
    QTest::addColumn<QString>("today");
    QTest::addColumn<QString>("state");
    QTest::newRow("nothing, before it is due") << "" << qint64{0} << "2026-03-10" << "open";
    QTest::newRow("nothing, within the grace days") << "" << qint64{0} << "2026-03-12" << "open";
    QTest::newRow("nothing, after the grace days") << "" << qint64{0} << "2026-03-13" << "broken";
    QTest::newRow("all, early") << "2026-03-05" << qint64{50000} << "2026-03-05" << "kept";
    QTest::newRow("all, on the last day of grace") << "2026-03-12" << qint64{50000} << "2026-03-20" << "kept";
    QTest::newRow("all, a day too late") << "2026-03-13" << qint64{50000} << "2026-03-20" << "broken";
    QTest::newRow("before the promise was made") << "2026-02-28" << qint64{50000} << "2026-03-20" << "broken";
    QTest::newRow("one yuan short is tolerated") << "2026-03-10" << qint64{49900} << "2026-03-20" << "kept";
    QTest::newRow("one fen more is not") << "2026-03-10" << qint64{49899} << "2026-03-20" << "partly_kept";
    QTest::newRow("a part, still in time") << "2026-03-05" << qint64{20000} << "2026-03-10" << "open";
    QTest::newRow("a part, after the grace days") << "2026-03-05" << qint64{20000} << "2026-03-13" << "partly_kept";
    QTest::newRow("a payment of the future does not count yet") << "2026-03-09" << qint64{50000} << "2026-03-08" << "open";
}

void TestPromise::onePaymentDecides()
{
    QFETCH(QString, paidOn);
    QFETCH(qint64, paid);
    QFETCH(QString, today);
    QFETCH(QString, state);
    std::vector<ReceivedPayment> payments;
    if (!paidOn.isEmpty())
        payments.push_back(payment(paidOn.toStdString(), paid));
    const auto standing = judgePromises({promise("a", "2026-03-10", 50000)}, payments, day(today.toStdString()), rules()).front();
    QCOMPARE(QString::fromUtf8(toWord(standing.state).data(), static_cast<int>(toWord(standing.state).size())), state);
}

void TestPromise::paymentsGoToTheEarliestDueFirst()
{
    const auto standings = judgePromises({promise("late", "2026-03-20", 30000), promise("early", "2026-03-10", 50000)},
                                         {payment("2026-03-08", 60000), payment("2026-03-15", 20000)}, day("2026-03-15"), rules());
    QCOMPARE(standings.at(1).paidMinor, std::int64_t{50000});
    QVERIFY(standings.at(1).state == PromiseState::Kept);
    QCOMPARE(standings.at(0).paidMinor, std::int64_t{30000});
    QVERIFY(standings.at(0).state == PromiseState::Kept);
}

void TestPromise::aReversalReopens()
{
    const std::vector<PromiseTerms> one{promise("a", "2026-03-10", 50000)};
    const auto stateOn = [&one](std::vector<ReceivedPayment> payments, const char* today) {
        return judgePromises(one, payments, day(today), rules()).front().state;
    };
    QVERIFY(stateOn({payment("2026-03-09", 50000)}, "2026-03-20") == PromiseState::Kept);
    QVERIFY(stateOn({payment("2026-03-09", 50000, "2026-03-20")}, "2026-03-20") == PromiseState::Open);
    QVERIFY(stateOn({payment("2026-03-09", 50000, "2026-03-20")}, "2026-03-22") == PromiseState::Open);
    QVERIFY(stateOn({payment("2026-03-09", 50000, "2026-03-20")}, "2026-03-23") == PromiseState::Broken);
    QVERIFY(stateOn({payment("2026-03-09", 50000, "2026-03-20"), payment("2026-03-21", 50000)}, "2026-03-30") == PromiseState::Kept);
    QVERIFY(stateOn({payment("2026-03-14", 50000, "2026-03-20")}, "2026-03-20") == PromiseState::Broken);   // it had come too late anyway
}

void TestPromise::aCancelledPromiseTakesNothing()
{
    auto cancelled = promise("a", "2026-03-10", 50000);
    cancelled.cancelledOn = day("2026-03-05");
    const auto standings = judgePromises({cancelled, promise("b", "2026-03-12", 50000)}, {payment("2026-03-10", 50000)}, day("2026-03-12"), rules());
    QVERIFY(standings.at(0).state == PromiseState::Cancelled);
    QCOMPARE(standings.at(0).paidMinor, std::int64_t{0});
    QVERIFY(standings.at(1).state == PromiseState::Kept);
}

void TestPromise::noMoneyIsHandedOutTwice()
{
    const bool held = rc::check("what promises got is at most what came in, and at most what was promised", [] {
        std::vector<PromiseTerms> promises;
        std::vector<ReceivedPayment> payments;
        std::int64_t received = 0;
        const auto someDay = [] { return day("2026-03-01").plusDays(*rc::gen::inRange(0, 60)); };
        for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
            promises.push_back({"x", day("2026-03-01"), someDay(), money(*rc::gen::inRange(1, 100000)), {}});
        for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
            const auto amount = *rc::gen::inRange(1, 100000);
            const bool reversed = *rc::gen::arbitrary<bool>();
            const auto on = someDay();
            payments.push_back({"p", on, money(amount), reversed ? std::optional(on.plusDays(3)) : std::nullopt});
            received += reversed ? 0 : amount;
        }
        std::int64_t got = 0;
        const auto standings = judgePromises(promises, payments, day("2026-06-01"), rules());
        for (std::size_t i = 0; i < standings.size(); ++i) {
            RC_ASSERT(standings[i].paidMinor <= promises[i].amount.minor());
            RC_ASSERT(standings[i].state != PromiseState::Open);
            got += standings[i].paidMinor;
        }
        RC_ASSERT(got <= received);
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(TestPromise)
#include "tst_promise.moc"
