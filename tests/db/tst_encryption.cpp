// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QTemporaryDir>

#include "db/casecache.h"
#include "db/journal.h"
#include "db/keyfile.h"
#include "db/sqlite/transaction.h"
#include "tests/support/cachefixture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;

/// No plaintext on disk (promise P21): canaries in every kind of personal data, then a byte search over every file of the
/// profile, also in the middle of a transaction, when rollback journal and log exist.
class TestEncryption : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void noCanaryIsReadable()
    {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        QVERIFY_RESULT(db::KeyFile(path).create("canary-passphrase", {1, 8192}));
        auto journal = test::openJournal(path, m_clock);
        QVERIFY_RESULT(journal);
        auto cache = db::CaseCache::open(test::cacheConfig(path), m_clock);
        QVERIFY_RESULT(cache);
        fill(*journal, *cache);
        auto transaction = sqlite::Transaction::begin(journal->connection());
        QVERIFY_RESULT(journal->saveDraft({test::idNo<domain::DraftId>(51), {}, "note", base::SensitiveText("canary-second-draft")}));
        // Far more than the page cache holds, so that pages reach the file before the commit.
        QVERIFY_RESULT(journal->connection().execute("PRAGMA cache_size = 2"));
        for (int i = 0; i < 30; ++i)
            QVERIFY_RESULT(journal->append(test::aSavedCall(test::caseNo(1), std::string(4000, 'n') + "canary-note"), 0));
        QStringList seen;
        QCOMPARE(hits(folder.path(), &seen), QStringList());
        QVERIFY2(seen.contains(QStringLiteral("journal.db-journal")), qPrintable(seen.join(QLatin1Char(' '))));   // it was there to be searched
        QVERIFY(seen.contains(QStringLiteral("cache.db-wal")));
    }

    /// The negative control: the same data in a plain file is found.
    void aPlainFileIsFoundOut()
    {
        QTemporaryDir folder;
        auto plain = sqlite::Connection::open({.path = folder.filePath(QStringLiteral("plain.db")).toStdString()});
        QVERIFY_RESULT(plain->runScript("CREATE TABLE t (s TEXT); INSERT INTO t VALUES ('canary-note');"));
        QCOMPARE(hits(folder.path(), nullptr).size(), 1);
    }

    /// What a revoked case leaves in the decrypted file (part of promise P10), and its negative control.
    void aRevokedCaseIsGoneFromTheDecryptedFile_data()
    {
        QTest::addColumn<bool>("secureDelete");
        QTest::addColumn<bool>("gone");
        QTest::newRow("overwritten") << true << true;
        QTest::newRow("negative control: not overwritten") << false << false;
    }
    void aRevokedCaseIsGoneFromTheDecryptedFile()
    {
        QFETCH(bool, secureDelete);
        QFETCH(bool, gone);
        QTemporaryDir folder;
        auto config = test::cacheConfig(folder.path().toStdString());
        config.secureDelete = secureDelete;
        config.key = base::SecretKey(base::ByteView());   // not encrypted: the file is its own decrypted copy
        auto cache = db::CaseCache::open(std::move(config), m_clock);
        QVERIFY_RESULT(cache);
        std::vector<domain::wire::PullOp> ops;
        for (int i = 1; i <= 20; ++i) {
            const auto more = test::caseOps({.number = i, .name = i == 7 ? "canary-name" : "someone", .phone = i == 7 ? "19900077777" : "19900000000"}, i * 10);
            ops.insert(ops.end(), more.begin(), more.end());
        }
        ops.push_back(test::callEchoOp(1, 7, 500, "2026-03-01T10:00:00+08:00", "canary-note"));
        QVERIFY_RESULT(cache->stagePage(test::page(ops, 1000)));
        QVERIFY_RESULT(cache->applyStaged());
        QVERIFY_RESULT(cache->stagePage(test::page({test::revokeOp(7, 2000)}, 2000)));
        QVERIFY_RESULT(cache->applyStaged());
        QVERIFY_RESULT(cache->connection().checkpoint());
        QCOMPARE(hits(folder.path(), nullptr, QStringLiteral("cache.db")).isEmpty(), gone);
    }

private:
    void fill(db::Journal& journal, db::CaseCache& cache)
    {
        QVERIFY_RESULT(journal.append(test::aSavedCall(test::caseNo(1), "canary-note"), 480));
        QVERIFY_RESULT(journal.saveDraft({test::idNo<domain::DraftId>(50), test::caseNo(1), "note", base::SensitiveText("canary-draft")}));
        auto ops = test::caseOps({.number = 1, .name = "canary-name", .phone = "19900077777"}, 1);
        ops.push_back(test::callEchoOp(1, 1, 10, "2026-03-01T10:00:00+08:00", "canary-note"));
        QVERIFY_RESULT(cache.stagePage(test::page(ops, 100)));
        QVERIFY_RESULT(cache.applyStaged());
        QVERIFY_RESULT(cache.stagePage(test::page(ops, 200, false)));   // stays in the staging area
    }

    static QStringList hits(const QString& folder, QStringList* seen, const QString& only = {})
    {
        const QList<QByteArray> canaries{"canary-note", "canary-draft", "canary-second-draft", "canary-name", "19900077777", "canary-passphrase",
                                         "Amy Example", "110101199001010000"};
        QStringList found;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!only.isEmpty() && files.fileName() != only)
                continue;
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const auto bytes = file.readAll();
            if (seen)
                seen->append(files.fileName());
            for (const auto& canary : canaries)
                if (bytes.contains(canary) && !(only.size() && canary == "110101199001010000"))   // every case has that number
                    found << files.fileName() + QLatin1Char(':') + QString::fromUtf8(canary);
        }
        return found;
    }

    test::FakeClock m_clock;
};

QTEST_GUILESS_MAIN(TestEncryption)
#include "tst_encryption.moc"
