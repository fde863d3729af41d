// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QTest>
#include <QTimeZone>

#include <rapidcheck.h>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "tests/support/testresult.h"

using namespace evenhand::base;

class TestTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRfc3339_data();
    void readsRfc3339();
    void refusesOtherTimes_data();
    void refusesOtherTimes();
    void instantsReadBack();
    void datesKnowTheCalendar();
    void zonesKnowSummerTime();
    void offsetsAreThoseOfTheSystem();
    void instantOfIsTheInverseOfTheLocalClock();
};

void TestTime::readsRfc3339_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("Shanghai") << QStringLiteral("2026-03-02T21:59:59+08:00") << QStringLiteral("2026-03-02T13:59:59.000Z");
    QTest::newRow("New York") << QStringLiteral("2022-02-22T14:22:22-05:00") << QStringLiteral("2022-02-22T19:22:22.000Z");
    QTest::newRow("decimals below a millisecond are cut") << QStringLiteral("2026-01-01T00:00:00.1239Z") << QStringLiteral("2026-01-01T00:00:00.123Z");
    QTest::newRow("leap day") << QStringLiteral("2024-02-29T00:00:00Z") << QStringLiteral("2024-02-29T00:00:00.000Z");
    QTest::newRow("before 1970") << QStringLiteral("1969-12-31T23:59:59.500Z") << QStringLiteral("1969-12-31T23:59:59.500Z");
}

void TestTime::readsRfc3339()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const auto instant = Instant::tryFromRfc3339(text.toStdString());
    QVERIFY(instant);
    QCOMPARE(QString::fromStdString(instant->toRfc3339Utc()), utc);
}

void TestTime::refusesOtherTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : {"", "2026-03-02", "2026-03-02T21:59:59", "2026-02-30T00:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T21:60:00Z",
                             "2026-03-02T21:59:59+25:00", "2026-03-02T21:59:59.Z", "2026-03-02T21:59:59Zx", "02/03/2026"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestTime::refusesOtherTimes()
{
    QFETCH(QString, text);
    QVERIFY(!Instant::tryFromRfc3339(text.toStdString()));
}

void TestTime::instantsReadBack()
{
    QVERIFY(rc::check("every instant survives its text", [] {
        const auto instant = Instant::fromMilliseconds(*rc::gen::inRange<std::int64_t>(-2000000000000, 4000000000000));
        const auto offset = *rc::gen::inRange(-720, 841);
        RC_ASSERT(Instant::tryFromRfc3339(instant.toRfc3339Utc()) == instant);
        RC_ASSERT(Instant::tryFromRfc3339(instant.toRfc3339(offset)) == instant);
    }));
}

void TestTime::datesKnowTheCalendar()
{
    QVERIFY(!Date::tryFromIso("2026-02-31"));
    QVERIFY(!Date::tryFromIso("2026-2-3"));
    QCOMPARE(Date::tryFromIso("2026-01-31")->plusMonths(1).toIso(), std::string("2026-02-28"));
    QCOMPARE(Date::tryFromIso("2024-01-31")->plusMonths(1).toIso(), std::string("2024-02-29"));
    QCOMPARE(Date::tryFromIso("2026-12-31")->plusDays(1).toIso(), std::string("2027-01-01"));
    QCOMPARE(Date::tryFromIso("2026-11-23")->weekday(), 1);
}

void TestTime::zonesKnowSummerTime()
{
    const auto newYork = TimeZone::tryFromName("America/New_York");
    QVERIFY(newYork);
    QVERIFY(!TimeZone::tryFromName("Mars/Olympus"));
    QVERIFY(!TimeZone::tryFromName(""));
    QCOMPARE(newYork->utcOffsetMinutes(*Instant::tryFromRfc3339("2026-01-15T12:00:00Z")), -300);
    QCOMPARE(newYork->utcOffsetMinutes(*Instant::tryFromRfc3339("2026-07-15T12:00:00Z")), -240);
    // 2026-03-08 02:30 does not exist in New York: the clock jumps from 02:00 to 03:00 at 07:00Z
    QCOMPARE(newYork->instantOf(*Date::tryFromIso("2026-03-08"), 2 * 3600 + 1800).toRfc3339Utc(), std::string("2026-03-08T07:00:00.000Z"));
    // 2026-11-01 01:30 exists twice: the first one counts
    QCOMPARE(newYork->instantOf(*Date::tryFromIso("2026-11-01"), 3600 + 1800).toRfc3339Utc(), std::string("2026-11-01T05:30:00.000Z"));
}

void TestTime::offsetsAreThoseOfTheSystem()
{
    QVERIFY(rc::check("every zone has the offset the system's database gives, before and after the table too", [] {
        const std::string name = *rc::gen::element("Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Europe/London", "Pacific/Apia", "Australia/Lord_Howe");
        const auto instant = Instant::fromMilliseconds(*rc::gen::inRange<std::int64_t>(-1000000000000, 4500000000000));
        const auto utc = QDateTime::fromMSecsSinceEpoch(instant.milliseconds(), Qt::UTC);
        RC_ASSERT(TimeZone::tryFromName(name)->utcOffsetMinutes(instant) == QTimeZone(QByteArray::fromStdString(name)).offsetFromUtc(utc) / 60);
    }));
    // The last second before a change and the change itself.
    const auto newYork = *TimeZone::tryFromName("America/New_York");
    QCOMPARE(newYork.utcOffsetMinutes(*Instant::tryFromRfc3339("2026-03-08T06:59:59.999Z")), -300);
    QCOMPARE(newYork.utcOffsetMinutes(*Instant::tryFromRfc3339("2026-03-08T07:00:00Z")), -240);
}

void TestTime::instantOfIsTheInverseOfTheLocalClock()
{
    QVERIFY(rc::check("local clock and instantOf agree outside the hours that are skipped or repeated", [] {
        const auto zone = *TimeZone::tryFromName(*rc::gen::element("Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Europe/London", "UTC"));
        const auto instant = Instant::fromSeconds(*rc::gen::inRange<std::int64_t>(1500000000, 1900000000));
        const auto again = zone.instantOf(zone.dateAt(instant), zone.secondOfDayAt(instant));
        RC_ASSERT(zone.dateAt(again) == zone.dateAt(instant));
        RC_ASSERT(zone.secondOfDayAt(again) == zone.secondOfDayAt(instant));
        RC_ASSERT(again <= instant);
    }));
}

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
