// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <QTemporaryDir>

#include "db/migrator.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;
using db::Migration;
using db::Migrator;
using db::SchemaState;
using sqlite::Connection;

namespace {

constexpr std::array kSteps{
    Migration{1, "0001_first", "-- min-compatible: 1\nCREATE TABLE a (i INTEGER); INSERT INTO a VALUES (7);"},
    Migration{2, "0002_second", "-- min-compatible: 1\nALTER TABLE a ADD COLUMN j INTEGER; UPDATE a SET j = i * 2;"},
    Migration{3, "0003_third", "-- min-compatible: 3\nCREATE TABLE b (i INTEGER); INSERT INTO b SELECT j FROM a; DROP TABLE a;"},
};

std::span<const Migration> steps(int count) { return std::span(kSteps).first(static_cast<std::size_t>(count)); }

/// The schema as text, blanks folded, so that two ways to the same tables compare equal.
std::string schemaOf(const Connection& db)
{
    auto query = db.prepare("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
    std::string all;
    const auto lines = query->rows([](sqlite::Row row) { return row.text(0); });
    for (const auto& line : *lines)
        all += line + "\n";
    return QString::fromStdString(all).simplified().toStdString();
}

} // namespace

class TestMigrator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("t.db")).toStdString();
    }

    void aFreshFileGetsEveryStep()
    {
        auto db = open();
        QCOMPARE(run(db, 3).value(), SchemaState::Created);
        QCOMPARE(db.integer("PRAGMA user_version").value(), 3);
        QCOMPARE(db.integer("SELECT i FROM b").value(), 14);
        QCOMPARE(db.integer("SELECT count(*) FROM schema_history").value(), 3);
        QCOMPARE(run(db, 3).value(), SchemaState::Current);
    }

    void everyOldVersionBecomesTheSameAsAFreshOne()
    {
        auto fresh = open();
        QVERIFY_RESULT(run(fresh, 3));
        for (int from = 1; from <= 3; ++from) {
            m_path += "x";
            auto old = open();
            QVERIFY_RESULT(run(old, from));
            QVERIFY_RESULT(run(old, 3));
            QCOMPARE(schemaOf(old), schemaOf(fresh));
            QCOMPARE(old.integer("SELECT i FROM b").value(), 14);
        }
    }

    void eachAccessFailingInTurnLeavesTheOldFileIntact()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 1));
        const auto before = schemaOf(db);
        for (int n = 0;; ++n) {
            db.failAfter(n);
            const auto outcome = run(db, 2);
            if (!db.faultFired()) {
                db.failAfter(-1);
                QVERIFY(n > 10);   // the loop really went through the upgrade
                break;
            }
            db.failAfter(-1);
            if (outcome)
                break;             // the last access is switching foreign keys on again, after the commit
            QCOMPARE(db.integer("PRAGMA user_version").value(), 1);
            QCOMPARE(schemaOf(db), before);
        }
        QVERIFY_RESULT(run(db, 2));
        QCOMPARE(db.integer("SELECT j FROM a").value(), 14);
    }

    void aStepThatFailsItsCheckIsRolledBack()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 1));
        const db::MigrationPlan plan{.migrations = steps(2),
                                     .programVersion = "test",
                                     .verify = [](Connection&) -> base::Result<> { return base::fail(ErrorCode::Damaged, "no"); }};
        QVERIFY_FAILS(Migrator(db, m_clock).run(plan), ErrorCode::Damaged);
        QCOMPARE(db.integer("PRAGMA user_version").value(), 1);
    }

    void anUpgradeLeavesACopyOfTheOldFile()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 1));
        QVERIFY_RESULT(Migrator(db, m_clock).run({.migrations = steps(2), .programVersion = "test", .backupPath = m_path + ".old"}));
        auto old = Connection::open({.path = m_path + ".old", .mustExist = true});
        QVERIFY_RESULT(old);
        QCOMPARE(old->integer("PRAGMA user_version").value(), 1);
    }

    void aNewerFileThatSaysWeMayIsOpened()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 2));
        QCOMPARE(run(db, 1).value(), SchemaState::NewerCompatible);
    }
    void aNewerFileIsRefusedAndNotTouched()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 3));
        const auto before = schemaOf(db);
        QVERIFY_FAILS(run(db, 2), ErrorCode::SchemaTooNew);
        QCOMPARE(schemaOf(db), before);
    }
    void aFileBelowTheFloorIsRefused()
    {
        auto db = open();
        QVERIFY_RESULT(run(db, 1));
        QVERIFY_FAILS(Migrator(db, m_clock).run({.migrations = steps(3), .programVersion = "test", .oldestSupported = 2}), ErrorCode::SchemaTooOld);
    }

    // latest versions: whoever adds a migration reads the checklist in docs/database.md and adds a fixture here.
    void latestVersions()
    {
        QCOMPARE(db::journalMigrations().size(), std::size_t{2});
        QCOMPARE(db::cacheMigrations().size(), std::size_t{4});
    }

    /// A shipped schema is frozen: its text must stay what tests/data/schema holds.
    void theShippedJournalSchemaIsUnchanged()
    {
        auto db = open();
        QVERIFY_RESULT(Migrator(db, m_clock).run({.migrations = db::journalMigrations().first(1), .programVersion = "test"}));
        QFile file(QStringLiteral(EVENHAND_SOURCE_DIR "/tests/data/schema/journal_v01.txt"));
        if (qEnvironmentVariableIsSet("EVENHAND_WRITE_FIXTURES") && file.open(QIODevice::WriteOnly)) {
            file.write(QByteArray::fromStdString(schemaOf(db) + "\n"));
            file.close();
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromStdString(schemaOf(db)), QString::fromUtf8(file.readAll()).simplified());
    }

    void migrationsAreNumberedWithoutGaps()
    {
        for (const auto all : {db::journalMigrations(), db::cacheMigrations()})
            for (std::size_t i = 0; i < all.size(); ++i) {
                QCOMPARE(all[i].version, static_cast<int>(i) + 1);
                QVERIFY(all[i].script.find("-- min-compatible: ") != std::string_view::npos);
            }
    }

    void aJournalOfANewerProgramIsRefused()
    {
        const auto folder = m_folder->path().toStdString();
        QVERIFY_RESULT(test::openJournal(folder, m_clock));
        {
            auto config = test::journalConfig(folder);
            auto db = Connection::open({.path = config.path, .rawKey = config.key.bytes()});
            QVERIFY_RESULT(db->runScript("UPDATE schema_history SET min_compatible = 9; PRAGMA user_version = 9;"));
        }
        QVERIFY_FAILS(db::Journal::open(test::journalConfig(folder), m_clock), ErrorCode::SchemaTooNew);
    }

private:
    Connection open() { return std::move(Connection::open({.path = m_path}).value()); }
    base::Result<SchemaState> run(Connection& db, int count)
    {
        return Migrator(db, m_clock).run({.migrations = steps(count), .programVersion = "test"});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_migrator.moc"
