// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <optional>

#include <QObject>
#include <QTest>

#include "tests/support/testresult.h"
#include "tests/sync/workstation.h"

using namespace evenhand;
using namespace evenhand::test;

class TestSyncEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void whatIsSavedReachesTheServerAndComesBack()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        QVERIFY(ws.pending() > 0);
        ws.engine->kick();
        QVERIFY(ws.settle());
        QCOMPARE(ws.visibleState(4), world.server.visibleState());
        for (const auto& [id, stored] : world.server.events()) {
            const auto own = ws.journal->findEvent(*domain::EventId::tryFromString(id));
            QVERIFY_RESULT(own);
            QVERIFY(*own);
            QCOMPARE((*own)->envelope.header, stored.envelope.header);
            QCOMPARE(*(*own)->envelope.payload, *stored.envelope.payload);
            QVERIFY((*own)->delivery == db::Delivery::Acked);
        }
        QVERIFY(ws.engine->status().contact == sync::Contact::Online);
        QVERIFY(ws.engine->status().nextAttemptAt.has_value());
    }

    void aLostReplyDoesNotStoreTwice_data()
    {
        QTest::addColumn<bool>("serverForgets");
        QTest::addRow("stored once") << false;
        QTest::addRow("negative control: a server without unique ids stores twice") << true;
    }
    void aLostReplyDoesNotStoreTwice()
    {
        QFETCH(const bool, serverForgets);
        World world;
        world.server.forgetsWhatItHas = serverForgets;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.wire.failRequest(3, Fault::LostReply);   // hello, session, what the server can do, then the push
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY(ws.wire.fired());
        QCOMPARE(world.server.storedTwice() > 0, serverForgets);
    }

    void aReceiptSignedByAnotherKeyLeavesTheEventUnsent()
    {
        World world;
        world.server.signsWithWrongKey = true;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        const auto before = ws.pending();
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.pending(), before);
        QCOMPARE(ws.engine->status().lastFailure->failure.problem, std::string("bad_receipts"));
        QVERIFY(ws.engine->status().nextAttemptAt.has_value());
    }

    void anImpostorIsToldNothing()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        ws.trustedKeys = std::vector<domain::wire::ServerKey>{{"sig-1", "sign", "ed25519", base::Bytes(32, 9), base::Instant{}}};
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.wire.requests, 1);   // hello only
        QVERIFY(ws.engine->status().contact == sync::Contact::WrongServer);
    }

    void anotherDatasetIsToldNothing()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        world.server.dataset = idNo<domain::DatasetId>(999);
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.wire.requests, 1);
        QVERIFY(ws.engine->status().contact == sync::Contact::WrongServer);
    }

    void afterAnOutageItDeliversWithoutAnybodyTouchingIt_data()
    {
        QTest::addColumn<bool>("alarmsAreDead");
        QTest::addRow("armed by timer") << false;
        QTest::addRow("negative control: without timers it stands still") << true;
    }
    void afterAnOutageItDeliversWithoutAnybodyTouchingIt()
    {
        QFETCH(const bool, alarmsAreDead);
        World world;
        world.time.alarmsAreDead = alarmsAreDead;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.wire.isCut = true;
        ws.engine->kick();
        static_cast<void>(world.time.runUntil([] { return false; }, 2 * kHour));
        QVERIFY(ws.pending() > 0);
        QVERIFY(alarmsAreDead || ws.wire.requests > 10);
        ws.wire.isCut = false;
        QCOMPARE(ws.settle(kFiveMinutes + 10'000), !alarmsAreDead);
    }

    void aRequestThatHangsIsGivenUpByTheWatchdog()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.wire.failRequest(3, Fault::Hang);
        ws.engine->kick();
        QVERIFY(ws.settle());
        QCOMPARE(ws.visibleState(4), world.server.visibleState());
    }

    void anExpiredTokenIsRenewedInTheSameRound()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        world.server.expireTokens();
        QVERIFY_RESULT(ws.logCall(2));
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.pending(), 0);
        QVERIFY(!ws.engine->status().lastFailure);
        QCOMPARE(world.server.sessions, 2);
    }

    void aRefusedPasswordStillHandsInWhatWasSaved()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.startEngine("wrong");
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.pending(), 0);
        QVERIFY(ws.engine->status().contact == sync::Contact::NeedsPassword);
        QCOMPARE(world.server.pulls, 0);
        ws.engine->usePassword("right");
        QVERIFY(ws.settle());
        QVERIFY(ws.engine->status().contact == sync::Contact::Online);
    }

    void aDemandedResyncFetchesEverythingAgainAndKeepsTheJournal()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.engine->kick();
        QVERIFY(ws.settle());
        const auto head = ws.journal->head();
        world.server.resyncsToDemand = 1;
        QVERIFY(ws.oneRound());
        QVERIFY(ws.settle());
        QCOMPARE(ws.visibleState(4), world.server.visibleState());
        QVERIFY(ws.journal->head()->hash == head->hash);
    }

    void aRevokedCaseGoesButItsUnsentWorkIsDelivered()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        QVERIFY_RESULT(ws.logCall(2));
        world.server.revokeCase(idNo<domain::CaseId>(2), ws.user());
        QVERIFY(ws.oneRound());
        QVERIFY(!*ws.cache->caseDetail(idNo<domain::CaseId>(2)));
        QVERIFY(*ws.journal->isRevoked(idNo<domain::CaseId>(2)));
        QCOMPARE(ws.pending(), 0);
        QVERIFY(world.server.visibleState().find("event") != std::string::npos);
    }

    void twoWorkstationsConverge()
    {
        World world;
        Workstation a(world.server, world.clock, world.time, 1);
        Workstation b(world.server, world.clock, world.time, 2);
        QVERIFY_RESULT(a.open());
        QVERIFY_RESULT(b.open());
        for (int round = 1; round <= 4; ++round) {
            QVERIFY_RESULT(a.logCall(round));
            QVERIFY_RESULT(b.logCall(5 - round));
            QVERIFY(a.oneRound());
            QVERIFY(b.oneRound());
        }
        QVERIFY(a.oneRound());
        QCOMPARE(a.visibleState(4), b.visibleState(4));
        QCOMPARE(a.visibleState(4), world.server.visibleState());
    }

    void everyFailingRequestRecovers_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addRow("refused") << static_cast<int>(Fault::Refused);
        QTest::addRow("reply lost") << static_cast<int>(Fault::LostReply);
        QTest::addRow("hangs") << static_cast<int>(Fault::Hang);
        QTest::addRow("answered twice") << static_cast<int>(Fault::Twice);
        QTest::addRow("garbled") << static_cast<int>(Fault::Garbage);
        QTest::addRow("server error") << static_cast<int>(Fault::ServerError);
    }
    void everyFailingRequestRecovers()
    {
        QFETCH(const int, fault);
        for (int n = 0;; ++n) {
            World world;
            Workstation ws(world.server, world.clock, world.time);
            QVERIFY_RESULT(ws.open());
            QVERIFY_RESULT(ws.logCall(1));
            ws.wire.failRequest(n, static_cast<Fault>(fault));
            ws.engine->kick();
            QVERIFY2(ws.settle(), qPrintable(QStringLiteral("request %1").arg(n)));
            QCOMPARE(ws.visibleState(4), world.server.visibleState());
            QCOMPARE(world.server.storedTwice(), 0);
            if (!ws.wire.fired())
                break;
            QVERIFY2(n < 100, "no clean run reached");
        }
    }

    void everyFailingDatabaseAccessRecovers_data()
    {
        QTest::addColumn<bool>("inJournal");
        QTest::addRow("journal") << true;
        QTest::addRow("cache") << false;
    }
    void everyFailingDatabaseAccessRecovers()
    {
        QFETCH(const bool, inJournal);
        int failed = 0;
        for (int n = 0;; ++n) {
            World world;
            Workstation ws(world.server, world.clock, world.time);
            QVERIFY_RESULT(ws.open());
            QVERIFY_RESULT(ws.logCall(1));
            ws.failDatabaseAfter(inJournal, n);
            QVERIFY(ws.oneRound());
            const bool fired = ws.faultFired(inJournal);
            ws.failDatabaseAfter(inJournal, -1);
            failed += ws.engine->status().lastFailure ? 1 : 0;
            QVERIFY2(ws.settle(), qPrintable(QStringLiteral("access %1").arg(n)));
            QCOMPARE(ws.visibleState(4), world.server.visibleState());
            QCOMPARE(world.server.storedTwice(), 0);
            QVERIFY(ws.journal->verifyChain()->ok);
            if (!fired)
                break;
            QVERIFY2(n < 5000, "no clean run reached");
        }
        QVERIFY2(failed > 5, "the loop must have hit the engine");
    }

    void waitsGrowToFiveMinutesAndAreRandom_data()
    {
        QTest::addColumn<int>("failures");
        QTest::addColumn<double>("random");
        QTest::addColumn<qint64>("expected");
        QTest::addRow("first failure, longest wait") << 1 << 1.0 << qint64{2'000};
        QTest::addRow("doubled") << 2 << 1.0 << qint64{4'000};
        QTest::addRow("full jitter") << 3 << 0.5 << qint64{4'000};
        QTest::addRow("never quite zero") << 1 << 0.0 << qint64{250};
        QTest::addRow("capped at five minutes") << 12 << 1.0 << qint64{300'000};
        QTest::addRow("capped for ever") << 1000 << 1.0 << qint64{300'000};
    }
    void waitsGrowToFiveMinutesAndAreRandom()
    {
        QFETCH(const int, failures);
        QFETCH(const double, random);
        QFETCH(const qint64, expected);
        QCOMPARE(sync::retryDelayMs({}, failures, random), expected);
    }
};

QTEST_GUILESS_MAIN(TestSyncEngine)
#include "tst_syncengine.moc"
