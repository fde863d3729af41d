// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <random>
#include <thread>

#include <QTest>

#include "tests/server/office.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::server;

namespace {

constexpr int kWriters = 8;

/// Writers that hold their transaction for a while before they commit, and one reader with a cursor that looks every few milliseconds.
class Race {
public:
    using Write = std::function<void(Store&, const domain::UserId&, std::mt19937&)>;   // one change

    Race(test::Office& office, const UserRecord& user, int changes) : m_office(office), m_user(user), m_changes(changes) {}

    /// How often each change was seen, by its number.
    std::map<std::int64_t, int> run(const Write& write)
    {
        std::atomic<int> running = kWriters;
        std::vector<std::thread> writers;
        for (int i = 0; i < kWriters; ++i) {
            writers.emplace_back([&, i] {
                std::mt19937 random(static_cast<unsigned>(i) + 1);
                auto store = *Store::open(m_office.url(), StoreMode::ReadWrite, m_office.clock);
                for (int n = 0; n < m_changes; ++n)
                    write(store, m_user.id, random);
                --running;
            });
        }
        auto reader = *Store::open(m_office.url(), StoreMode::ReadOnly, m_office.clock);
        std::array<std::uint8_t, 16> last{};
        last.fill(0xff);
        FeedPosition position{m_before, base::Uuid(last), -1};
        std::map<std::int64_t, int> seen;
        for (bool again = true; again;) {
            again = running > 0;   // one more look after the last writer
            const auto upto = *reader.lastSeq();
            for (const auto& entry : *reader.viewLog().entriesAfter(m_user.id, position, upto, 1'000'000))
                ++seen[entry.seq];
            position.seq = upto;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        for (auto& writer : writers)
            writer.join();
        return seen;
    }
    [[nodiscard]] std::size_t expected() const { return static_cast<std::size_t>(kWriters) * static_cast<std::size_t>(m_changes); }
    void beginAfter(std::int64_t seq) { m_before = seq; }

private:
    test::Office& m_office;
    const UserRecord& m_user;
    int m_changes;
    std::int64_t m_before = 0;
};

// The others may keep the place longer than one waits for it.
SqlTransaction begun(Store& store)
{
    for (;;) {
        if (auto transaction = store.begin())
            return *std::move(transaction);
    }
}

void pause(std::mt19937& random, int upToMs)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<int>(0, upToMs)(random)));
}

} // namespace

/// Promise P8: no change is skipped by a cursor, however late its transaction commits. 8 writers, 25 changes each, up to 4 ms before the commit;
/// EVENHAND_TORTURE=1: 12,500 each. The control hands out the number before the transaction, as a database sequence does.
class TestFeedOrder : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (qEnvironmentVariableIsSet("EVENHAND_TORTURE"))
            qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    }

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void everyChangeIsSeenOnce();
    void numbersHandedOutEarlyWouldBeSkipped();
};

void TestFeedOrder::everyChangeIsSeenOnce()
{
    test::Office office;
    const auto user = office.addUser("agent", domain::UserRole::Agent, "north");
    Race race(office, user, qEnvironmentVariableIsSet("EVENHAND_TORTURE") ? 12'500 : 25);
    race.beginAfter(*office.store().lastSeq());
    const auto seen = race.run([](Store& store, const domain::UserId& id, std::mt19937& random) {
        auto transaction = begun(store);
        const auto seq = *store.nextSeq();
        pause(random, 4);
        if (!store.viewLog().append(id, {seq, base::Uuid::random(), FeedOp::Change}) || !transaction.commit())
            qFatal("a change cannot be written");
        pause(random, 4);
    });
    QCOMPARE(seen.size(), race.expected());
    for (const auto& [seq, times] : seen)
        QCOMPARE(times, 1);
}

void TestFeedOrder::numbersHandedOutEarlyWouldBeSkipped()
{
    test::Office office;
    const auto user = office.addUser("agent", domain::UserRole::Agent, "north");
    Race race(office, user, 25);
    race.beginAfter(*office.store().lastSeq());
    const auto inTransaction = [](Store& store, auto work) {
        auto transaction = begun(store);
        const auto value = work();
        if (!transaction.commit())
            qFatal("a transaction cannot be committed");
        return value;
    };
    const auto seen = race.run([&](Store& store, const domain::UserId& id, std::mt19937& random) {
        const auto seq = inTransaction(store, [&] { return *store.nextSeq(); });
        pause(random, 20);
        inTransaction(store, [&] { return store.viewLog().append(id, {seq, base::Uuid::random(), FeedOp::Change}).has_value(); });
    });
    QVERIFY2(seen.size() < race.expected(), "the naive cursor skipped nothing: the race does not test what it claims");
}

QTEST_GUILESS_MAIN(TestFeedOrder)
#include "tst_feedorder.moc"
