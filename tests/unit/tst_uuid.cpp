// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <set>
#include <type_traits>

#include "app/base/crypto.h"
#include "app/base/uuid.h"
#include "app/domain/ids.h"
#include "tests/support/testresult.h"

using namespace evenhand::base;

static_assert(!std::is_default_constructible_v<Uuid>, "there is no empty UUID");
static_assert(!std::is_convertible_v<evenhand::domain::CaseId, evenhand::domain::PartyId>, "ids of different things do not mix");
static_assert(!std::is_convertible_v<Uuid, evenhand::domain::CaseId>, "an id is made on purpose");

namespace {

class SteppingClock final : public Clock {
public:
    Instant time = Instant::fromMilliseconds(1645557742000);
    [[nodiscard]] Instant now() const override { return time; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return 0; }
    [[nodiscard]] std::string bootId() const override { return {}; }
};

} // namespace

class TestUuid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { initialiseCrypto(); }
    void readsTextForms();
    void version7CarriesTheTime();
    void version7GrowsThoughTheClockGoesBack();
    void namesGiveTheSameIdAgain();
};

void TestUuid::readsTextForms()
{
    const std::string text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    QCOMPARE(Uuid::tryFromString(text)->toString(), text);
    QCOMPARE(Uuid::tryFromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->toString(), text);
    for (const auto* wrong : {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                              "017f22e2-79b0-7cc3-98c4dc-0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"})
        QVERIFY2(!Uuid::tryFromString(wrong), wrong);
}

void TestUuid::version7CarriesTheTime()
{
    const SteppingClock clock;
    const auto uuid = UuidV7Generator(clock).next();
    QVERIFY(uuid.toString().starts_with("017f22e2-79b0-7"));   // RFC 9562 A.6
    QCOMPARE(uuid.version(), 7);
    QCOMPARE(uuid.bytes()[8] >> 6, 2);
}

void TestUuid::version7GrowsThoughTheClockGoesBack()
{
    SteppingClock clock;
    UuidV7Generator generator(clock);
    auto last = generator.next();
    for (int i = 0; i < 10000; ++i) {
        if (i % 100 == 0)
            clock.time = clock.time.plusMilliseconds(i % 300 == 0 ? -5000 : 1);
        const auto next = generator.next();
        QVERIFY(next > last);
        QCOMPARE(next.version(), 7);
        QCOMPARE(next.bytes()[8] >> 6, 2);
        last = next;
    }
    UuidV7Generator restarted(clock);
    restarted.continueAfter(last);
    QVERIFY(restarted.next() > last);
}

void TestUuid::namesGiveTheSameIdAgain()
{
    QCOMPARE(Uuid::fromName("case", "A-1"), Uuid::fromName("case", "A-1"));
    QVERIFY(Uuid::fromName("case", "A-1") != Uuid::fromName("account", "A-1"));
    QVERIFY(Uuid::fromName("a", "bc") != Uuid::fromName("ab", "c"));
    QCOMPARE(Uuid::fromName("case", "A-1").version(), 8);
}

QTEST_GUILESS_MAIN(TestUuid)
#include "tst_uuid.moc"
