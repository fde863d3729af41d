// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTest>

#include "tests/support/desk.h"
#include "tests/support/faultproxy.h"
#include "tests/support/serverprocess.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr const char* kAgent = "li.na";
constexpr const char* kSupervisor = "chen.jing";

/// Something done with the open profile on its own thread.
template <class T>
base::Result<T> inside(Desk& desk, std::function<base::Result<T>(services::OpenProfile&)> act)
{
    return Desk::wait(desk.data.run<T>([act](services::DataRoom& room) -> base::Result<T> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return act(*profile);
    }));
}

bool waitForCheck(Desk& desk, std::optional<base::Instant> after = std::nullopt)
{
    return QTest::qWaitFor([&] { return desk.sync.status().checkedAt && (!after || *desk.sync.status().checkedAt > *after); }, Desk::kPatienceMs);
}

} // namespace

/// The workstation's sync against the real server: both sides hold the same rows, rot is put right, a recording arrives through a wire that is cut.
class TestSyncReal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        m_wire = std::make_unique<FaultProxy>(m_server.port());
        m_agent = std::make_unique<Desk>(m_clock);
        m_supervisor = std::make_unique<Desk>(m_clock);
    }

    void bothSidesAddUpToTheSame()
    {
        for (const auto& [desk, user] : {std::pair(m_agent.get(), kAgent), std::pair(m_supervisor.get(), kSupervisor)}) {
            QVERIFY_RESULT(Desk::wait(desk->packs.load()));
            QVERIFY_RESULT(desk->signIn(m_wire->port(), user));
            QVERIFY(desk->waitForView());
            QVERIFY2(waitForCheck(*desk), user);
            QCOMPARE(desk->sync.status().repairs, 0);
        }
        const auto today = Desk::wait(m_agent->queue.today());
        QVERIFY_RESULT(today);
        m_case = today->first.front().caseId;
    }

    void aChangePokesTheOtherWorkstation()
    {
        QVERIFY(QTest::qWaitFor([&] { return m_supervisor->sync.status().isListening; }, Desk::kPatienceMs));
        const auto before = m_clock.now();
        QVERIFY_RESULT(Desk::wait(m_agent->calls.addNote({*m_case, std::nullopt, {base::SensitiveText("下午再联系"), {}}})));
        QElapsedTimer waited;
        waited.start();
        QVERIFY(m_supervisor->waitForView(before));
        qInfo("seen by the other workstation after %lld ms", waited.elapsed());
        QVERIFY2(waited.elapsed() < 20'000, "not by the timer of a minute");
        for (auto* desk : {m_agent.get(), m_supervisor.get()}) {
            const auto checked = desk->sync.status().checkedAt;
            QVERIFY_RESULT(Desk::wait(desk->sync.checkNow()));
            QVERIFY(waitForCheck(*desk, checked));
            QCOMPARE(desk->sync.status().repairs, 0);
        }
    }

    void aRottenRowIsPutRight()
    {
        const auto rot = inside<std::int64_t>(*m_agent, [](services::OpenProfile& profile) -> base::Result<std::int64_t> {
            EVENHAND_TRY(profile.cache().connection().execute("UPDATE row SET body = CAST('{}' AS BLOB) WHERE rowid = (SELECT max(rowid) FROM row WHERE kind = 'case')"));
            return 1;
        });
        QVERIFY_RESULT(rot);
        const auto checked = m_agent->sync.status().checkedAt;
        QVERIFY_RESULT(Desk::wait(m_agent->sync.checkNow()));
        QVERIFY(waitForCheck(*m_agent, checked));
        QCOMPARE(m_agent->sync.status().repairs, 1);
    }

    void aLostPlaceBringsEverythingAgain()
    {
        const auto cases = inside<std::int64_t>(*m_agent, [](services::OpenProfile& profile) { return profile.cache().caseCount(); });
        QVERIFY_RESULT(cases);
        const auto lost = inside<std::int64_t>(*m_agent, [](services::OpenProfile& profile) -> base::Result<std::int64_t> {
            EVENHAND_TRY(profile.cache().connection().execute("UPDATE sync_state SET cursor = 'nowhere'"));
            profile.engine()->kick();
            return 1;
        });
        QVERIFY_RESULT(lost);
        QVERIFY(QTest::qWaitFor([&] { return m_agent->sync.status().repairs == 2; }, Desk::kPatienceMs));
        const auto after = inside<std::int64_t>(*m_agent, [](services::OpenProfile& profile) { return profile.cache().caseCount(); });
        QVERIFY_RESULT(after);
        QCOMPARE(*after, *cases);
        QVERIFY_RESULT(Desk::wait(m_agent->cases.openCase(*m_case)));
        QCOMPARE(m_agent->sync.status().missingCases, 0);
    }

    // P15 through real sockets: 12 MB, a wire that is cut twelve times. Kills of the server: tst_endpoints.
    void aRecordingArrivesThroughAWireThatIsCut()
    {
        QByteArray bytes(12'000'000, Qt::Uninitialized);
        base::fillRandom({reinterpret_cast<std::uint8_t*>(bytes.data()), static_cast<std::size_t>(bytes.size())});
        const domain::BlobRef blob{base::sha256({reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())}), bytes.size()};
        const auto saved = inside<std::int64_t>(*m_agent, [&](services::OpenProfile& profile) -> base::Result<std::int64_t> {
            const auto part = profile.blobs()->folder() + "/call.part";
            QFile file(QString::fromStdString(part));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                return base::fail(base::ErrorCode::Storage, "test file");
            file.close();
            EVENHAND_TRY(profile.blobs()->adopt(part, blob));
            db::NewEvent event{domain::NotePayload{base::SensitiveText("录音"), {}}, m_case};
            event.blobRefs = {blob};
            EVENHAND_TRY(profile.record({&event, 1}));
            return 1;
        });
        QVERIFY_RESULT(saved);
        for (int cut = 0; cut < 12; ++cut) {
            QTest::qWait(60);
            m_wire->set(FaultProxy::Wire::Cut);
            m_wire->set(FaultProxy::Wire::Whole);
            QVERIFY_RESULT(Desk::wait(m_agent->sync.sendNow()));
        }
        const auto isThere = [&] { return m_agent->sync.status().unsentRecordings == 0 && m_agent->sync.status().unsent == 0; };
        QVERIFY2(QTest::qWaitFor(isThere, 2 * Desk::kPatienceMs), m_agent->sync.status().recordingProblem.c_str());
        const auto check = Desk::wait(m_agent->sync.leaveCheck());
        QVERIFY_RESULT(check);
        QCOMPARE(check->recordings, 0);
        QByteArray piece;
        const auto fetched = m_supervisor->data.start<std::int64_t>([&](services::DataRoom& room, const std::function<void(base::Result<std::int64_t>)>& done) {
            auto profile = room.profile();
            if (!profile)
                return done(base::fail(profile.error()));
            (*profile)->blobs()->fetch(blob.sha256, 5'000'000, 70'000, [&piece, done](sync::Reply<sync::BlobPart> part) {
                if (!part)
                    return done(base::fail(part.error().error));
                piece = QByteArray(reinterpret_cast<const char*>(part->bytes.data()), static_cast<qsizetype>(part->bytes.size()));
                done(part->total);
            });
        });
        const auto total = Desk::wait(fetched);
        QVERIFY_RESULT(total);
        QCOMPARE(*total, std::int64_t{bytes.size()});
        QCOMPARE(piece, bytes.mid(5'000'000, 70'000));
    }

    void whatIsNotSentIsNamedBeforeLeaving()
    {
        QVERIFY_RESULT(Desk::wait(m_agent->sync.setOnlineAllowed(false)));
        QVERIFY_RESULT(Desk::wait(m_agent->calls.addNote({*m_case, std::nullopt, {base::SensitiveText("在路上"), {}}})));
        const auto check = Desk::wait(m_agent->sync.leaveCheck());
        QVERIFY_RESULT(check);
        QVERIFY(!check->isSafe());
        QCOMPARE(check->entries, 1);
        QCOMPARE(check->items.front().type, std::string("note"));
        QVERIFY(!check->items.front().caseNo.empty());
        QVERIFY_RESULT(Desk::wait(m_agent->sync.setOnlineAllowed(true)));
        QVERIFY(m_agent->waitUntilSent());
        QVERIFY(Desk::wait(m_agent->sync.leaveCheck())->isSafe());
    }

private:
    MorningClock m_clock;
    ServerProcess m_server;
    std::unique_ptr<FaultProxy> m_wire;
    std::unique_ptr<Desk> m_agent;
    std::unique_ptr<Desk> m_supervisor;
    std::optional<domain::CaseId> m_case;
};

QTEST_GUILESS_MAIN(TestSyncReal)
#include "tst_syncreal.moc"
