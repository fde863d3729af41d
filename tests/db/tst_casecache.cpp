// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QTemporaryDir>

#include "db/casecache.h"
#include "tests/support/cachefixture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;
using db::CaseCache;
using db::QueueBucket;
using domain::wire::PullOp;
using test::caseNo;
using test::CaseSpec;

namespace {

base::Instant at(const char* text) { return *base::Instant::tryFromRfc3339(text); }

void addAll(std::vector<PullOp>& to, std::vector<PullOp> more) { to.insert(to.end(), more.begin(), more.end()); }

/// Everything visible, as one text, to compare two states.
std::string dump(CaseCache& cache)
{
    std::string all;
    for (const char* sql : {"SELECT group_concat(hex(case_id) || kind || hex(id) || version || hex(body), ';') FROM (SELECT * FROM row ORDER BY 1, 2, 3)",
                            "SELECT group_concat(hex(id) || business_no || debtor_name || coalesce(promise_due_on, '-') || version, ';') FROM (SELECT * FROM cases ORDER BY id)",
                            "SELECT group_concat(hex(id) || name, ';') FROM (SELECT * FROM parties ORDER BY id)",
                            "SELECT group_concat(hex(id) || value, ';') FROM (SELECT * FROM contact_points ORDER BY id)",
                            "SELECT group_concat(hex(id) || note, ';') FROM (SELECT * FROM events ORDER BY id)",
                            "SELECT group_concat(k.key || hex(c.id), ';') FROM (SELECT * FROM search_key ORDER BY key, ref) k JOIN cases c ON c.ref = k.ref",
                            "SELECT count(*) FROM search_doc", "SELECT group_concat(hex(case_id) || lease_until, ';') FROM lease"})
        all += cache.connection().text(sql).value() + "\n";
    return all;
}

} // namespace

class TestCaseCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
    }

    void nothingIsVisibleBeforeTheCheckpointIsComplete()
    {
        auto cache = open();
        QVERIFY_RESULT(cache.stagePage(test::page(test::caseOps({.number = 1}, 1), 8, false)));
        QCOMPARE(cache.applyStaged()->ops, 0);
        QCOMPARE(cache.caseCount().value(), 0);
        QCOMPARE(cache.syncState()->cursor, std::string("cursor-8-part"));
        QVERIFY_RESULT(cache.stagePage(test::page(test::caseOps({.number = 2}, 5), 8, true)));
        QVERIFY(cache.syncState()->stagingComplete);
        const auto outcome = cache.applyStaged();
        QVERIFY_RESULT(outcome);
        QCOMPARE(outcome->put, 8);
        QCOMPARE(outcome->unreadable, 0);
        QCOMPARE(outcome->changedCases.size(), std::size_t{2});
        QCOMPARE(cache.caseCount().value(), 2);
        QVERIFY(cache.syncState()->appliedAt.has_value());
        QCOMPARE(cache.applyStaged()->ops, 0);   // and only once
    }

    void stagedPagesSurviveARestart()
    {
        { auto cache = open(); QVERIFY_RESULT(cache.stagePage(test::page(test::caseOps({.number = 1}, 1), 4, true))); }
        auto cache = open();
        QVERIFY(!cache.wasRebuilt());
        QCOMPARE(cache.applyStaged()->put, 4);
    }

    void theBodyIsKeptVerbatim()
    {
        auto cache = open();
        const auto ops = test::caseOps({.number = 1}, 1);
        pull(cache, ops);
        auto query = cache.connection().prepare("SELECT body FROM row WHERE kind = 'debtor'");
        QVERIFY(query->step().value());
        QCOMPARE(std::string(base::asText(query->row().blobView(0))), ops[1].body);
    }

    void anyPageTwiceOrLateConverges()
    {
        auto cache = open();
        const auto old = test::caseOps({.number = 1, .name = "李四"}, 1);
        const auto fresh = test::caseOps({.number = 1, .name = "王五"}, 10);
        pull(cache, old);
        pull(cache, fresh);
        const auto expected = dump(cache);
        pull(cache, fresh);
        QCOMPARE(dump(cache), expected);
        pull(cache, old);   // an older page over newer rows
        QCOMPARE(dump(cache), expected);
        QCOMPARE(cache.listRow(caseNo(1)).value()->debtorName, std::string("王五"));
        QCOMPARE(cache.listRow(caseNo(1)).value()->version, 13);
    }

    void delAppliesOnlyToOlderRows()
    {
        auto cache = open();
        pull(cache, test::caseOps({.number = 1}, 10));
        pull(cache, {test::delOp("phone", test::phoneNo(1).uuid(), caseNo(1), 13)});   // the row is version 13 itself
        QCOMPARE(cache.caseDetail(caseNo(1)).value()->contactPoints.size(), std::size_t{1});
        pull(cache, {test::delOp("phone", test::phoneNo(1).uuid(), caseNo(1), 14)});
        QCOMPARE(cache.caseDetail(caseNo(1)).value()->contactPoints.size(), std::size_t{0});
        QVERIFY(cache.search("19900000001", 5)->empty());
        QCOMPARE(cache.listRow(caseNo(1)).value()->version, 14);
    }

    void revokeLeavesNothing()
    {
        auto cache = open();
        auto ops = test::caseOps({.number = 1, .name = "赵六"}, 1);
        addAll(ops, test::caseOps({.number = 2, .name = "钱七"}, 5));
        ops.push_back(test::promiseOp(1, 1, 9, "2026-03-02", domain::PromiseState::Open));
        ops.push_back(test::callEchoOp(1, 1, 10, "2026-03-01T10:00:00+08:00", "canary note"));
        pull(cache, ops);
        QVERIFY_RESULT(cache.stagePage(test::page({test::revokeOp(1, 20)}, 20)));
        const auto revokes = cache.stagedRevokes();
        QCOMPARE(revokes->size(), std::size_t{1});
        QCOMPARE(revokes->front().caseId, caseNo(1));
        const auto outcome = cache.applyStaged();
        QCOMPARE(outcome->revokedCases.size(), std::size_t{1});
        QVERIFY(outcome->changedCases.empty());
        QVERIFY(!cache.caseDetail(caseNo(1)).value());
        QVERIFY(cache.search("赵六", 5)->empty());
        QVERIFY(cache.callLog({}, {})->empty());
        QCOMPARE(cache.caseCount().value(), 1);
        auto expected = openFresh();
        pull(expected, test::caseOps({.number = 2, .name = "钱七"}, 5));
        QCOMPARE(dump(cache), dump(expected));
    }

    void aCaseThatComesBackInTheSameCheckpointIsThere()
    {
        auto cache = open();
        pull(cache, test::caseOps({.number = 1}, 1));
        std::vector<PullOp> ops{test::revokeOp(1, 20)};
        addAll(ops, test::caseOps({.number = 1, .name = "王五"}, 21));
        QVERIFY_RESULT(cache.stagePage(test::page(ops, 30)));
        const auto outcome = cache.applyStaged();
        QVERIFY(outcome->revokedCases.empty());
        QCOMPARE(outcome->changedCases.size(), std::size_t{1});
        QCOMPARE(cache.search("王五", 5)->size(), std::size_t{1});
    }

    void aMassDeletionIsHeldBack()
    {
        auto cache = open();
        std::vector<PullOp> ops;
        std::vector<PullOp> deletions;
        for (int i = 0; i < 40; ++i) {
            addAll(ops, test::caseOps({.number = i}, 1 + 4 * i));
            if (i < 10)
                deletions.push_back(test::delOp("case", caseNo(i).uuid(), caseNo(i), 1000 + i));
        }
        pull(cache, ops);
        QVERIFY_RESULT(cache.stagePage(test::page(deletions, 2000)));
        QVERIFY_FAILS(cache.applyStaged(), ErrorCode::Conflict);
        QCOMPARE(cache.caseCount().value(), 40);
        QVERIFY_RESULT(cache.applyStaged(true));
        QCOMPARE(cache.caseCount().value(), 30);
    }

    void rowsThisProgramCannotReadAreKept()
    {
        auto cache = open();
        auto ops = test::caseOps({.number = 1}, 1);
        ops.push_back(test::putOp("hologram", test::fixedUuid(1), caseNo(1), 5, {{"x", 1}}));
        ops.push_back(test::putOp("debtor", test::fixedUuid(2), caseNo(1), 6, {{"x", 1}}));
        ops.push_back(test::putOp("setting", test::fixedUuid(3), {}, 7, {{"name", "lease"}}));
        QVERIFY_RESULT(cache.stagePage(test::page(ops, 9)));
        const auto outcome = cache.applyStaged();
        QCOMPARE(outcome->put, 7);
        QCOMPARE(outcome->unreadable, 1);
        QCOMPARE(cache.caseDetail(caseNo(1)).value()->unreadableRows, 1);
        QCOMPARE(cache.rowsOfKind("setting")->front().second, std::string(R"({"name":"lease"})"));
    }

    void theQueueIsInWorkingOrder()
    {
        auto cache = open();
        std::vector<PullOp> ops;
        addAll(ops, test::caseOps({.number = 1, .priority = 5}, 1));
        addAll(ops, test::caseOps({.number = 2, .priority = 90}, 5));
        addAll(ops, test::caseOps({.number = 3, .priority = 1, .nextActionAt = at("2026-03-02T11:00:00+08:00")}, 9));
        addAll(ops, test::caseOps({.number = 4, .priority = 1}, 13));
        addAll(ops, test::caseOps({.number = 5, .priority = 1}, 17));
        addAll(ops, test::caseOps({.number = 6, .status = domain::CaseStatus::Paid}, 21));
        addAll(ops, test::caseOps({.number = 7, .priority = 2, .nextActionAt = at("2026-03-09T11:00:00+08:00")}, 25));
        ops.push_back(test::promiseOp(1, 4, 30, "2026-03-02", domain::PromiseState::Open));
        ops.push_back(test::promiseOp(2, 5, 31, "2026-02-20", domain::PromiseState::Broken));
        ops.push_back(test::promiseOp(3, 1, 32, "2026-02-01", domain::PromiseState::Broken));
        ops.push_back(test::promiseOp(4, 1, 33, "2026-03-20", domain::PromiseState::Open));   // a newer promise forgives the broken one
        pull(cache, ops);
        const auto moment = today();
        QCOMPARE(numbers(cache, QueueBucket::CallbackDue, moment), (std::vector<std::string>{"CN-2026-100003"}));
        QCOMPARE(numbers(cache, QueueBucket::PromiseDue, moment), (std::vector<std::string>{"CN-2026-100004"}));
        QCOMPARE(numbers(cache, QueueBucket::PromiseBroken, moment), (std::vector<std::string>{"CN-2026-100005"}));
        QCOMPARE(numbers(cache, QueueBucket::Priority, moment), (std::vector<std::string>{"CN-2026-100002", "CN-2026-100001", "CN-2026-100007"}));
        const auto summaries = cache.bucketSummaries(moment).value();
        QCOMPARE(summaries.size(), std::size_t{4});
        for (const auto& summary : summaries) {
            QCOMPARE(summary.count, summary.bucket == QueueBucket::Priority ? 3 : 1);
            QCOMPARE(summary.balanceMinor, summary.count * 100000);
            QCOMPARE(summary.currency, std::string("CNY"));
        }
        auto others = moment;
        others.assignedTo = test::idNo<domain::UserId>(99);
        QVERIFY(numbers(cache, QueueBucket::Priority, others).empty());
        QCOMPARE(cache.queue(QueueBucket::Priority, moment, {1, 1})->front().businessNo, std::string("CN-2026-100001"));
    }

    void oneCaseComesWithEverything()
    {
        auto cache = open();
        auto ops = test::caseOps({.number = 1, .personKey = "p1"}, 1);
        addAll(ops, test::caseOps({.number = 2, .personKey = "p1"}, 5));
        ops.push_back(test::promiseOp(1, 1, 9, "2026-03-02", domain::PromiseState::Open));
        ops.push_back(test::callEchoOp(1, 1, 10, "2026-03-01T10:00:00+08:00", "first"));
        ops.push_back(test::callEchoOp(2, 1, 11, "2026-02-01T10:00:00+08:00", "earlier"));
        PullOp lease;
        lease.op = "lease";
        lease.seq = 12;
        lease.leaseUntil = at("2026-03-09T00:00:00Z");
        ops.push_back(lease);
        pull(cache, ops);
        const auto detail = cache.caseDetail(caseNo(1)).value();
        QVERIFY(detail);
        QCOMPARE(detail->parties.front().name.reveal(), std::string("张三"));
        QCOMPARE(detail->accounts.size(), std::size_t{1});
        QCOMPARE(detail->contactPoints.size(), std::size_t{1});
        QCOMPARE(detail->promises.size(), std::size_t{1});
        QCOMPARE(detail->events.size(), std::size_t{2});
        QCOMPARE(detail->version, 11);
        QCOMPARE(detail->leaseUntil, std::optional(at("2026-03-09T00:00:00Z")));
        QCOMPARE(cache.casesOfPerson("p1", caseNo(1))->front().id, caseNo(2));
        QVERIFY(cache.casesOfPerson("", caseNo(1))->empty());
        const auto history = cache.contactHistory(caseNo(1), at("2026-02-15T00:00:00Z")).value();
        QCOMPARE(history.size(), std::size_t{1});
        QCOMPARE(history[0].contactPointId, std::optional(test::phoneNo(1)));
        QCOMPARE(history[0].accountIds.size(), std::size_t{1});
        QVERIFY(history[0].rightParty);
        QVERIFY(cache.echoExists(history[0].eventId).value());
        QVERIFY(!cache.echoExists(test::idNo<domain::EventId>(5)).value());
    }

    void theCallLogFilters_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("actor");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        const QString none;
        QTest::newRow("everything") << none << none << 0 << none << none << 3;
        QTest::newRow("from is inclusive") << QStringLiteral("2026-03-02T10:00:00+08:00") << none << 0 << none << none << 2;
        QTest::newRow("to is exclusive") << none << QStringLiteral("2026-03-02T10:00:00+08:00") << 0 << none << none << 1;
        QTest::newRow("by actor") << none << none << 30 << none << none << 3;
        QTest::newRow("by another actor") << none << none << 31 << none << none << 0;
        QTest::newRow("by outcome") << none << none << 0 << QStringLiteral("promise") << none << 3;
        QTest::newRow("by unknown outcome") << none << none << 0 << QStringLiteral("refused") << none << 0;
        QTest::newRow("text of the note") << none << none << 0 << none << QStringLiteral("周五") << 1;
        QTest::newRow("case number") << none << none << 0 << none << QStringLiteral("100002") << 1;
        QTest::newRow("name") << none << none << 0 << none << QStringLiteral("李四") << 1;
        QTest::newRow("a quote is a quote") << none << none << 0 << none << QStringLiteral("' OR 1=1 --") << 0;
    }
    void theCallLogFilters()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, actor);
        QFETCH(QString, outcome);
        QFETCH(QString, text);
        QFETCH(int, count);
        auto cache = open();
        auto ops = test::caseOps({.number = 1}, 1);
        addAll(ops, test::caseOps({.number = 2, .name = "李四"}, 5));
        ops.push_back(test::callEchoOp(1, 1, 10, "2026-03-01T10:00:00+08:00", "承诺周五还款"));
        ops.push_back(test::callEchoOp(2, 1, 11, "2026-03-02T10:00:00+08:00", "second"));
        ops.push_back(test::callEchoOp(3, 2, 12, "2026-03-03T10:00:00+08:00", "third"));
        ops.push_back(test::userOp(30, 13, "Ben Example"));
        pull(cache, ops);
        db::CallLogFilter filter;
        filter.from = base::Instant::tryFromRfc3339(from.toStdString());
        filter.to = base::Instant::tryFromRfc3339(to.toStdString());
        if (actor)
            filter.actorId = test::idNo<domain::UserId>(actor);
        filter.outcome = outcome.toStdString();
        filter.text = text.toStdString();
        const auto rows = cache.callLog(filter, {}).value();
        QCOMPARE(static_cast<int>(rows.size()), count);
        QCOMPARE(cache.callLogCount(filter).value(), count);
        if (count == 3) {
            QVERIFY(rows[0].at > rows[1].at);
            QCOMPARE(rows[0].actorName, std::string("Ben Example"));
            QCOMPARE(rows[0].debtorName, std::string("李四"));
        }
    }

    /// Every access of "apply a checkpoint" fails once: what is visible stays as it was, and the next try brings everything.
    void everyFailingAccessLeavesTheOldView()
    {
        auto cache = open();
        auto ops = test::caseOps({.number = 1, .name = "李四"}, 1);
        pull(cache, ops);
        const auto before = dump(cache);
        std::vector<PullOp> next = test::caseOps({.number = 1, .name = "王五"}, 10);
        addAll(next, test::caseOps({.number = 2}, 14));
        next.push_back(test::promiseOp(1, 1, 20, "2026-03-02", domain::PromiseState::Open));
        next.push_back(test::callEchoOp(1, 1, 21, "2026-03-01T10:00:00+08:00", "note"));
        const auto stagingFaults = failInTurn(cache, [&] { return cache.stagePage(test::page(next, 30)); },
                                              [&] { return dump(cache) == before && cache.syncState()->upto == 100; });
        QVERIFY2(stagingFaults > 3, qPrintable(QString::number(stagingFaults)));
        const auto applyFaults = failInTurn(cache, [&]() -> base::Result<> { EVENHAND_TRY(cache.applyStaged()); return {}; },
                                            [&] { return dump(cache) == before && cache.syncState()->stagingComplete; });
        QVERIFY2(applyFaults > 60, qPrintable(QString::number(applyFaults)));
        auto expected = openFresh();
        pull(expected, ops);
        pull(expected, next);
        QCOMPARE(dump(cache), dump(expected));
    }

    void aCacheThatCannotBeUsedIsRebuilt_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char* damage : {"wrong key", "not a database", "newer version", "truncated", "empty"})
            QTest::newRow(damage) << QString::fromLatin1(damage);
    }
    void aCacheThatCannotBeUsedIsRebuilt()
    {
        QFETCH(QString, damage);
        { auto cache = open(); pull(cache, test::caseOps({.number = 1}, 1)); QVERIFY_RESULT(cache.connection().checkpoint()); }
        const auto path = QString::fromStdString(m_folder + "/cache.db");
        auto config = test::cacheConfig(m_folder);
        if (damage == QStringLiteral("wrong key"))
            config.key = test::fixedKey(9);
        else if (damage == QStringLiteral("truncated"))
            QVERIFY(QFile::resize(path, 5000));
        else if (damage == QStringLiteral("empty"))
            QVERIFY(QFile::resize(path, 0));
        else if (damage == QStringLiteral("newer version"))
            QVERIFY_RESULT(sqlite::Connection::open({.path = config.path, .rawKey = config.key.bytes()})
                               ->runScript("UPDATE schema_history SET min_compatible = 9; PRAGMA user_version = 9;"));
        else {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(9000, 'n'));
        }
        auto cache = CaseCache::open(std::move(config), m_clock);
        QVERIFY_RESULT(cache);
        QVERIFY(cache->wasRebuilt() || damage == QStringLiteral("empty"));
        QCOMPARE(cache->caseCount().value(), 0);
        QCOMPARE(cache->syncState()->cursor, std::string());
        pull(*cache, test::caseOps({.number = 1}, 1));
        QCOMPARE(cache->caseCount().value(), 1);
    }

    void thePullCanStartAgain()
    {
        auto cache = open();
        pull(cache, test::caseOps({.number = 1}, 1));
        QVERIFY_RESULT(cache.restartPull(0, false));
        QCOMPARE(cache.syncState()->cursor, std::string());
        QCOMPARE(cache.caseCount().value(), 1);
        QVERIFY_RESULT(cache.restartPull(0, true));
        QCOMPARE(cache.caseCount().value(), 0);
        QVERIFY(cache.search("zs", 5)->empty());
    }

    void trustedTimeNeverFalls()
    {
        auto cache = open();
        QVERIFY(!cache.timeFloor().value());
        QVERIFY_RESULT(cache.raiseTimeFloor(at("2026-03-02T00:00:00Z")));
        QVERIFY_RESULT(cache.raiseTimeFloor(at("2026-03-01T00:00:00Z")));
        QCOMPARE(cache.timeFloor().value(), std::optional(at("2026-03-02T00:00:00Z")));
    }

private:
    CaseCache open()
    {
        auto cache = CaseCache::open(test::cacheConfig(m_folder), m_clock);
        if (!cache)
            qFatal("%s", cache.error().detail.c_str());
        return std::move(*cache);
    }
    /// Runs `action` with access 0, 1, 2 … failing until one run is clean; returns how many failed, or −1 when `unchanged` was
    /// not true after a failure.
    static int failInTurn(CaseCache& cache, const std::function<base::Result<>()>& action, const std::function<bool()>& unchanged)
    {
        for (int n = 0;; ++n) {
            cache.connection().failAfter(n);
            const auto done = action();
            const bool fired = cache.connection().faultFired();
            cache.connection().failAfter(-1);
            if (!fired)
                return done ? n : -1;
            if (done || done.error().code != ErrorCode::Storage || !unchanged())
                return -1;
        }
    }
    CaseCache openFresh()
    {
        m_second = std::make_unique<QTemporaryDir>();
        return std::move(CaseCache::open(test::cacheConfig(m_second->path().toStdString()), m_clock).value());
    }
    static void pull(CaseCache& cache, const std::vector<PullOp>& ops)
    {
        QVERIFY_RESULT(cache.stagePage(test::page(ops, 100)));
        QVERIFY_RESULT(cache.applyStaged());
    }
    static db::QueueMoment today() { return {at("2026-03-02T23:59:59+08:00"), *base::Date::tryFromIso("2026-03-02"), test::idNo<domain::UserId>(3)}; }
    static std::vector<std::string> numbers(const CaseCache& cache, QueueBucket bucket, const db::QueueMoment& moment)
    {
        std::vector<std::string> all;
        const auto rows = cache.queue(bucket, moment, {});
        for (const auto& row : *rows)
            all.push_back(row.businessNo);
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::unique_ptr<QTemporaryDir> m_second;
    std::string m_folder;
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestCaseCache)
#include "tst_casecache.moc"
