// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <optional>

#include <QFile>
#include <QObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include "app/sync/blobtransfer.h"
#include "tests/support/testprofile.h"
#include "tests/support/testresult.h"
#include "tests/sync/fakeblobs.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr std::int64_t kDay = 86'400'000;

QByteArray randomRecording(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(20261201);
    for (auto& byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

/// Journal, folder and transfer of one person; the server's keys are known from the store.
struct Desk {
    FakeClock clock;
    VirtualTime time{clock};
    FakeBlobStore store;
    QTemporaryDir dir;
    std::optional<db::Journal> journal;
    std::optional<FakeBlobWire> wire;
    std::unique_ptr<sync::BlobTransfer> transfer;
    std::string token = "token";
    int renewals = 0;
    std::function<bool(const db::OwnBlob&)> mayRemove{};
    sync::BlobTiming timing{};
    std::vector<domain::wire::ServerKey> trusted{};

    [[nodiscard]] base::Result<> open()
    {
        EVENHAND_ASSIGN(auto opened, openJournal(dir.path().toStdString(), clock));
        journal.emplace(std::move(opened));
        wire.emplace(store, time, identity().dataset);
        const auto key = store.key.publicKey();
        trusted = {{"sig-1", "sign", "ed25519", base::Bytes(key.begin(), key.end()), base::Instant{}}};
        start();
        return {};
    }
    /// As after a kill: a new object over the same files.
    void start()
    {
        transfer.reset();
        sync::BlobSurroundings around{[this] { return token; }, [this] { ++renewals; }, mayRemove, {}};
        transfer = std::make_unique<sync::BlobTransfer>(*wire, *journal, dir.path().toStdString() + "/blobs", identity().dataset, trusted, clock, time,
                                                        std::move(around), timing);
    }
    /// A finished file and its event; the event counts as delivered.
    [[nodiscard]] base::Result<domain::BlobRef> record(const QByteArray& bytes, bool delivered = true)
    {
        const auto part = transfer->folder() + "/recording.part";
        QFile file(QString::fromStdString(part));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return base::fail(base::ErrorCode::Storage, "test file");
        file.close();
        const base::ByteView view(reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
        const domain::BlobRef blob{base::sha256(view), bytes.size()};
        EVENHAND_TRY(transfer->adopt(part, blob));
        db::NewEvent event{domain::NotePayload{base::SensitiveText("recorded"), {}}, idNo<domain::CaseId>(1)};
        event.blobRefs = {blob};
        EVENHAND_ASSIGN(const auto saved, journal->append({&event, 1}, 480));
        if (delivered) {
            EVENHAND_ASSIGN(const auto attempt, journal->recordAttempt(saved[0].epoch, saved[0].seq, saved[0].seq, "r"));
            EVENHAND_TRY(journal->recordResults(attempt, acceptAll(saved)));
        }
        return blob;
    }
    [[nodiscard]] bool isVerified(const domain::BlobRef& blob) const { return (*journal->findBlob(blob.sha256))->verifiedAt.has_value(); }
    bool settle(const domain::BlobRef& blob, std::int64_t within = kDay)
    {
        return time.runUntil([&] { return isVerified(blob); }, within);
    }
};

} // namespace

class TestBlobTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }

    void aRecordingArrivesWholeAndItsReceiptIsKept()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto bytes = randomRecording(5'000'000);
        const auto blob = desk.record(bytes);
        QVERIFY_RESULT(blob);
        QCOMPARE(desk.journal->counts()->unsentBlobs, 1);
        desk.transfer->kick();
        QVERIFY(desk.settle(*blob));
        QCOMPARE(desk.store.blobs.at(blob->sha256).bytes, bytes);
        QCOMPARE(desk.journal->counts()->unsentBlobs, 0);
        QVERIFY2(desk.transfer->isHere(blob->sha256), "nobody said it may go");
    }

    void bytesWaitUntilTheServerKnowsTheEvent()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto blob = desk.record(randomRecording(1000), false);
        QVERIFY_RESULT(blob);
        desk.transfer->kick();
        QVERIFY(!desk.settle(*blob, 3'600'000));
        QCOMPARE(desk.store.requests, 0);
    }

    void theFileGoesOnlyAfterAVerifiedReceiptAndWhenThePackAgrees_data()
    {
        QTest::addColumn<bool>("rightKey");
        QTest::addColumn<bool>("retentionOver");
        QTest::addColumn<bool>("stays");
        QTest::addRow("verified, retention over: goes") << true << true << false;
        QTest::addRow("verified, retention runs: stays") << true << false << true;
        QTest::addRow("receipt of a stranger: stays") << false << true << true;
    }
    void theFileGoesOnlyAfterAVerifiedReceiptAndWhenThePackAgrees()
    {
        QFETCH(const bool, rightKey);
        QFETCH(const bool, retentionOver);
        QFETCH(const bool, stays);
        Desk desk;
        desk.mayRemove = [&](const db::OwnBlob&) { return retentionOver; };
        QVERIFY_RESULT(desk.open());
        if (!rightKey) {
            desk.trusted.front().publicKey = base::Bytes(32, 7);
            desk.start();
        }
        const auto blob = desk.record(randomRecording(1000));
        QVERIFY_RESULT(blob);
        desk.transfer->kick();
        QCOMPARE(desk.settle(*blob, 3'600'000), rightKey);
        QCOMPARE(desk.transfer->isHere(blob->sha256), stays);
        if (!rightKey)
            QCOMPARE(desk.transfer->progress().lastFailure->problem, std::string("bad_receipts"));
    }

    void aVerifiedRecordingOfACaseThatWasTakenAwayGoesAtOnce()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto blob = desk.record(randomRecording(1000));
        QVERIFY_RESULT(blob);
        QVERIFY_RESULT(desk.journal->revokeCase(fixedUuid(77), idNo<domain::CaseId>(1), {}, 480));
        QVERIFY_RESULT(desk.transfer->tidy());
        QVERIFY2(desk.transfer->isHere(blob->sha256), "unsent work stays and is delivered");
        desk.transfer->kick();
        QVERIFY(desk.settle(*blob));
        QVERIFY(!desk.transfer->isHere(blob->sha256));
    }

    // P15: 20 MB, 60 cuts, 20 kills of the client and 20 of the server here; 100 MB, 500, 200 and 200 under torture.
    void anUploadSurvivesAnything_data()
    {
        QTest::addColumn<bool>("removesAfterLastPiece");
        QTest::addRow("whole, and no piece is sent twice without need") << false;
        QTest::addRow("negative control: the file goes after the last piece") << true;
    }
    void anUploadSurvivesAnything()
    {
        QFETCH(const bool, removesAfterLastPiece);
        const bool torture = qEnvironmentVariableIsSet("EVENHAND_TORTURE");
        const int cuts = torture ? 500 : 60;
        const int kills = torture ? 200 : 20;
        Desk desk;
        desk.timing.firstPiece = 64 * 1024;
        desk.timing.largestPiece = 256 * 1024;
        QVERIFY_RESULT(desk.open());
        const auto bytes = randomRecording(torture ? 100'000'000 : 20'000'000);
        const auto blob = desk.record(bytes);
        QVERIFY_RESULT(blob);
        desk.store.forgetsBeforeVerifying = removesAfterLastPiece;
        QRandomGenerator random(7);
        int interruptions = 0;
        desk.wire->cut = [&](int) {
            if (interruptions >= cuts + 2 * kills || random.bounded(3) != 0)
                return FakeBlobWire::Cut::None;
            ++interruptions;
            return random.bounded(2) == 0 ? FakeBlobWire::Cut::BeforeRequest : FakeBlobWire::Cut::BeforeReply;
        };
        desk.transfer->kick();
        for (int kill = 0; kill < kills; ++kill) {
            static_cast<void>(desk.time.runUntil([] { return false; }, random.bounded(4000)));
            desk.start();   // the client was killed; the server keeps what it confirmed
            desk.transfer->kick();
        }
        if (removesAfterLastPiece) {
            const bool arrived = desk.time.runUntil([&] { return !desk.store.forgetsBeforeVerifying; }, kDay);
            QVERIFY(arrived);
            QVERIFY(QFile::remove(QString::fromStdString(desk.transfer->pathOf(blob->sha256))));
            desk.start();
            desk.transfer->kick();
        }
        QCOMPARE(desk.settle(*blob), !removesAfterLastPiece);
        if (removesAfterLastPiece)
            return;
        QCOMPARE(desk.store.blobs.at(blob->sha256).bytes, bytes);
        const auto resent = desk.store.bytesReceived - bytes.size();
        QVERIFY2(resent <= static_cast<std::int64_t>(interruptions + kills) * desk.timing.largestPiece, qPrintable(QString::number(resent)));
        QVERIFY(interruptions > cuts / 2);
    }

    void everyRequestCutInTurnStillArrives()
    {
        for (const auto cut : {FakeBlobWire::Cut::BeforeRequest, FakeBlobWire::Cut::BeforeReply}) {
            for (int n = 0;; ++n) {
                Desk desk;
                QVERIFY_RESULT(desk.open());
                const auto blob = desk.record(randomRecording(2'500'000));
                QVERIFY_RESULT(blob);
                bool fired = false;
                desk.wire->cut = [&](int request) {
                    fired = fired || request == n;
                    return request == n ? cut : FakeBlobWire::Cut::None;
                };
                desk.transfer->kick();
                QVERIFY2(desk.settle(*blob), qPrintable(QString::number(n)));
                if (!fired)
                    break;
            }
        }
    }

    void aMissingFileIsShownAndHoldsUpNothing()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto lost = desk.record(randomRecording(1000));
        QVERIFY_RESULT(lost);
        QVERIFY(QFile::remove(QString::fromStdString(desk.transfer->pathOf(lost->sha256))));
        const auto other = desk.record(randomRecording(2000));
        QVERIFY_RESULT(other);
        desk.transfer->kick();
        QVERIFY(desk.settle(*other));
        QVERIFY(!desk.isVerified(*lost));
        QCOMPARE(desk.transfer->progress().waiting, 1);
    }

    void whatWasAdoptedWithoutAnEventIsFoundAgain()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto part = desk.transfer->folder() + "/x.part";
        QFile file(QString::fromStdString(part));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("abc") == 3);
        file.close();
        const domain::BlobRef blob{base::sha256(base::asBytes(std::string_view("abc"))), 3};
        QVERIFY_FAILS(desk.transfer->adopt(part, {blob.sha256, 4}), base::ErrorCode::Invalid);
        QVERIFY_RESULT(desk.transfer->adopt(part, blob));
        QVERIFY_RESULT(desk.transfer->adopt(part, blob));
        QCOMPARE(desk.transfer->orphans()->size(), std::size_t{1});
        QVERIFY_RESULT(desk.record("abc"));
        QVERIFY(desk.transfer->orphans()->empty());
    }

    void aPieceOfAForeignRecordingComesByRange()
    {
        Desk desk;
        QVERIFY_RESULT(desk.open());
        const auto bytes = randomRecording(10'000);
        const auto blob = desk.record(bytes);
        QVERIFY_RESULT(blob);
        desk.transfer->kick();
        QVERIFY(desk.settle(*blob));
        for (const bool isHere : {true, false}) {
            if (!isHere)
                QVERIFY(QFile::remove(QString::fromStdString(desk.transfer->pathOf(blob->sha256))));
            std::optional<sync::Reply<sync::BlobPart>> got;
            desk.transfer->fetch(blob->sha256, 9'000, 4'000, [&](sync::Reply<sync::BlobPart> part) { got = std::move(part); });
            QVERIFY(desk.time.runUntil([&] { return got.has_value(); }, 60'000));
            QVERIFY(*got);
            QCOMPARE((*got)->total, 10'000);
            QCOMPARE(QByteArray(reinterpret_cast<const char*>((*got)->bytes.data()), static_cast<qsizetype>((*got)->bytes.size())), bytes.mid(9'000));
        }
    }
};

QTEST_GUILESS_MAIN(TestBlobTransfer)
#include "tst_blobtransfer.moc"
