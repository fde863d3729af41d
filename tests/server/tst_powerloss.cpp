// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include "db/journal.h"
#include "tests/server/sitedevices.h"
#include "tests/support/fakeclock.h"
#include "tests/support/powercut.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::Json;
using test::PowerCut;
using test::WireClient;

namespace {

bool isTorture() { return qEnvironmentVariableIsSet("EVENHAND_TORTURE"); }

domain::EventEnvelope note(test::Device& device)
{
    return device.event({}, domain::NotePayload{base::SensitiveText("work"), {}}, base::SystemClock().now());
}

/// A site whose power can be cut, and one device that hands in.
class CutSite {
public:
    explicit CutSite(PowerCut::Disk disk) : m_devices(test::devicesWithTokens(m_site, 1))
    {
        m_site.server.stop();
        m_power.emplace(m_site.server.folder());
        const auto environment = m_power->environment({}, disk);
        for (const auto& name : environment.keys())
            m_site.server.setEnvironment(name, environment.value(name));
        if (!m_site.server.serve())
            qFatal("the server does not start: %s", m_site.server.errors().c_str());
    }
    /// Some acknowledged batches, one more that races with the cut, the cut, and a new start. False: the database does not work any more.
    bool cycle(QRandomGenerator& random)
    {
        for (int i = random.bounded(1, 4); i > 0; --i) {
            const auto answer = push(3);
            if (answer.status != 200)
                return false;
            acknowledged += 3;
        }
        m_unsure.push_back(note(device()));
        WireClient(m_site.server.port()).sendAndHangUp(request());
        QTest::qWait(random.bounded(0, 8));
        m_site.server.kill();
        m_power->cut();
        return m_site.server.serve();
    }
    /// What is stored without a gap, after handing in again what was not acknowledged.
    std::int64_t storedUpto()
    {
        const auto answer = push(0);
        return answer.status == 200 ? Json::parse(answer.body)["acked_upto"].get<std::int64_t>() : -1;
    }
    [[nodiscard]] std::int64_t sent() { return device().headSeq(); }
    std::int64_t acknowledged = 0;

private:
    test::Device& device() { return m_devices[0].device; }
    std::string request()
    {
        return WireClient::requestBytes("/v1/events", domain::wire::encode(domain::wire::EventsRequest{device().epoch, m_unsure}).dump(), m_devices[0].token);
    }
    WireClient::Answer push(int count)
    {
        for (int i = 0; i < std::max(count, m_unsure.empty() ? 1 : 0); ++i)
            m_unsure.push_back(note(device()));
        auto answer = WireClient(m_site.server.port()).exchange(request());
        if (answer.status == 200)
            m_unsure.clear();
        return answer;
    }
    test::Site m_site;
    std::vector<test::SignedIn> m_devices;
    std::optional<PowerCut> m_power;
    std::vector<domain::EventEnvelope> m_unsure;   // sent, not acknowledged
};

} // namespace

/// Promises P2 and P7: what was said to be saved survives the power being cut. 25 cuts each; EVENHAND_TORTURE=1 makes it 1,000 of the
/// workstation's journal and 200 of the server on SQLite. The controls take away what synchronous=EXTRA adds to FULL: the sync of the folder.
class TestPowerLoss : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (isTorture())   // QtTest's own watchdog stops a function after five minutes
            qputenv("QTEST_FUNCTION_TIMEOUT", "3600000");
        qunsetenv("EVENHAND_TEST_DRIVER");   // the files are SQLite's
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto given = qEnvironmentVariableIntValue("EVENHAND_TEST_SEED");
        const auto seed = given != 0 ? static_cast<quint32>(given) : QRandomGenerator::global()->generate();
        m_random.seed(seed);
        qInfo("seed %u (set EVENHAND_TEST_SEED to repeat)", seed);
    }

    void theServerLosesNothingItAcknowledged()
    {
        const int cuts = isTorture() ? 200 : 25;
        CutSite site(PowerCut::Disk::Honest);
        for (int i = 0; i < cuts; ++i) {
            QVERIFY(site.cycle(m_random));
            QCOMPARE(site.storedUpto(), site.sent());
        }
        qInfo("%d cuts, %lld events acknowledged, none lost", cuts, static_cast<long long>(site.acknowledged));
    }

    void aServerWithoutFolderSyncsWouldLoseSome()
    {
        CutSite site(PowerCut::Disk::ForgetsFolders);
        for (int i = 0; i < 100; ++i) {
            if (!site.cycle(m_random) || site.storedUpto() != site.sent()) {
                qInfo("found out after %d cuts", i + 1);
                return;
            }
        }
        QFAIL("100 cuts without syncs of the folder lost nothing: the shim does not test what it claims");
    }

    void theJournalLosesNothingItSaved()
    {
        const int cuts = isTorture() ? 1000 : 25;
        std::int64_t saved = 0;
        for (int i = 0; i < cuts; ++i) {
            QTemporaryDir folder;
            const auto outcome = cutJournal(folder.path(), PowerCut::Disk::Honest, &saved);
            QVERIFY2(outcome.isEmpty(), qPrintable(outcome));
        }
        qInfo("%d cuts, %lld events acknowledged, none lost", cuts, static_cast<long long>(saved));
    }

    void aJournalWithoutFolderSyncsWouldLoseSome()
    {
        for (int i = 0; i < 100; ++i) {
            QTemporaryDir folder;
            if (const auto outcome = cutJournal(folder.path(), PowerCut::Disk::ForgetsFolders, nullptr); !outcome.isEmpty()) {
                qInfo("found out after %d cuts: %s", i + 1, qPrintable(outcome));
                return;
            }
        }
        QFAIL("100 cuts without syncs of the folder lost nothing: the shim does not test what it claims");
    }

private:
    /// Empty: everything acknowledged is there and in order; else what is wrong.
    QString cutJournal(const QString& folder, PowerCut::Disk disk, std::int64_t* saved)
    {
        {
            const auto fresh = test::openJournal(folder.toStdString(), m_clock);   // the file and its schema are old when the work begins
            if (!fresh)
                return QStringLiteral("no journal");
        }
        const PowerCut power(folder);
        QProcess writer;
        writer.setProcessEnvironment(power.environment(QProcessEnvironment::systemEnvironment(), disk));
        writer.start(QStringLiteral(JOURNAL_WRITER), {folder});
        QByteArray output;
        const auto lines = 1 + m_random.bounded(6);
        while (output.count('\n') < lines) {
            if (!writer.waitForReadyRead(20'000))
                return QStringLiteral("the writer wrote nothing");
            output += writer.readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(writer.processId()), SIGKILL);
        writer.waitForFinished();   // lint: allow (a test waits for the process it killed)
        output += writer.readAllStandardOutput();
        power.cut();
        const auto last = output.left(output.lastIndexOf('\n')).split('\n').back().split(' ');
        auto journal = test::openJournal(folder.toStdString(), m_clock);
        const auto report = journal ? journal->verifyChain() : base::Result<db::ChainReport>(base::fail(journal.error()));
        if (!report || !report->ok || !journal->connection().checkIntegrity())
            return QStringLiteral("damaged");
        const auto found = journal->findEvent(*domain::EventId::tryFromString(last.value(1).toStdString()));
        if (!found || !*found || report->events < last.value(0).toLongLong())
            return QStringLiteral("lost: ") + QString::fromUtf8(last.value(0));
        if (saved)
            *saved += last.value(0).toLongLong();
        return {};
    }

    QRandomGenerator m_random;
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestPowerLoss)
#include "tst_powerloss.moc"
