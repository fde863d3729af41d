// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "db/journal.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;
using db::Delivery;
using db::Journal;
using domain::CaseId;
using test::idNo;

class TestJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
        m_clock = std::make_unique<test::FakeClock>();
    }

    void enrolmentIsTheFirstEvent()
    {
        auto journal = open();
        const auto unsent = journal.unsent(10, 1 << 20);
        QVERIFY_RESULT(unsent);
        QCOMPARE(unsent->size(), std::size_t{1});
        QCOMPARE(unsent->front().seq, 1);
        QCOMPARE(domain::decodeHeader(unsent->front().header)->type, std::string("epoch_started"));
        QCOMPARE(journal.identity().value()->userName, std::string("amy"));
    }

    void eventsAreNumberedChainedAndSigned()
    {
        auto journal = open();
        const auto saved = journal.append(test::aSavedCall(m_case), 480);
        QVERIFY_RESULT(saved);
        QCOMPARE(saved->size(), std::size_t{3});
        auto previous = journal.findEvent(journal.unsent(1, 0)->front().eventId).value()->envelope;
        std::string lastId;
        std::string lastHlc;
        for (const auto& event : *saved) {
            const auto header = domain::decodeHeader(event.header);
            QVERIFY_RESULT(header);
            QCOMPARE(header->seq, previous.seq + 1);
            QCOMPARE(header->prevHash, previous.hash);
            QCOMPARE(event.hash, domain::eventHash(event.header));
            QVERIFY(domain::verifyEventSignature(test::deviceKey().publicKey(), event.hash, event.signature));
            QCOMPARE(domain::payloadCommitment(*event.salt, *event.payload), header->payloadCommit);
            QCOMPARE(header->utcOffsetMinutes, 480);
            QVERIFY(event.eventId.toString() > lastId);
            QVERIFY(header->hlc > lastHlc);
            lastId = event.eventId.toString();
            lastHlc = header->hlc;
            previous = event;
        }
        QVERIFY(journal.verifyChain()->ok);
        QCOMPARE(journal.verifyChain()->events, 4);
    }

    void whatIsReadIsWhatWasWritten()
    {
        auto journal = open();
        const auto saved = journal.append(test::aSavedCall(m_case), 480).value();
        const auto found = journal.findEvent(saved[0].eventId).value();
        QVERIFY(found);
        QCOMPARE(found->envelope.header, saved[0].header);
        QCOMPARE(found->envelope.payload, saved[0].payload);
        QCOMPARE(found->envelope.salt, saved[0].salt);
        QCOMPARE(found->envelope.signature, saved[0].signature);
        QCOMPARE(journal.eventsOfCase(m_case)->size(), std::size_t{3});
        QCOMPARE(journal.eventsOfCase(idNo<CaseId>(99))->size(), std::size_t{0});
    }

    void aRestartContinuesTheNumbers()
    {
        std::string lastId;
        {
            auto journal = open();
            lastId = journal.append(test::aSavedCall(m_case), 480)->back().eventId.toString();
        }
        m_clock->setWall(base::Instant::fromSeconds(1000));   // somebody set the clock back by decades
        auto journal = open();
        const auto saved = journal.append(test::aSavedCall(m_case), 480);
        QCOMPARE(saved->front().seq, 5);
        QVERIFY(saved->front().eventId.toString() > lastId);
        QVERIFY(journal.verifyChain()->ok);
    }

    void aSecondProgramIsRefused()
    {
        auto journal = open();
        QVERIFY_FAILS(Journal::open(test::journalConfig(m_folder), *m_clock), ErrorCode::Conflict);
    }

    void theWrongKeyLeavesTheFileAlone()
    {
        { open(); }
        auto config = test::journalConfig(m_folder);
        config.key = test::fixedKey(8);
        QVERIFY_FAILS(Journal::open(std::move(config), *m_clock), ErrorCode::WrongKey);
        QVERIFY(open().verifyChain()->ok);
    }

    void aFileThatIsNotAJournalIsRefused()
    {
        QFile file(m_temporary->filePath(QStringLiteral("journal.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(9000, 'n'));
        file.close();
        QVERIFY_FAILS(Journal::open(test::journalConfig(m_folder), *m_clock), ErrorCode::WrongKey);
        QCOMPARE(file.size(), 9000);
    }

    void anIdentityOfAnotherServerIsRefused()
    {
        auto journal = open();
        auto other = test::identity();
        other.dataset = idNo<domain::DatasetId>(77);
        QVERIFY_FAILS(journal.setIdentity(other), ErrorCode::Conflict);
    }

    void eventsCannotBeChangedOrDeleted_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("delete") << QStringLiteral("DELETE FROM event");
        QTest::newRow("another header") << QStringLiteral("UPDATE event SET header = x'00'");
        QTest::newRow("another number") << QStringLiteral("UPDATE event SET seq = seq + 100");
        QTest::newRow("another content") << QStringLiteral("UPDATE event SET payload_local = x'00'");
        QTest::newRow("another case") << QStringLiteral("UPDATE event SET case_id = NULL, payload_local = NULL WHERE case_id IS NOT NULL");
    }
    void eventsCannotBeChangedOrDeleted()
    {
        QFETCH(QString, sql);
        auto journal = open();
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0));
        QVERIFY(!journal.connection().execute(sql.toStdString()));
        QVERIFY(journal.verifyChain()->ok);
    }
    void contentMayBeErased()
    {
        auto journal = open();
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0));
        QVERIFY_RESULT(journal.connection().execute("UPDATE event SET payload_local = NULL"));
        QVERIFY(journal.verifyChain()->ok);
    }

    /// The negative control of the chain: without the triggers every tampering goes through, and verifyChain names it.
    void tamperingIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a deleted event") << QStringLiteral("DELETE FROM event WHERE seq = 2") << QStringLiteral("gap");
        QTest::newRow("a changed header") << QStringLiteral("UPDATE event SET header = cast(replace(cast(header AS TEXT), '\"seq\":3', '\"seq\":9') AS BLOB) WHERE seq = 3")
                                          << QStringLiteral("envelope_mismatch");
        QTest::newRow("a changed time") << QStringLiteral("UPDATE event SET header = cast(replace(cast(header AS TEXT), '2026-', '2025-') AS BLOB) WHERE seq = 2")
                                        << QStringLiteral("hash_mismatch");
        QTest::newRow("a changed content") << QStringLiteral("UPDATE event SET payload_local = cast(payload_local || x'20' AS BLOB) WHERE seq = 2") << QStringLiteral("payload_mismatch");
        QTest::newRow("another signature") << QStringLiteral("UPDATE event SET sig = zeroblob(64) WHERE seq = 2") << QStringLiteral("bad_signature");
        QTest::newRow("two events swapped")
            << QStringLiteral("UPDATE event SET seq = 100 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 100")
            << QStringLiteral("envelope_mismatch");
    }
    void tamperingIsFound()
    {
        QFETCH(QString, sql);
        QFETCH(QString, reason);
        auto journal = open();
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0));
        QVERIFY_RESULT(journal.connection().runScript("DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;"));
        QVERIFY_RESULT(journal.connection().runScript(sql.toStdString()));
        const auto report = journal.verifyChain();
        QVERIFY_RESULT(report);
        QVERIFY(!report->ok);
        QCOMPARE(QString::fromStdString(report->firstBad->reason), reason);
    }

    void theFileCanBeVerifiedWithTheKeyAlone()
    {
        { QVERIFY_RESULT(open().append(test::aSavedCall(m_case), 0)); }
        const auto report = db::verifyJournalFile(m_folder + "/journal.db", test::fixedKey(1));
        QVERIFY_RESULT(report);
        QVERIFY(report->ok);
        QCOMPARE(report->events, 4);
        QVERIFY_FAILS(db::verifyJournalFile(m_folder + "/journal.db", test::fixedKey(2)), ErrorCode::WrongKey);
        QVERIFY_FAILS(db::verifyJournalFile(m_folder + "/absent.db", test::fixedKey(1)), ErrorCode::NotFound);
    }

    void deliveryFollowsFromTheRows()
    {
        auto journal = open();
        const auto saved = journal.append(test::aSavedCall(m_case), 0).value();
        QCOMPARE(delivery(journal, saved[0]), Delivery::Pending);
        const auto attempt = journal.recordAttempt(saved[0].epoch, 1, 3, "request-1").value();
        QCOMPARE(delivery(journal, saved[0]), Delivery::Sent);
        QCOMPARE(delivery(journal, saved[2]), Delivery::Pending);
        QVERIFY_RESULT(journal.finishAttempt(attempt, "no_answer"));
        QCOMPARE(delivery(journal, saved[0]), Delivery::Pending);
        const auto second = journal.recordAttempt(saved[0].epoch, 1, 3, "request-2").value();
        QVERIFY_RESULT(journal.recordResults(second, test::acceptAll({saved[0]})));
        QVERIFY_RESULT(journal.recordResults(second, test::acceptAll({saved[1]}, "quarantined")));
        QCOMPARE(delivery(journal, saved[0]), Delivery::Acked);
        QCOMPARE(delivery(journal, saved[1]), Delivery::Quarantined);
        QCOMPARE(journal.lastAttempt().value()->outcome, std::optional<std::string>("ok"));
        const auto counts = journal.counts().value();
        QCOMPARE(counts.total, 4);
        QCOMPARE(counts.pending, 2);
        QCOMPARE(counts.quarantined, 1);
        QVERIFY(counts.oldestPending.has_value());
        QCOMPARE(journal.ledger(10)->front().eventId.toString(), saved[2].eventId.toString());
    }

    void anAttemptThatWasOpenWhenTheProgramDiedIsOver()
    {
        std::optional<domain::EventEnvelope> event;
        {
            auto journal = open();
            event = journal.append(test::aSavedCall(m_case), 0)->front();
            QVERIFY_RESULT(journal.recordAttempt(event->epoch, 1, 9, "request-1"));
        }
        auto journal = open();
        QCOMPARE(delivery(journal, *event), Delivery::Pending);
    }

    void theServerMayAskAgain()
    {
        auto journal = open();
        const auto saved = journal.append(test::aSavedCall(m_case), 0).value();
        const auto attempt = journal.recordAttempt(saved[0].epoch, 2, 4, "r").value();
        QVERIFY_RESULT(journal.recordResults(attempt, test::acceptAll(saved)));
        QCOMPARE(journal.counts()->pending, 1);
        const domain::wire::SeqRange lost{2, 3};
        QVERIFY_RESULT(journal.markMissing(saved[0].epoch, std::span(&lost, 1)));
        QCOMPARE(journal.counts()->pending, 3);
        QVERIFY_RESULT(journal.recordResults(attempt, test::acceptAll(saved)));   // the very same receipts
        QCOMPARE(journal.counts()->pending, 1);
    }

    void batchesKeepTheOrderAndTheLimits()
    {
        auto journal = open();
        for (int i = 0; i < 5; ++i)
            QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0));
        const auto batch = journal.unsent(7, 1 << 20).value();
        QCOMPARE(batch.size(), std::size_t{7});
        for (std::size_t i = 0; i < batch.size(); ++i)
            QCOMPARE(batch[i].seq, static_cast<std::int64_t>(i) + 1);
        QCOMPARE(journal.unsent(200, 1)->size(), std::size_t{1});   // one event always goes
        QVERIFY(journal.unsent(200, 5000)->size() < 7);
    }

    void anOlderEpochIsSentUnderItsOwnName()
    {
        auto journal = open();
        const auto old = journal.append(test::aSavedCall(m_case), 0)->back();
        const auto fresh = journal.startEpoch("restored");
        QVERIFY_RESULT(fresh);
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0));
        const auto waiting = journal.unsent(100, 1 << 20);
        for (const auto& event : *waiting)
            QCOMPARE(event.epoch, old.epoch);
        QCOMPARE(journal.head()->epoch, *fresh);
        QCOMPARE(journal.head()->seq, 4);
        QVERIFY(journal.verifyChain()->ok);
        const auto first = journal.ledger(100)->at(3);
        QCOMPARE(first.type, std::string("epoch_started"));
    }

    void draftsAreKeptAndDiscardedWithTheirEvents()
    {
        const domain::DraftId id = idNo<domain::DraftId>(50);
        {
            auto journal = open();
            QVERIFY_RESULT(journal.saveDraft({id, m_case, "call", base::SensitiveText("half a no")}));
            QVERIFY_RESULT(journal.saveDraft({id, m_case, "call", base::SensitiveText("half a note")}));
        }
        auto journal = open();
        QCOMPARE(journal.drafts()->size(), std::size_t{1});
        QCOMPARE(journal.drafts()->front().body.reveal(), std::string("half a note"));
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case), 0, id));
        QVERIFY(journal.drafts()->empty());
        QVERIFY_FAILS(journal.saveDraft({id, {}, "call", base::SensitiveText(std::string(40 * 1024, 'x'))}), ErrorCode::Invalid);
    }

    void aRevokedCaseIsClosedAndItsUnsentWorkStays()
    {
        auto journal = open();
        const auto delivered = journal.append(test::aSavedCall(m_case), 0).value();
        QVERIFY_RESULT(journal.recordResults(journal.recordAttempt(delivered[0].epoch, 1, 4, "r").value(), test::acceptAll(delivered)));
        const auto unsent = journal.append(test::aSavedCall(m_case, "not sent yet"), 0).value();
        QVERIFY_RESULT(journal.saveDraft({idNo<domain::DraftId>(50), m_case, "note", base::SensitiveText("half a note")}));
        for (int twice = 0; twice < 2; ++twice)
            QVERIFY_RESULT(journal.revokeCase(test::fixedUuid(60), m_case, {"{}", {}}, 0));
        QVERIFY(journal.isRevoked(m_case).value());
        QVERIFY(journal.eventsOfCase(m_case)->empty());
        QVERIFY(!journal.findEvent(delivered[0].eventId).value()->envelope.payload);   // erased
        QVERIFY(journal.findEvent(unsent[0].eventId).value()->envelope.payload);       // still to be delivered
        QVERIFY(journal.drafts()->empty());
        const auto waiting = journal.unsent(100, 1 << 20).value();
        QCOMPARE(domain::decodeHeader(waiting.back().header)->type, std::string("draft_recovered"));
        QVERIFY(waiting.back().payload->find("half a note") != std::string::npos);
        QVERIFY_RESULT(journal.recordResults(journal.recordAttempt(unsent[0].epoch, 5, 9, "r").value(), test::acceptAll(waiting)));
        QVERIFY(!journal.findEvent(unsent[0].eventId).value()->envelope.payload);      // erased once delivered
        QVERIFY(journal.verifyChain()->ok);
        QVERIFY_RESULT(journal.reopenCase(m_case));
        QVERIFY(!journal.isRevoked(m_case).value());
    }

    void aFullDiskSavesNothingAndTheNextTryWorks()
    {
        auto journal = open();
        const auto draft = idNo<domain::DraftId>(50);
        QVERIFY_RESULT(journal.saveDraft({draft, m_case, "call", base::SensitiveText("text")}));
        const auto pages = journal.connection().integer("PRAGMA page_count").value();
        QVERIFY_RESULT(journal.connection().execute("PRAGMA max_page_count = " + std::to_string(pages)));
        QVERIFY_FAILS(journal.append(test::aSavedCall(m_case, std::string(20000, 'n')), 0, draft), ErrorCode::DiskFull);
        QCOMPARE(journal.counts()->total, 1);
        QCOMPARE(journal.drafts()->size(), std::size_t{1});   // the text is kept
        QVERIFY_RESULT(journal.connection().execute("PRAGMA max_page_count = 100000"));
        QVERIFY_RESULT(journal.append(test::aSavedCall(m_case, std::string(20000, 'n')), 0, draft));
        QCOMPARE(journal.counts()->total, 4);
        QVERIFY(journal.verifyChain()->ok);
    }

    /// Every single database access of "save a call" fails once: nothing is saved, the draft is kept, and the next try works.
    void everyFailingAccessLeavesNothingBehind()
    {
        auto journal = open();
        const auto draft = idNo<domain::DraftId>(50);
        QVERIFY_RESULT(journal.saveDraft({draft, m_case, "call", base::SensitiveText("text")}));
        auto expected = journal.counts()->total;
        int faults = 0;
        for (int n = 0;; ++n) {
            journal.connection().failAfter(n);
            const auto saved = journal.append(test::aSavedCall(m_case), 480, draft);
            const bool fired = journal.connection().faultFired();
            journal.connection().failAfter(-1);
            QCOMPARE(saved.has_value(), !fired);
            if (!fired) {
                QCOMPARE(journal.counts()->total, expected + 3);
                QVERIFY(journal.drafts()->empty());
                break;
            }
            ++faults;
            QCOMPARE(saved.error().code, ErrorCode::Storage);
            QCOMPARE(journal.counts()->total, expected);
            QCOMPARE(journal.drafts()->size(), std::size_t{1});
            QVERIFY(journal.verifyChain()->ok);
        }
        QVERIFY2(faults >= 10, qPrintable(QString::number(faults)));   // the loop really went through the save
        QVERIFY(journal.verifyChain()->ok);
    }

private:
    Journal open()
    {
        auto journal = test::openJournal(m_folder, *m_clock);
        if (!journal)
            qFatal("%s", journal.error().detail.c_str());
        return std::move(*journal);
    }
    static Delivery delivery(const Journal& journal, const domain::EventEnvelope& event)
    {
        return journal.findEvent(event.eventId).value()->delivery;
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::string m_folder;
    std::unique_ptr<test::FakeClock> m_clock;
    CaseId m_case = idNo<CaseId>(20);
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
