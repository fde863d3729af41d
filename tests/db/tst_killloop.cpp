// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <random>

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include "db/journal.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;

/// "Saved" survives the process dying (promise P1): SIGKILL at a random moment after acknowledged saves, then everything that
/// was acknowledged is there, once, in an unbroken chain. 200 kills; EVENHAND_TORTURE=1 makes it 10,000.
class TestKillLoop : public QObject {
    Q_OBJECT

public:
    static void initMain()
    {
        if (qEnvironmentVariableIsSet("EVENHAND_TORTURE"))   // QtTest's own watchdog stops a function after five minutes
            qputenv("QTEST_FUNCTION_TIMEOUT", "3600000");
    }

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto given = qEnvironmentVariableIntValue("EVENHAND_TEST_SEED");
        m_seed = given != 0 ? static_cast<unsigned>(given) : std::random_device{}();
        m_random.seed(m_seed);
        qInfo("seed %u (set EVENHAND_TEST_SEED to repeat)", m_seed);
    }

    void nothingAcknowledgedIsLost()
    {
        const int rounds = qEnvironmentVariableIsSet("EVENHAND_TORTURE") ? 10'000 : 200;
        std::int64_t acknowledged = 0;
        std::int64_t unacknowledged = 0;
        QTemporaryDir folder;
        for (int round = 0; round < rounds; ++round) {
            if (round % 50 == 0)   // a fresh file now and then, or checking a long chain would take most of the time
                QVERIFY(freshFolder(folder));
            const auto last = writeAndKill(folder.path(), {});
            QVERIFY(!last.isEmpty());
            const auto parts = last.split(QLatin1Char(' '));
            auto journal = test::openJournal(folder.path().toStdString(), m_clock);
            QVERIFY_RESULT(journal);
            QVERIFY_RESULT(journal->connection().checkIntegrity());
            const auto report = journal->verifyChain();
            QVERIFY_RESULT(report);
            QVERIFY2(report->ok, report->firstBad ? report->firstBad->reason.c_str() : "");
            const auto found = journal->findEvent(*domain::EventId::tryFromString(parts[1].toStdString()));
            QVERIFY_RESULT(found);
            QVERIFY2(found->has_value(), qPrintable(QStringLiteral("lost: ") + last));
            QCOMPARE((*found)->envelope.seq, parts[0].toLongLong());
            QVERIFY(report->events >= parts[0].toLongLong());
            QCOMPARE((report->events - 1) % 3, 0);   // a save is all of its events or none
            acknowledged = parts[0].toLongLong();
            unacknowledged += (report->events - acknowledged) / 3;
        }
        qInfo("%d kills, chain of %lld events at the end, %lld saves committed but not acknowledged", rounds,
              static_cast<long long>(acknowledged), static_cast<long long>(unacknowledged));
    }

    /// The negative control: without a rollback journal the same kills must break something within a few hundred tries, or this
    /// test proves nothing.
    void withoutTheJournalTheSameKillsDoHarm()
    {
        for (int round = 0; round < 400; ++round) {
            QTemporaryDir folder;
            const auto last = writeAndKill(folder.path(), {QStringLiteral("unsafe")});
            QVERIFY(!last.isEmpty());
            auto journal = test::openJournal(folder.path().toStdString(), m_clock);
            const auto report = journal ? journal->verifyChain() : base::Result<db::ChainReport>(base::fail(journal.error()));
            if (!report || !report->ok || (report->events - 1) % 3 != 0 || !journal->connection().checkIntegrity()) {
                qInfo("journal_mode=OFF was found out after %d kills", round + 1);
                return;
            }
        }
        QFAIL("400 kills without a rollback journal did no harm: the kill loop does not test what it claims");
    }

private:
    static bool freshFolder(QTemporaryDir& folder)
    {
        folder.remove();
        folder = QTemporaryDir();
        return folder.isValid();
    }

    /// The last line the writer printed before it was killed.
    QString writeAndKill(const QString& folder, const QStringList& more)
    {
        QProcess writer;
        writer.start(QStringLiteral(JOURNAL_WRITER), QStringList{folder} + more);
        QByteArray output;
        while (output.count('\n') < 1)   // at least one acknowledged save
            if (!writer.waitForReadyRead(20'000))
                return {};
            else
                output += writer.readAllStandardOutput();
        QElapsedTimer timer;
        timer.start();
        const auto wait = std::uniform_int_distribution<int>(0, 25)(m_random);
        while (timer.elapsed() < wait)
            if (writer.waitForReadyRead(1))
                output += writer.readAllStandardOutput();
        ::kill(static_cast<pid_t>(writer.processId()), SIGKILL);
        writer.waitForFinished();   // lint: allow (a test waits for the process it killed)
        output += writer.readAllStandardOutput();
        const auto lines = output.left(output.lastIndexOf('\n')).split('\n');
        return QString::fromUtf8(lines.back());
    }

    unsigned m_seed = 0;
    std::mt19937 m_random;
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestKillLoop)
#include "tst_killloop.moc"
