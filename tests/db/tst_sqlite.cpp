// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <QTemporaryDir>

#include "app/base/crypto.h"
#include "db/sqlite/transaction.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;
using sqlite::Connection;
using sqlite::ConnectionConfig;
using sqlite::Row;
using sqlite::Transaction;

class TestSqlite : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("t.db")).toStdString();
    }

    void theLibraryIsTheOneWeBuiltAgainst() { QVERIFY_RESULT(sqlite::checkLibrary()); }

    void valuesComeBackAsTheyWent()
    {
        auto db = open();
        QVERIFY_RESULT(db.execute("CREATE TABLE t (i INTEGER, s TEXT, b BLOB, n TEXT) STRICT"));
        {
            auto insert = db.prepare("INSERT INTO t VALUES (:i, :s, :b, :n)");
            QVERIFY_RESULT(insert);
            const base::Bytes blob{0, 1, 255};
            QVERIFY_RESULT(insert->bind(":i", INT64_MIN).bind(":s", std::string("a\0b", 3)).bind(":b", base::ByteView(blob)).bind(":n", std::optional<std::string>()).run());
        }
        auto query = db.prepare("SELECT i, s, b, n FROM t");
        QVERIFY(query->step().value());
        QCOMPARE(query->row().integer(0), INT64_MIN);
        QCOMPARE(query->row().text(1).size(), std::size_t{3});
        QCOMPARE(query->row().blob(2), (base::Bytes{0, 1, 255}));
        QVERIFY(!query->row().optionalText(3));
        QVERIFY(query->row().isNull(3));
        QVERIFY(!query->step().value());
    }

    void anEmptyBlobIsNotNull()
    {
        auto db = open();
        QVERIFY_RESULT(db.execute("CREATE TABLE t (b BLOB NOT NULL)"));
        QVERIFY_RESULT(db.prepare("INSERT INTO t VALUES (:b)")->bind(":b", base::ByteView()).run());
        QCOMPARE(db.integer("SELECT length(b) FROM t").value(), 0);
    }

    void anUnknownParameterIsAnError()
    {
        auto db = open();
        auto statement = db.prepare("SELECT :a");
        QVERIFY_FAILS(statement->bind(":b", 1).run(), ErrorCode::Invalid);
    }

    void aStatementCanRunAgainAfterAnError()
    {
        auto db = open();
        QVERIFY_RESULT(db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY)"));
        auto insert = db.prepare("INSERT INTO t VALUES (:i)");
        QVERIFY_RESULT(insert->bind(":i", 1).run());
        QVERIFY_FAILS(insert->bind(":i", 1).run(), ErrorCode::Conflict);
        QVERIFY_RESULT(insert->bind(":i", 2).run());
        QCOMPARE(db.integer("SELECT count(*) FROM t").value(), 2);
    }

    void twoStatementsOfTheSameTextDoNotShareTheirState()
    {
        auto db = open();
        auto first = db.prepare("SELECT 1 UNION ALL SELECT 2");
        QVERIFY(first->step().value());
        auto second = db.prepare("SELECT 1 UNION ALL SELECT 2");
        QVERIFY(second->step().value());
        QCOMPARE(second->row().integer(0), 1);
        QVERIFY(first->step().value());
        QCOMPARE(first->row().integer(0), 2);
    }

    void aTransactionRollsBackUnlessCommitted()
    {
        auto db = open();
        QVERIFY_RESULT(db.execute("CREATE TABLE t (i)"));
        {
            auto transaction = Transaction::begin(db);
            QVERIFY_RESULT(db.execute("INSERT INTO t VALUES (1)"));
        }
        QCOMPARE(db.integer("SELECT count(*) FROM t").value(), 0);
        {
            auto transaction = Transaction::begin(db);
            QVERIFY_RESULT(db.execute("INSERT INTO t VALUES (1)"));
            QVERIFY_RESULT(transaction->commit());
        }
        QCOMPARE(db.integer("SELECT count(*) FROM t").value(), 1);
    }

    void anInnerTransactionGivenUpDoomsTheOuterOne()
    {
        auto db = open();
        QVERIFY_RESULT(db.execute("CREATE TABLE t (i)"));
        auto outer = Transaction::begin(db);
        {
            auto inner = Transaction::begin(db);
            QVERIFY_RESULT(db.execute("INSERT INTO t VALUES (1)"));
        }
        QVERIFY_FAILS(outer->commit(), ErrorCode::Storage);
        QCOMPARE(db.integer("SELECT count(*) FROM t").value(), 0);
        auto next = Transaction::begin(db);   // the doom does not outlive it
        QVERIFY_RESULT(next->commit());
    }

    void scriptsAreCutBySqliteAndNotAtSemicolons()
    {
        auto db = open();
        QVERIFY_RESULT(db.runScript("CREATE TABLE t (s TEXT); -- a; comment\n"
                                    "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET s = s || ';x'; END;\n"
                                    "INSERT INTO t VALUES ('a;b');\n  \n"));
        QCOMPARE(db.text("SELECT s FROM t").value(), std::string("a;b;x"));
        const auto failed = db.runScript("SELECT 1; SELECT nonsense;");
        QVERIFY(!failed);
        QVERIFY2(failed.error().detail.starts_with("statement 2"), failed.error().detail.c_str());
    }

    void doubleQuotedStringsAreOff() { QVERIFY(!open().execute("SELECT \"not a column\"")); }

    void foreignKeysAreOn()
    {
        auto db = open();
        QVERIFY_RESULT(db.runScript("CREATE TABLE p (i INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p (i));"));
        QVERIFY_FAILS(db.execute("INSERT INTO c VALUES (1)"), ErrorCode::Invalid);
    }

    void theNthAccessFailsOnce()
    {
        auto db = open();
        db.failAfter(1);
        QVERIFY_FAILS(db.execute("SELECT 1"), ErrorCode::Storage);   // the prepare succeeds, the step fails
        QVERIFY(db.faultFired());
        QVERIFY_RESULT(db.execute("SELECT 1"));
    }

    void badFilesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::newRow("a text file is not a database") << QByteArray(5000, 'x') << static_cast<int>(ErrorCode::WrongKey);
        QTest::newRow("half a page is not a database") << QByteArray(700, 'x') << static_cast<int>(ErrorCode::WrongKey);
    }
    void badFilesAreNamed()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        std::ofstream(m_path, std::ios::binary).write(content.constData(), content.size());
        const auto opened = Connection::open(encrypted());
        QVERIFY(!opened);
        QCOMPARE(static_cast<int>(opened.error().code), code);
        QCOMPARE(QFileInfo(QString::fromStdString(m_path)).size(), content.size());   // and not touched
    }

    void theWrongKeyIsNamed()
    {
        QVERIFY_RESULT(Connection::open(encrypted())->execute("CREATE TABLE t (i)"));
        auto other = encrypted();
        m_key[0] ^= 1;
        QVERIFY_FAILS(Connection::open(other), ErrorCode::WrongKey);
    }

    void anEncryptedFileDoesNotOpenWithoutAKey()
    {
        QVERIFY_RESULT(Connection::open(encrypted())->execute("CREATE TABLE t (i)"));
        QVERIFY_FAILS(Connection::open({.path = m_path}), ErrorCode::WrongKey);
    }

    void aTruncatedFileIsDamaged()
    {
        {
            auto db = Connection::open(encrypted());
            QVERIFY_RESULT(db->runScript("CREATE TABLE t (b BLOB); INSERT INTO t VALUES (zeroblob(100000));"));
        }
        QVERIFY(QFile::resize(QString::fromStdString(m_path), 8192 + 100));
        const auto db = Connection::open(encrypted());
        if (db) {
            const auto checked = db->checkIntegrity();
            QVERIFY(!checked);
            QVERIFY(checked.error().code == ErrorCode::Damaged || checked.error().code == ErrorCode::WrongKey);
        } else {
            QVERIFY(db.error().code == ErrorCode::Damaged || db.error().code == ErrorCode::WrongKey);
        }
    }

    void oneFlippedBitIsFound()
    {
        {
            auto db = Connection::open(encrypted());
            QVERIFY_RESULT(db->runScript("CREATE TABLE t (b BLOB); INSERT INTO t VALUES (zeroblob(100000));"));
            QVERIFY_RESULT(db->checkIntegrity());
        }
        QFile file(QString::fromStdString(m_path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(4096 * 10 + 17);
        char byte = 0;
        file.getChar(&byte);
        file.seek(4096 * 10 + 17);
        file.putChar(static_cast<char>(byte ^ 1));
        file.close();
        const auto db = Connection::open(encrypted());
        QVERIFY_RESULT(db);
        QVERIFY_FAILS(db->checkIntegrity(), ErrorCode::Damaged);
    }

    void anotherProgramsFileIsRefused()
    {
        QVERIFY_RESULT(open().execute("CREATE TABLE theirs (i)"));
        QVERIFY_FAILS(Connection::open({.path = m_path, .applicationId = 77}), ErrorCode::Invalid);
    }

    void aFullDiskIsNamedAndNothingIsHalfDone()
    {
        auto db = open();
        QVERIFY_RESULT(db.runScript("CREATE TABLE t (b BLOB); INSERT INTO t VALUES (zeroblob(1000)); PRAGMA max_page_count = 10;"));
        {
            auto transaction = Transaction::begin(db);
            QVERIFY_RESULT(db.execute("INSERT INTO t VALUES (zeroblob(1000))"));
            QVERIFY_FAILS(db.execute("INSERT INTO t VALUES (zeroblob(100000))"), ErrorCode::DiskFull);
        }
        QCOMPARE(db.integer("SELECT count(*) FROM t").value(), 1);
        QVERIFY_RESULT(db.execute("PRAGMA max_page_count = 1000"));
        QVERIFY_RESULT(db.execute("INSERT INTO t VALUES (zeroblob(100000))"));
    }

    void aCopyKeepsTheKey()
    {
        auto db = Connection::open(encrypted());
        QVERIFY_RESULT(db->runScript("CREATE TABLE t (s TEXT); INSERT INTO t VALUES ('canary');"));
        const auto copy = m_path + ".copy";
        QVERIFY_RESULT(db->vacuumInto(copy));
        QFile file(QString::fromStdString(copy));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("canary"));
        auto config = encrypted();
        config.path = copy;
        QCOMPARE(Connection::open(config)->text("SELECT s FROM t").value(), std::string("canary"));
    }

    void aReadOnlyConnectionDoesNotWrite()
    {
        QVERIFY_RESULT(open().execute("CREATE TABLE t (i)"));
        auto db = Connection::open({.path = m_path, .readOnly = true});
        QVERIFY_RESULT(db);
        QVERIFY(!db->execute("INSERT INTO t VALUES (1)"));
        QVERIFY_FAILS(Connection::open({.path = m_path + ".absent", .readOnly = true}), ErrorCode::NotFound);
    }

    void aSecondWriterWaitsOrIsToldSo()
    {
        auto first = open();
        auto second = open();
        QVERIFY_RESULT(first.execute("CREATE TABLE t (i)"));
        auto transaction = Transaction::begin(first);
        QVERIFY_RESULT(transaction);
        QVERIFY_FAILS(Transaction::begin(second), ErrorCode::Conflict);
        QVERIFY_RESULT(transaction->commit());
        QVERIFY_RESULT(Transaction::begin(second));
    }

private:
    Connection open() { return std::move(Connection::open({.path = m_path}).value()); }
    ConnectionConfig encrypted() { return {.path = m_path, .rawKey = m_key}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    base::Bytes m_key = base::Bytes(32, 9);
};

QTEST_GUILESS_MAIN(TestSqlite)
#include "tst_sqlite.moc"
