// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <filesystem>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QRandomGenerator>
#include <QTest>

#include "app/sync/ssereader.h"
#include "tests/support/testresult.h"
#include "tests/sync/workstation.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

bool isTorture() { return qEnvironmentVariableIsSet("EVENHAND_TORTURE"); }

constexpr std::int64_t kStallMs = 30'000;

quint32 seed()
{
    const auto asked = qEnvironmentVariableIntValue("EVENHAND_TEST_SEED");
    return asked != 0 ? static_cast<quint32>(asked) : 20261201U;
}

/// What the network is like for some minutes.
struct Weather {
    Fault fault = Fault::None;
    int inHundred = 100;                             ///< so many requests suffer it
};

Weather someWeather(QRandomGenerator& random)
{
    constexpr Fault kFaults[] = {Fault::Refused, Fault::LostReply, Fault::Hang, Fault::Twice, Fault::Garbage, Fault::ServerError, Fault::BadGateway, Fault::Unauthorized};
    return {kFaults[random.bounded(static_cast<int>(std::size(kFaults)))], random.bounded(2) == 0 ? 100 : random.bounded(10, 80)};
}

} // namespace

/// P17 to P20 at the workstation, poison, and pokes; all on virtual time.
class TestSyncFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        qInfo("EVENHAND_TEST_SEED=%u", seed());
    }

    // ---- P20

    // 60 schedules of an hour here, 10,000 under torture.
    void nothingStopsSilently_data()
    {
        QTest::addColumn<bool>("timersWork");
        QTest::addRow("empty within five minutes after the last request under the old weather ended, untouched") << true;
        QTest::addRow("negative control: retries only on the next write") << false;
    }
    void nothingStopsSilently()
    {
        QFETCH(const bool, timersWork);
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        QRandomGenerator random(seed());
        const int schedules = isTorture() ? 10'000 : 60;
        world.time.alarmsAreDead = !timersWork;
        for (int schedule = 0; schedule < (timersWork ? schedules : 1); ++schedule) {
            Weather weather;
            ws.wire.weather = [&] {
                const auto fault = random.bounded(100) < weather.inHundred ? weather.fault : Fault::None;
                if (fault == Fault::Hang)   // HttpSyncProtocol gives up after 30 s without a byte
                    world.time.after(kStallMs, [&ws] { ws.wire.cancelAll(); });
                return fault;
            };
            for (std::int64_t passed = 0; passed < kHour;) {
                weather = random.bounded(3) == 0 ? Weather{} : someWeather(random);
                if (random.bounded(2) == 0)
                    QVERIFY_RESULT(ws.logCall(random.bounded(1, 5)));
                if (random.bounded(4) == 0)
                    ws.engine->kick();
                if (random.bounded(12) == 0)
                    world.clock.advance(random.bounded(1, 4) * kHour);   // the laptop slept: alarms ring late
                if (random.bounded(20) == 0)
                    world.server.expireTokens();
                if (random.bounded(8) == 0)
                    ws.wire.dropStreams();
                const auto slice = random.bounded(1'000, 900'000);
                static_cast<void>(world.time.runUntil([] { return false; }, slice));
                passed += slice;
            }
            if (!timersWork) {   // one thing is saved off-line, and then nobody touches anything
                weather = {Fault::Refused, 100};
                QVERIFY_RESULT(ws.logCall(1));
                ws.engine->kick();
                static_cast<void>(world.time.runUntil([] { return false; }, kHour));
            }
            ws.wire.weather = {};
            const bool drained = world.time.runUntil([&] { return ws.pending() == 0 && ws.engine->status().phase == sync::Phase::Idle; }, kFiveMinutes + kStallMs + 1000);
            QVERIFY2(drained == timersWork, qPrintable(QStringLiteral("schedule %1").arg(schedule)));
        }
        if (!timersWork)
            return;
        QVERIFY(ws.settle());
        QCOMPARE(world.server.storedTwice(), 0);
        for (const auto& id : ws.savedIds)
            QVERIFY(world.server.events().contains(id));
        QCOMPARE(ws.visibleState(4), world.server.visibleState());
        QVERIFY(ws.journal->verifyChain()->ok);
    }

    // ---- poison

    void aPoisonEventNeverDelaysOthers_data()
    {
        QTest::addColumn<int>("calls");
        QTest::addColumn<int>("culprit");
        QTest::addColumn<bool>("serverTakesOpaque");
        QTest::addRow("in the middle of 60") << 60 << 100 << true;
        QTest::addRow("the first one") << 20 << 0 << true;
        QTest::addRow("the last one") << 20 << 59 << true;
        QTest::addRow("negative control: without the last resort it blocks the rest") << 20 << 30 << false;
    }
    void aPoisonEventNeverDelaysOthers()
    {
        QFETCH(const int, calls);
        QFETCH(const int, culprit);
        QFETCH(const bool, serverTakesOpaque);
        World world;
        if (!serverTakesOpaque)
            world.server.features.erase("opaque");
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        for (int i = 0; i < calls; ++i)
            QVERIFY_RESULT(ws.logCall(1 + i % 4));
        const auto poison = ws.savedIds[static_cast<std::size_t>(culprit)];
        world.server.poison.insert(poison);
        ws.engine->kick();
        const auto requests = ws.wire.requests;
        const bool drained = world.time.runUntil([&] { return ws.pending() == 0; }, 60'000);   // three attempts with short waits
        QCOMPARE(drained, serverTakesOpaque);
        if (!serverTakesOpaque) {
            QCOMPARE(ws.pending(), std::int64_t{calls * 3 - culprit});   // all before it flowed; there is no limit on attempts for the rest
            QVERIFY(ws.engine->status().nextAttemptAt.has_value());
            return;
        }
        QVERIFY2(ws.wire.requests - requests < 40, qPrintable(QString::number(ws.wire.requests - requests)));
        QCOMPARE(world.server.opaque().size(), std::size_t{1});
        QVERIFY(world.server.opaque().contains(poison));
        for (const auto& id : ws.savedIds)
            QVERIFY(world.server.events().contains(id));
        const auto own = ws.journal->findEvent(*domain::EventId::tryFromString(poison));
        QVERIFY((*own)->delivery == db::Delivery::Quarantined);
    }

    void aServerThatIsDownForEverybodyGetsNothingAsOpaque()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        for (int i = 0; i < 10; ++i)
            QVERIFY_RESULT(ws.logCall(1));
        ws.wire.weather = [] { return Fault::BadGateway; };
        ws.engine->kick();
        static_cast<void>(world.time.runUntil([] { return false; }, kDay));
        ws.wire.weather = {};
        QVERIFY(ws.settle(kFiveMinutes + 10'000));
        QVERIFY(world.server.opaque().empty());
    }

    // ---- P17

    // Program and server one step apart in both directions; what the server makes of unknown types: tests/server.
    void anOldProgramAndAnOldServerStillHandIn_data()
    {
        QTest::addColumn<QStringList>("features");
        QTest::addColumn<QString>("password");
        QTest::addRow("server of the first version: no features at all") << QStringList{} << QStringLiteral("right");
        QTest::addRow("server that has digests only") << QStringList{QStringLiteral("digest")} << QStringLiteral("right");
        QTest::addRow("server with features we do not know") << QStringList{QStringLiteral("digest"), QStringLiteral("snapshot"), QStringLiteral("opaque"), QStringLiteral("quantum")}
                                                             << QStringLiteral("right");
        QTest::addRow("no password, no view: the device alone") << QStringList{} << QStringLiteral("wrong");
    }
    void anOldProgramAndAnOldServerStillHandIn()
    {
        QFETCH(const QStringList, features);
        QFETCH(const QString, password);
        World world;
        world.server.features.clear();
        for (const auto& feature : features)
            world.server.features.insert(feature.toStdString());
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.startEngine(password.toStdString());
        for (int i = 1; i <= 4; ++i)
            QVERIFY_RESULT(ws.logCall(i));
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.pending(), 0);
        for (const auto& id : ws.savedIds)
            QVERIFY(world.server.events().contains(id));
    }

    // ---- P18

    // 8 devices here, 200 under torture.
    void aServerPutBackToYesterdayGetsTheDayAgain_data()
    {
        QTest::addColumn<bool>("prunesAtAcknowledgement");
        QTest::addRow("nothing lost, nothing twice") << false;
        QTest::addRow("negative control: content is erased once acknowledged") << true;
    }
    void aServerPutBackToYesterdayGetsTheDayAgain()
    {
        QFETCH(const bool, prunesAtAcknowledgement);
        World world;
        const int devices = isTorture() ? 200 : 8;
        std::vector<std::unique_ptr<Workstation>> all;
        const auto everyoneSettles = [&] {
            for (auto& ws : all) {
                ws->engine->kick();
                if (!ws->settle(kDay))
                    return false;
            }
            return true;
        };
        for (int i = 1; i <= devices; ++i) {
            all.push_back(std::make_unique<Workstation>(world.server, world.clock, world.time, i));
            QVERIFY_RESULT(all.back()->open());
            QVERIFY_RESULT(all.back()->logCall(1 + i % 4));
        }
        QVERIFY(everyoneSettles());
        const auto yesterday = world.server.backUp();
        for (int hour = 0; hour < 4; ++hour) {
            for (auto& ws : all)
                QVERIFY_RESULT(ws->logCall(1 + hour % 4));
            QVERIFY(everyoneSettles());
        }
        if (prunesAtAcknowledgement) {
            for (auto& ws : all)
                QVERIFY_RESULT(ws->journal->connection().execute("UPDATE event SET payload_local = NULL WHERE position NOT IN (SELECT position FROM unreceipted)"));
        }
        world.server.restore(*yesterday);
        QVERIFY(everyoneSettles());
        QVERIFY(everyoneSettles());
        int without = 0;
        for (auto& ws : all) {
            for (const auto& id : ws->savedIds) {
                const auto stored = world.server.events().find(id);
                without += stored == world.server.events().end() || !stored->second.envelope.payload ? 1 : 0;
            }
        }
        QCOMPARE(without > 0, prunesAtAcknowledgement);
        if (prunesAtAcknowledgement)
            return;
        QCOMPARE(world.server.storedTwice(), 0);
        for (auto& ws : all) {
            QCOMPARE(ws->visibleState(4), world.server.visibleState());
            QVERIFY(ws->journal->verifyChain()->ok);
            QVERIFY(ws->engine->status().resyncs >= 1);
        }
    }

    // ---- P19

    void aCopiedProfileIsNoticedAndBothHistoriesAreKept_data()
    {
        QTest::addColumn<bool>("serverKeepsHeads");
        QTest::addRow("alarm within one sync, a new history line, nothing lost") << true;
        QTest::addRow("negative control: without epochs nobody hears of it") << false;
    }
    void aCopiedProfileIsNoticedAndBothHistoriesAreKept()
    {
        QFETCH(const bool, serverKeepsHeads);
        World world;
        world.server.noticesClones = serverKeepsHeads;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(1));
        ws.engine->kick();
        QVERIFY(ws.settle());
        QTemporaryDir yesterday;
        ws.close();
        std::filesystem::copy(ws.folderPath() + "/journal.db", yesterday.path().toStdString() + "/journal.db");
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(2));
        ws.engine->kick();
        QVERIFY(ws.settle());
        const auto alarms = world.server.alarms();
        ws.close();   // the old copy comes back: another machine, or a restored disk
        std::filesystem::copy(yesterday.path().toStdString() + "/journal.db", ws.folderPath() + "/journal.db", std::filesystem::copy_options::overwrite_existing);
        QVERIFY_RESULT(ws.open());
        QVERIFY_RESULT(ws.logCall(3));
        const auto epoch = ws.journal->head()->epoch;
        QVERIFY(ws.oneRound());
        QCOMPARE(ws.journal->head()->epoch != epoch, serverKeepsHeads);
        QVERIFY(!serverKeepsHeads || world.server.alarms() > alarms);
        QVERIFY(ws.settle());
        for (const auto& id : ws.savedIds)
            QVERIFY2(world.server.events().contains(id), "both histories are kept");
        QVERIFY(ws.journal->verifyChain()->ok);
    }

    // ---- pokes

    void aChangeArrivesAtOnceByWhateverWayThereIs_data()
    {
        QTest::addColumn<bool>("streams");
        QTest::addColumn<bool>("longPolls");
        QTest::addColumn<qint64>("withinMs");
        QTest::addRow("event stream") << true << true << qint64{3'000};
        QTest::addRow("long-poll behind a proxy that holds streams back") << false << true << qint64{6'000};
        QTest::addRow("by timer only") << false << false << qint64{75'000};
    }
    void aChangeArrivesAtOnceByWhateverWayThereIs()
    {
        QFETCH(const bool, streams);
        QFETCH(const bool, longPolls);
        QFETCH(const qint64, withinMs);
        World world;
        Workstation ws(world.server, world.clock, world.time);
        ws.wire.hasStreams = streams;
        ws.wire.hasLongPolls = longPolls;
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        static_cast<void>(world.time.runUntil([] { return false; }, kHour));   // ways that do not work were tried and given up
        const auto pulls = world.server.pulls;
        static_cast<void>(world.time.runUntil([] { return false; }, kHour));
        if (streams)
            QVERIFY2(world.server.pulls - pulls <= 20, "with a stream the timer is only a net below it");
        for (int i = 0; i < 5; ++i) {
            world.server.putCase(aCase(10 + i));
            const auto has = [&] { return ws.cache->listRow(idNo<domain::CaseId>(10 + i))->has_value(); };
            QVERIFY2(world.time.runUntil(has, withinMs), qPrintable(QString::number(i)));
        }
    }

    void manyPokesStartAPullEveryTwoSecondsAtMost()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        static_cast<void>(world.time.runUntil([] { return false; }, 10'000));
        const auto pulls = world.server.pulls;
        for (int i = 0; i < 100; ++i) {
            world.server.putCase(aCase(10 + i));
            static_cast<void>(world.time.runUntil([] { return false; }, 100));
        }
        QVERIFY2(world.server.pulls - pulls <= 40, qPrintable(QString::number(world.server.pulls - pulls)));   // small pages: several requests a pull
        QVERIFY(world.time.runUntil([&] { return ws.cache->listRow(idNo<domain::CaseId>(109))->has_value(); }, 10'000));
    }

    void aDroppedStreamComesBackWithinAMinuteAndNotAtOnce()
    {
        World world;
        QRandomGenerator random(seed());
        std::vector<std::int64_t> waits;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        for (int i = 0; i < 60; ++i) {
            QVERIFY(world.time.runUntil([&] { return ws.engine->status().pokes == sync::PokeMode::Stream; }, 2 * kHour));
            const auto at = world.time.elapsedMs();
            const auto opened = ws.wire.streamsOpened;
            ws.wire.dropStreams();
            QVERIFY(world.time.runUntil([&] { return ws.wire.streamsOpened > opened; }, 61'000));
            waits.push_back(world.time.elapsedMs() - at);
        }
        const auto early = std::ranges::count_if(waits, [](std::int64_t wait) { return wait < 20'000; });
        const auto late = std::ranges::count_if(waits, [](std::int64_t wait) { return wait > 40'000; });
        QVERIFY2(early > 5 && early < 40 && late > 5 && late < 40, "spread over the minute: a restart is no stampede");
        const auto opened = ws.wire.streamsOpened;
        const auto at = world.time.elapsedMs();
        ws.wire.dropStreams(37);
        QVERIFY(world.time.runUntil([&] { return ws.wire.streamsOpened > opened; }, 61'000));
        QVERIFY2(world.time.elapsedMs() - at >= 37'000 && world.time.elapsedMs() - at < 38'000, "the server said when");
    }

    void anEventStreamIsReadWhateverThePieces()
    {
        const std::string text = ": hello\r\n\r\nevent: poke\ndata: {\"upto\":7}\nid: 3\n\nevent:bye\rdata:a\rdata: b\r\rdata\n\nevent: empty\n\n";
        for (std::size_t piece = 1; piece <= text.size(); ++piece) {
            sync::SseReader reader;
            std::string seen;
            for (std::size_t at = 0; at < text.size(); at += piece)
                reader.add(std::string_view(text).substr(at, piece), [&](const std::string& event, const std::string& data) { seen += event + "=" + data + ";"; });
            QCOMPARE(seen, std::string("poke={\"upto\":7};bye=a\nb;message=;"));
        }
        sync::SseReader reader;
        int events = 0;
        reader.add("data: " + std::string(200'000, 'x'), [&](const auto&, const auto&) { ++events; });
        reader.add("\n\ndata: y\n\n", [&](const auto&, const auto&) { ++events; });
        QCOMPARE(events, 1);
    }

    // ---- the watchdog

    void anAttemptThatWasArmedTooLateIsArmedAnew()
    {
        World world;
        Workstation ws(world.server, world.clock, world.time);
        QVERIFY_RESULT(ws.open());
        ws.engine->kick();
        QVERIFY(ws.settle());
        ws.wire.isCut = true;
        QVERIFY_RESULT(ws.logCall(1));
        QVERIFY(ws.oneRound());
        world.clock.setWall(world.clock.now().plusMilliseconds(-3 * kDay));   // by the clock the next attempt is days away now
        QVERIFY(world.time.runUntil([&] { return *ws.engine->status().nextAttemptAt <= world.clock.now().plusMilliseconds(kFiveMinutes); }, 130'000));
    }
};

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_syncfaults.moc"
