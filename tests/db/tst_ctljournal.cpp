// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "db/keyfile.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;

/// `evenhandctl journal verify` as scripts see it: output, exit status, and that it writes nothing.
class TestCtlJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        base::initialiseCrypto();
        m_folder = std::make_unique<QTemporaryDir>();
        auto keys = db::KeyFile(m_folder->path().toStdString()).create("passphrase", {1, 8192});
        QVERIFY_RESULT(keys);
        write("raw.hex", QByteArray::fromStdString(base::toHex(keys->journal.bytes())) + "\n");
        write("wrong.hex", QByteArray(64, 'a'));
        write("pass.txt", "passphrase\n");
        write("badpass.txt", "nonsense\n");
        auto journal = db::Journal::open({.path = path("journal.db").toStdString(), .key = std::move(keys->journal),
                                          .deviceKey = std::move(keys->device), .programVersion = "test"}, m_clock);
        QVERIFY_RESULT(journal);
        QVERIFY_RESULT(journal->setIdentity(test::identity()));
        QVERIFY_RESULT(journal->append(test::aSavedCall(test::idNo<domain::CaseId>(20)), 480));
    }

    void aSoundJournal_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("raw key") << QStringList{QStringLiteral("--key-file"), QStringLiteral("raw.hex")};
        QTest::newRow("keys.hdr named") << QStringList{QStringLiteral("--key-file"), QStringLiteral("keys.hdr"), QStringLiteral("--passphrase-file"), QStringLiteral("pass.txt")};
        QTest::newRow("keys.hdr beside the journal") << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("pass.txt")};
    }
    void aSoundJournal()
    {
        QFETCH(QStringList, options);
        const auto before = QFile(path("journal.db")).size();
        QCOMPARE(run(options), 0);
        const auto answer = QJsonDocument::fromJson(m_out).object();
        QCOMPARE(answer.value(QStringLiteral("events")).toInt(), 4);
        QCOMPARE(answer.value(QStringLiteral("ok")).toBool(), true);
        QVERIFY(answer.value(QStringLiteral("first_bad")).isNull());
        QCOMPARE(QFile(path("journal.db")).size(), before);
        QVERIFY(!QFile::exists(path("journal.db-journal")));
    }

    void aBrokenChainIsNamed()
    {
        {
            const auto key = db::KeyFile(m_folder->path().toStdString()).unlock("passphrase");
            auto db = sqlite::Connection::open({.path = path("journal.db").toStdString(), .rawKey = key->journal.bytes()});
            QVERIFY_RESULT(db->runScript("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq = 3;"));
        }
        QCOMPARE(run({QStringLiteral("--key-file"), QStringLiteral("raw.hex")}), 1);
        const auto bad = QJsonDocument::fromJson(m_out).object().value(QStringLiteral("first_bad")).toObject();
        QCOMPARE(bad.value(QStringLiteral("seq")).toInt(), 4);
        QCOMPARE(bad.value(QStringLiteral("reason")).toString(), QStringLiteral("gap"));
    }

    void whatCannotBeReadIsAnError_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("wrong key") << QStringList{QStringLiteral("--key-file"), QStringLiteral("wrong.hex")};
        QTest::newRow("wrong passphrase") << QStringList{QStringLiteral("--passphrase-file"), QStringLiteral("badpass.txt")};
        QTest::newRow("no such key file") << QStringList{QStringLiteral("--key-file"), QStringLiteral("absent")};
        QTest::newRow("a key file that is none") << QStringList{QStringLiteral("--key-file"), QStringLiteral("pass.txt")};
    }
    void whatCannotBeReadIsAnError()
    {
        QFETCH(QStringList, options);
        QCOMPARE(run(options), 2);
        QVERIFY(m_out.isEmpty());
        QVERIFY2(m_err.startsWith("evenhandctl: ") && m_err.count('\n') == 1, m_err.constData());
    }

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void write(const char* name, const QByteArray& bytes)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    int run(const QStringList& options)
    {
        QProcess ctl;
        ctl.setWorkingDirectory(m_folder->path());
        ctl.start(QStringLiteral(EVENHANDCTL_PATH), QStringList{QStringLiteral("journal"), QStringLiteral("verify"), path("journal.db")} + options);
        if (!ctl.waitForFinished(30'000))
            return -1;
        m_out = ctl.readAllStandardOutput();
        m_err = ctl.readAllStandardError();
        return ctl.exitCode();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    test::FakeClock m_clock;
    QByteArray m_out;
    QByteArray m_err;
};

QTEST_GUILESS_MAIN(TestCtlJournal)
#include "tst_ctljournal.moc"
