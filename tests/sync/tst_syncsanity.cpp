// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <optional>

#include <QCryptographicHash>
#include <QFile>
#include <QObject>
#include <QRandomGenerator>
#include <QTest>

#include "app/sync/trustedtime.h"
#include "tests/support/testresult.h"
#include "tests/sync/workstation.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

int scaled(int normal, int full) { return qEnvironmentVariableIsSet("EVENHAND_TORTURE") ? full : normal; }

QByteArray hashOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

/// The rows of the cache as text, rot included.
std::string rowsOf(db::CaseCache& cache)
{
    std::string all;
    auto query = cache.connection().prepare("SELECT hex(case_id) || kind || hex(id) || ' ' || version || ' ' || hex(body) FROM row ORDER BY 1");
    const auto lines = query->rows([](sqlite::Row row) { return row.text(0); });
    for (const auto& line : *lines)
        all += line + "\n";
    return all;
}

void fill(World& world, int cases)
{
    for (int i = 5; i <= cases; ++i)
        world.server.putCase(aCase(i));
}

} // namespace

/// P11 to P14 at the workstation: what is taken away, what may be read for how long, and whether both sides hold the same rows.
class TestSyncSanity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    // ---- P13

    // 150 rows here, 10,000 under torture.
    void aRottenRowIsFoundAndOnlyItsBucketFetched_data()
    {
        QTest::addColumn<bool>("serverComparesDigests");
        QTest::addRow("found, put right, one bucket fetched") << true;
        QTest::addRow("negative control: without digests it stays rotten") << false;
    }
    void aRottenRowIsFoundAndOnlyItsBucketFetched()
    {
        QFETCH(const bool, serverComparesDigests);
        World world;
        world.server.pageRows = 500;
        fill(world, 320);
        if (!serverComparesDigests)
            world.server.features.erase("digest");
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY(ws.oneRound());
        const auto sound = rowsOf(*ws.cache);
        const auto journal = hashOf(ws.folderPath() + "/journal.db");
        const auto total = ws.cache->connection().integer("SELECT sum(length(body)) FROM row").value();
        QRandomGenerator random(20261201);
        std::int64_t served = 0;
        const int rots = serverComparesDigests ? scaled(150, 10'000) : 1;
        for (int i = 0; i < rots; ++i) {
            const auto row = random.bounded(1, 320);
            const char* const rot[] = {"UPDATE row SET body = CAST(substr(body, 2) AS BLOB) WHERE rowid = ", "UPDATE row SET version = version - 1 WHERE rowid = ",
                                       "DELETE FROM row WHERE rowid = ", "UPDATE row SET kind = 'phone' WHERE rowid = ", "UPDATE row SET version = 900000 WHERE rowid = "};
            const auto which = rot[i % std::ssize(rot)] + std::string("(SELECT rowid FROM row ORDER BY rowid LIMIT 1 OFFSET ") + std::to_string(row) + ")";
            QVERIFY_RESULT(ws.cache->connection().execute(which));
            QVERIFY(rowsOf(*ws.cache) != sound);
            world.server.bytesServed = world.server.bucketsServed = 0;
            ws.engine->checkNow();
            QVERIFY(world.time.runUntil([&] { return ws.engine->status().phase == sync::Phase::Idle; }, kHour));
            if (!serverComparesDigests) {
                QVERIFY(rowsOf(*ws.cache) != sound);
                return;
            }
            QVERIFY2(rowsOf(*ws.cache) == sound, qPrintable(QString::fromStdString(which)));
            QCOMPARE(world.server.bucketsServed, 1);
            served += world.server.bytesServed;
        }
        // A row is likelier to lie in a large bucket, hence a little more than a 64th on average.
        QVERIFY2(served * 64 <= total * rots * 3 / 2, qPrintable(QStringLiteral("%1 bytes for each of %2").arg(served / rots).arg(total)));
        QCOMPARE(hashOf(ws.folderPath() + "/journal.db"), journal);
        QCOMPARE(ws.engine->status().resyncs, 0);
        QVERIFY2(!world.server.reported().empty(), "each mismatch is reported");
    }

    void rotIsFoundWithinADayWithoutAnybodyAsking()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        const auto sound = rowsOf(*ws.cache);
        QVERIFY_RESULT(ws.cache->connection().execute("UPDATE row SET body = x'7b7d' WHERE rowid = 2"));
        QVERIFY(world.time.runUntil([&] { return rowsOf(*ws.cache) == sound; }, kDay + kHour));
    }

    void wrongSumsOverSoundRowsCostNoRepair()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY_RESULT(ws.cache->connection().execute("DELETE FROM bucket"));   // as after an upgrade from a file without sums
        world.server.putCase(aCase(9));
        world.server.bucketsServed = 0;
        QVERIFY(ws.oneRound());
        QCOMPARE(world.server.bucketsServed, 0);
        QCOMPARE(ws.engine->status().repairedBuckets, 0);
    }

    void aBucketThatDiffersThreeTimesIsFetchedWithEverythingElse()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        const auto sound = rowsOf(*ws.cache);
        // Something here spoils the row again after each repair.
        QVERIFY_RESULT(ws.cache->connection().execute("CREATE TRIGGER spoil AFTER INSERT ON row BEGIN UPDATE row SET body = x'7b7d' WHERE rowid = NEW.rowid; END"));
        QVERIFY_RESULT(ws.cache->connection().execute("UPDATE row SET body = x'7b7d' WHERE rowid = 2"));
        ws.engine->checkNow();
        QVERIFY(world.time.runUntil([&] { return ws.engine->status().resyncs == 1 && ws.engine->status().phase == sync::Phase::Idle; }, kDay));
        QCOMPARE(ws.engine->status().repairedBuckets, 2);
        QCOMPARE(rowsOf(*ws.cache), sound);
    }

    // ---- P14

    // Killed after each request in turn and at 60 random moments; 500 under torture.
    void killedInAFullResyncItIsTheOldFileOrTheNewOne_data()
    {
        QTest::addColumn<bool>("serverHasSnapshots");
        QTest::addRow("the old rows or the new ones, never a mix") << true;
        QTest::addRow("negative control: rebuilt in place, a kill leaves less") << false;
    }
    void killedInAFullResyncItIsTheOldFileOrTheNewOne()
    {
        QFETCH(const bool, serverHasSnapshots);
        World world;
        fill(world, 40);
        if (!serverHasSnapshots)
            world.server.features.erase("snapshot");
        Workstation ws(world.server, world.clock, world.time);
        ws.timing.firstRetryMs = 1'000;
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY(ws.oneRound());
        const auto journal = hashOf(ws.folderPath() + "/journal.db");
        QRandomGenerator random(20261202);
        bool lessWasSeen = false;
        const int kills = scaled(60, 500);
        int finished = 0;
        for (int i = 0; i < kills; ++i) {
            const auto before = rowsOf(*ws.cache);
            world.server.resyncsToDemand = 1;
            ws.engine->kick();
            static_cast<void>(world.time.runUntil([] { return false; }, random.bounded(900)));   // a whole resync takes about 400 ms of virtual time
            QVERIFY_RESULT(ws.restart());
            const auto after = rowsOf(*ws.cache);
            lessWasSeen = lessWasSeen || after.size() < before.size();
            if (serverHasSnapshots)
                QCOMPARE(after, before);   // the server's rows did not change: old and new are the same bytes
            finished += ws.cache->rebuildExists() ? 0 : 1;
            world.server.resyncsToDemand = 0;
        }
        QCOMPARE(lessWasSeen, !serverHasSnapshots);
        QVERIFY(!serverHasSnapshots || (finished > 0 && finished < kills));
        ws.engine->kick();
        QVERIFY(ws.settle());
        QCOMPARE(ws.visibleState(40), world.server.visibleState());
        QCOMPARE(hashOf(ws.folderPath() + "/journal.db"), journal);
    }

    void aResyncGoesOnWhereItWasKilled()
    {
        World world;
        fill(world, 60);
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        world.server.resyncsToDemand = 1;
        ws.engine->kick();
        world.server.bytesServed = 0;
        QVERIFY(world.time.runUntil([&] { return world.server.bytesServed > 0; }, kHour));
        static_cast<void>(world.time.runUntil([] { return false; }, 200));
        const auto first = world.server.bytesServed;
        QVERIFY_RESULT(ws.restart());
        QVERIFY(ws.cache->rebuildExists());
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY(first > 0);
        const auto total = ws.cache->connection().integer("SELECT sum(length(body)) FROM row").value();
        QVERIFY2(world.server.bytesServed < total + first, "pages that were here were not fetched again");
        QVERIFY(!ws.cache->rebuildExists());
        QCOMPARE(ws.visibleState(60), world.server.visibleState());
    }

    void everyFailingAccessOfAResyncLeavesOldOrNew()
    {
        for (int n = 0;; ++n) {
            World world;
            Workstation ws(world.server, world.clock, world.time);
            QVERIFY_RESULT(ws.open());
            ws.engine->kick();
            QVERIFY(ws.settle());
            const auto sound = rowsOf(*ws.cache);
            world.server.resyncsToDemand = 1;
            ws.failDatabaseAfter(false, n);
            QVERIFY(ws.oneRound());
            const bool fired = ws.faultFired(false);
            ws.failDatabaseAfter(false, -1);
            QCOMPARE(rowsOf(*ws.cache), sound);
            QVERIFY2(ws.settle(), qPrintable(QStringLiteral("access %1").arg(n)));
            QCOMPARE(rowsOf(*ws.cache), sound);
            if (!fired)
                break;
            QVERIFY2(n < 500, "no clean run reached");
        }
    }

    void aDamagedCacheIsFetchedAgainAndTheJournalIsNot()
    {
        World world;
        fill(world, 200);
        world.server.pageRows = 500;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY(ws.oneRound());
        const auto journal = hashOf(ws.folderPath() + "/journal.db");
        const auto sound = ws.visibleState(200);
        ws.close();
        QFile file(QString::fromStdString(ws.folderPath() + "/cache.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 at = 5 * 4096; at + 100 < file.size(); at += 4096) {   // every page but the first ones: some rows cannot be read
            QVERIFY(file.seek(at + 50) && file.write("rot") == 3);
        }
        file.close();
        QVERIFY_RESULT(ws.open());
        ws.engine->checkNow();
        QVERIFY(world.time.runUntil([&] { return ws.visibleState(200) == sound; }, kDay));
        QCOMPARE(hashOf(ws.folderPath() + "/journal.db"), journal);
    }

    // Both ways of going without an order: a del, and not being mentioned in a new snapshot.
    void moreThanAFifthWithoutAnOrderIsHeldAndShown_data()
    {
        QTest::addColumn<bool>("asDel");
        QTest::addColumn<int>("gone");
        QTest::addColumn<bool>("held");
        QTest::addRow("12 of 40 by del: held") << true << 12 << true;
        QTest::addRow("8 of 40 by del: applied") << true << 8 << false;
        QTest::addRow("12 of 40 not in the snapshot: held") << false << 12 << true;
        QTest::addRow("8 of 40 not in the snapshot: applied, and told") << false << 8 << false;
    }
    void moreThanAFifthWithoutAnOrderIsHeldAndShown()
    {
        QFETCH(const bool, asDel);
        QFETCH(const int, gone);
        QFETCH(const bool, held);
        World world;
        fill(world, 40);
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        for (int i = 1; i <= gone; ++i)
            world.server.forgetCase(idNo<domain::CaseId>(i), asDel);
        world.server.resyncsToDemand = asDel ? 0 : 1;
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.cache->caseCount().value(), std::int64_t{held ? 40 : 40 - gone});
        QCOMPARE(ws.engine->status().heldDeletion.has_value(), held);
        QCOMPARE(ws.engine->status().missingCases, std::int64_t{!held && !asDel ? gone : 0});
        if (!held)
            return;
        QCOMPARE(ws.engine->status().heldDeletion->removed, std::int64_t{gone});
        QCOMPARE(ws.engine->status().lastFailure->failure.problem, std::string("mass_deletion_held"));
        QVERIFY_RESULT(ws.logCall(30));
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.pending(), 0);   // what is recorded goes up all the same
        QCOMPARE(ws.cache->caseCount().value(), std::int64_t{40});
        ws.engine->allowMassDeletion();   // negative control of the guard, and the person's way out
        QVERIFY(world.time.runUntil([&] { return ws.engine->status().phase == sync::Phase::Idle; }, kHour));
        QCOMPARE(ws.cache->caseCount().value(), std::int64_t{40 - gone});
        QVERIFY(!ws.engine->status().heldDeletion);
    }

    void ordersAreExemptFromTheGuard()
    {
        World world;
        fill(world, 40);
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        for (int i = 1; i <= 30; ++i)
            world.server.revokeCase(idNo<domain::CaseId>(i), ws.user());
        world.server.resyncsToDemand = 1;
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.cache->caseCount().value(), std::int64_t{10});
        QVERIFY(ws.oneRound());
        QCOMPARE(world.server.purgeReceipts().size(), std::size_t{30});
    }

    // ---- P11

    // 40 trials here, 1,000 under torture; each killed at a random moment once.
    void whatIsTakenAwayTakesNoWorkWithIt_data()
    {
        QTest::addColumn<bool>("purgesTheJournal");
        QTest::addRow("delivered, unreadable here, receipt on the server") << false;
        QTest::addRow("negative control: the journal is purged with the case") << true;
    }
    void whatIsTakenAwayTakesNoWorkWithIt()
    {
        QFETCH(const bool, purgesTheJournal);
        QRandomGenerator random(20261203);
        for (int trial = 0; trial < (purgesTheJournal ? 1 : scaled(40, 1000)); ++trial) {
            World world;
            Workstation ws(world.server, world.clock, world.time);
            QVERIFY_RESULT(ws.open());
            ws.engine->kick();
            QVERIFY(ws.settle());
            const auto id = idNo<domain::CaseId>(2);
            QVERIFY_RESULT(ws.logCall(2));
            QVERIFY_RESULT(ws.journal->saveDraft({domain::DraftId::random(), id, "call", base::SensitiveText(R"({"note":"half a sentence"})")}));
            world.server.revokeCase(id, ws.user());
            ws.wire.isCut = true;
            QVERIFY(ws.oneRound());
            if (purgesTheJournal) {
                QVERIFY_RESULT(ws.journal->connection().execute("DROP TRIGGER event_is_never_deleted"));
                QVERIFY_RESULT(ws.journal->connection().execute("DELETE FROM unreceipted"));
                QVERIFY_RESULT(ws.journal->connection().execute("DELETE FROM event WHERE case_id IS NOT NULL"));
                QVERIFY_RESULT(ws.journal->connection().execute("DELETE FROM draft"));
            }
            ws.wire.isCut = false;
            ws.engine->kick();
            static_cast<void>(world.time.runUntil([] { return false; }, random.bounded(300)));
            QVERIFY_RESULT(ws.restart());
            ws.engine->kick();
            QVERIFY(world.time.runUntil([&] { return ws.pending() == 0 && (purgesTheJournal || !world.server.purgeReceipts().empty()); }, kHour));
            QVERIFY(ws.oneRound());
            int delivered = 0;
            bool draftCame = false;
            for (const auto& saved : ws.savedIds)
                delivered += world.server.events().contains(saved) ? 1 : 0;
            for (const auto& [eventId, stored] : world.server.events())
                draftCame = draftCame || domain::decodeHeader(stored.envelope.header)->type == domain::eventtype::kDraftRecovered;
            QCOMPARE(delivered == static_cast<int>(ws.savedIds.size()) && draftCame, !purgesTheJournal);
            if (purgesTheJournal)
                return;
            QVERIFY(!*ws.cache->caseDetail(id));
            QVERIFY(ws.journal->eventsOfCase(id)->empty());
            QVERIFY(ws.journal->drafts()->empty());
            QCOMPARE(ws.journal->connection().integer("SELECT count(*) FROM event WHERE case_id IS NOT NULL AND payload_local IS NOT NULL").value(), std::int64_t{0});
            QCOMPARE(world.server.purgeReceipts().size(), std::size_t{1});
            QCOMPARE(world.server.purgeReceipts().front().statement["case_id"].get<std::string>(), id.toString());
            QVERIFY(world.server.purgeReceipts().front().statement["rows"].get<int>() >= 1);
        }
    }

    void everyFailingAccessWhileACaseIsTakenAwayEndsTheSame_data()
    {
        QTest::addColumn<bool>("inJournal");
        QTest::addRow("journal") << true;
        QTest::addRow("cache") << false;
    }
    void everyFailingAccessWhileACaseIsTakenAwayEndsTheSame()
    {
        QFETCH(const bool, inJournal);
        for (int n = 0;; ++n) {
            World world;
            Workstation ws(world.server, world.clock, world.time);
            QVERIFY_RESULT(ws.open());
            ws.engine->kick();
            QVERIFY(ws.settle());
            QVERIFY_RESULT(ws.logCall(2));
            world.server.revokeCase(idNo<domain::CaseId>(2), ws.user());
            ws.failDatabaseAfter(inJournal, n);
            QVERIFY(ws.oneRound());
            const bool fired = ws.faultFired(inJournal);
            ws.failDatabaseAfter(inJournal, -1);
            QVERIFY2(world.time.runUntil([&] { return ws.pending() == 0 && !world.server.purgeReceipts().empty(); }, kHour), qPrintable(QString::number(n)));
            QVERIFY(!*ws.cache->caseDetail(idNo<domain::CaseId>(2)));
            QVERIFY(*ws.journal->isRevoked(idNo<domain::CaseId>(2)));
            for (const auto& saved : ws.savedIds)
                QVERIFY(world.server.events().contains(saved));
            if (!fired)
                break;
            QVERIFY2(n < 2000, "no clean run reached");
        }
    }

    void anOrderOfAStrangerClosesTheCaseAndPurgesNothing()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        world.server.signsRevokesWithWrongKey = true;
        world.server.features.erase("digest");   // the server would miss the rows otherwise; here only the order counts
        world.server.revokeCase(idNo<domain::CaseId>(2), ws.user());
        QVERIFY(ws.oneRound());
        QVERIFY(*ws.cache->caseDetail(idNo<domain::CaseId>(2)));
        QVERIFY(!*ws.journal->isRevoked(idNo<domain::CaseId>(2)));
        QCOMPARE(ws.cache->leaseUntil(idNo<domain::CaseId>(2)).value(), std::optional(base::Instant::fromMilliseconds(0)));
        QVERIFY(!ws.engine->status().lastFailure);
        QVERIFY(world.server.purgeReceipts().empty());
    }

    // ---- P12 (what the lists do with it: tst_leases)

    void trustedTimeGainsNothingFromAClockSetBack_data()
    {
        QTest::addColumn<bool>("heardTheServer");
        QTest::addColumn<bool>("restartsTheProgram");
        QTest::addRow("heard in this boot") << true << false;
        QTest::addRow("heard before the program was started again") << true << true;
        QTest::addRow("never heard") << false << false;
    }
    void trustedTimeGainsNothingFromAClockSetBack()
    {
        QFETCH(const bool, heardTheServer);
        QFETCH(const bool, restartsTheProgram);
        FakeClock clock;
        const auto start = clock.now();
        std::optional<sync::TrustedTime> time;
        time.emplace(clock, db::TimeAnchor{start, "an earlier boot", 5});
        if (heardTheServer)
            time->heard(start);
        const auto lease = start.plusMilliseconds(7 * kDay);
        clock.advance(3 * kDay);
        clock.setWall(start.plusMilliseconds(-30 * kDay));
        if (restartsTheProgram)
            time.emplace(clock, time->anchor());
        clock.advance(4 * kDay - 1);
        QVERIFY(time->now() < lease);
        clock.advance(1);
        QVERIFY(time->now() >= lease);
        QVERIFY2(clock.now() < lease, "negative control: by the wall clock it would still be open, for a month");
        const auto kept = time->anchor();
        clock.reboot("00000000-0000-4000-8000-000000000002");
        QVERIFY2(sync::TrustedTime(clock, kept).now() >= lease, "not after a restart of the computer either");
    }

    void aClockSetForwardCostsNothingOnceTheServerWasHeard()
    {
        FakeClock clock;
        const auto start = clock.now();
        sync::TrustedTime time(clock, {});
        clock.setWall(start.plusMilliseconds(400 * kDay));
        QVERIFY(time.now() > start.plusMilliseconds(399 * kDay));
        time.heard(start);
        QCOMPARE(time.now(), start);
    }
};

QTEST_GUILESS_MAIN(TestSyncSanity)
#include "tst_syncsanity.moc"
