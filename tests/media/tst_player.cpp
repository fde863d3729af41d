// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "app/media/exporter.h"
#include "app/media/player.h"
#include "app/media/salvage.h"
#include "tests/media/soundsystem.h"
#include "tests/media/speech.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using media::PlayPhase;

/// Playing with the real sound system: what the ears sink got is compared with what was recorded.
class TestPlayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsHeardIsWhatWasRecorded();
    void aJumpIsHeardWhereItGoes();
    void twiceTheSpeedIsTwiceTheSpeedAndKeepsThePitch();
    void silenceIsSkipped();
    void aRangeRepeats();
    void damageIsSilenceAndTheRestIsHeard();
    void fetchedRecordingsPlayBeforeTheyAreHere();
    void nothingOfItReachesTheDisk();
    void theCacheStaysWithinItsLimit();
    void copiesCarryWhereTheyAreFrom();

private:
    media::PlayableRecording playable() const { return {m_made->eventId, m_made->file.sha256, m_made->file.size, m_made->key, m_made->file.path}; }
    /// Samples at 16 kHz of both ears while `work` runs.
    test::Samples listen(const std::function<void()>& work)
    {
        const QString raw = m_folder.filePath(QStringLiteral("heard.raw"));
        const auto capture = m_sound->capture(QStringLiteral("ears"), raw);
        QTest::qWait(400);
        work();
        QTest::qWait(400);
        capture->terminate();
        capture->waitForFinished();
        QFile file(raw);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray bytes = file.readAll();
        test::Samples samples(std::size_t(bytes.size()) / 2);
        std::copy_n(bytes.constData(), samples.size() * 2, reinterpret_cast<char*>(samples.data()));
        return samples;
    }
    static std::int64_t loudMs(std::span<const std::int16_t> samples)
    {
        std::int64_t count = 0;
        for (std::size_t at = 0; at + 320 <= samples.size(); at += 320)
            count += test::levelDb(samples.subspan(at, 320)) > -60 ? 20 : 0;
        return count;
    }

    QTemporaryDir m_folder;
    const base::SecretKey m_blobKey{base::Bytes(32, 7)};
    std::unique_ptr<test::SoundSystem> m_sound;
    test::Samples m_left;
    test::Samples m_right;
    std::optional<media::FinishedRecording> m_made;
};

void TestPlayer::initTestCase()
{
    base::initialiseCrypto();
    m_sound = std::make_unique<test::SoundSystem>();
    QVERIFY2(m_sound->isRunning(), qPrintable(m_sound->problem()));
    m_left = test::speech(QStringLiteral("cmn"), QStringLiteral("您好，请问您是张先生吗？本次通话将被录音。"), 9);
    m_right = test::speech(QStringLiteral("en"), QStringLiteral("Yes, that is me. What is this about?"), 9);
    QVERIFY(!m_left.empty() && !m_right.empty());
    // Three seconds of silence in the middle, for skipping.
    for (auto* side : {&m_left, &m_right})
        std::fill(side->begin() + 3 * 16'000, side->begin() + 6 * 16'000, std::int16_t{0});
    auto core = media::RecorderCore::start({.folder = m_folder.filePath(QStringLiteral("blobs")).toStdString(), .eventId = domain::EventId::random()}, m_blobKey,
                                           {[](const base::Error&) {}, {}}, 0);
    QVERIFY_RESULT(core);
    for (std::size_t at = 0; at + media::kBlockSamples <= m_left.size(); at += media::kBlockSamples) {
        const auto nowMs = std::int64_t(at / 16) + 20;
        (*core)->feed(0, std::span(m_left).subspan(at, media::kBlockSamples), nowMs);
        (*core)->feed(1, std::span(m_right).subspan(at, media::kBlockSamples), nowMs);
        (*core)->tick(nowMs);
    }
    QSemaphore ready;
    (*core)->stop("stopped", [&](base::Result<media::FinishedRecording> finished) {
        if (finished)
            m_made.emplace(*std::move(finished));
        ready.release();
    });
    ready.acquire();
    QVERIFY(m_made);
}

void TestPlayer::whatIsHeardIsWhatWasRecorded()
{
    media::Player player;
    const auto heard = listen([&] {
        player.open(playable());
        player.play();
        QTRY_VERIFY_WITH_TIMEOUT(player.state().phase == PlayPhase::AtEnd, 15'000);
    });
    QCOMPARE(player.state().positionMs, m_made->durationMs);
    for (int side = 0; side < 2; ++side) {
        const auto& source = side == 0 ? m_left : m_right;
        const auto ear = test::sideOf(heard, 2, side);
        const auto match = test::findIn(source, ear, 48'000);
        QVERIFY2(match.likeness > 0.8, qPrintable(QStringLiteral("side %1: %2").arg(side).arg(match.likeness)));
        QVERIFY(test::longestDropoutMs(source, ear, match.offset) <= 20);
    }
}

void TestPlayer::aJumpIsHeardWhereItGoes()
{
    media::Player player;
    player.open(playable());
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    const auto heard = listen([&] {
        player.seek(6'500);
        player.play();
        QTRY_VERIFY_WITH_TIMEOUT(player.state().phase == PlayPhase::AtEnd, 8'000);
    });
    const auto ear = test::sideOf(heard, 2, 0);
    const auto match = test::findIn(std::span(m_left).subspan(6'500 * 16), ear, 32'000);
    QVERIFY2(match.likeness > 0.8, qPrintable(QString::number(match.likeness)));
    player.seek(1'000);
    QTRY_COMPARE(player.state().positionMs, 1'000);
}

void TestPlayer::twiceTheSpeedIsTwiceTheSpeedAndKeepsThePitch()
{
    media::Player player;
    player.open(playable());
    player.setSpeed(2.0);
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    QElapsedTimer clock;
    clock.start();
    player.play();
    QTRY_VERIFY_WITH_TIMEOUT(player.state().phase == PlayPhase::AtEnd, 10'000);
    QVERIFY2(clock.elapsed() > 3'800 && clock.elapsed() < 6'500, qPrintable(QString::number(clock.elapsed())));
}

void TestPlayer::silenceIsSkipped()
{
    media::Player player;
    player.open(playable());
    player.setSkipsSilence(true);
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    QElapsedTimer clock;
    clock.start();
    player.play();
    QTRY_VERIFY_WITH_TIMEOUT(player.state().phase == PlayPhase::AtEnd, 12'000);
    QVERIFY2(clock.elapsed() < 7'500, qPrintable(QString::number(clock.elapsed())));   // 9 s with 3 s of silence
}

void TestPlayer::aRangeRepeats()
{
    media::Player player;
    player.open(playable());
    player.setLoop(std::pair<std::int64_t, std::int64_t>{500, 1'200});
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    player.seek(500);
    player.play();
    int wraps = 0;
    std::int64_t last = 0;
    connect(&player, &media::Player::stateChanged, this, [&](const media::PlayState& state) {
        wraps += state.positionMs + 300 < last ? 1 : 0;
        last = state.positionMs;
        QVERIFY(state.positionMs < 1'400);
    });
    QTRY_VERIFY_WITH_TIMEOUT(wraps >= 2, 6'000);
}

void TestPlayer::damageIsSilenceAndTheRestIsHeard()
{
    const QString copy = m_folder.filePath(QStringLiteral("damaged.evb"));
    QFile::copy(QString::fromStdString(m_made->file.path), copy);
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(3'000);                                    // in the first frame of sound
    const char byte = file.read(1).at(0);
    file.seek(3'000);
    file.write(QByteArray(1, char(byte ^ 1)));
    file.close();
    auto recording = playable();
    recording.path = copy.toStdString();
    media::Player player;
    player.open(recording);
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    player.seek(1'500);
    player.play();
    QTRY_VERIFY_WITH_TIMEOUT(player.state().positionMs > 2'600, 8'000);
    QVERIFY(!player.state().damages.empty());
    QCOMPARE(player.state().damages[0].part, std::string("frame"));
}

void TestPlayer::fetchedRecordingsPlayBeforeTheyAreHere()
{
    // A server that answers after 60 ms and counts. The file is made long: silence would compress away, so its bytes are fetched in pieces.
    QFile file(QString::fromStdString(m_made->file.path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    auto recording = playable();
    recording.path.clear();
    recording.cache = {m_folder.filePath(QStringLiteral("heard")).toStdString()};
    int asked = 0;
    recording.fetch = [&](std::int64_t first, std::int64_t count, media::RangedSource::Done done) {
        ++asked;
        const auto piece = all.mid(first, count);
        QMetaObject::invokeMethod(this, [this, piece, done] {
            QTimer::singleShot(60, this, [piece, done] { done(base::Bytes(piece.begin(), piece.end())); });
        });
    };
    media::Player player;
    player.open(recording);
    player.play();
    QTRY_VERIFY_WITH_TIMEOUT(player.state().phase == PlayPhase::Playing && player.state().positionMs > 200, 5'000);
    QVERIFY(asked >= 1);
    player.close();
    QTRY_COMPARE(player.state().phase, PlayPhase::Closed);
    // A second time nothing is fetched: it is in the cache. And a server that refuses is said so.
    asked = 0;
    player.open(recording);
    QTRY_COMPARE(player.state().phase, PlayPhase::Ready);
    QCOMPARE(asked, 0);
    recording.cache.folder += "2";
    recording.fetch = [](std::int64_t, std::int64_t, media::RangedSource::Done done) { done(base::fail(base::ErrorCode::Forbidden, "no")); };
    std::optional<base::Error> error;
    connect(&player, &media::Player::failed, this, [&](const base::Error& said) { error = said; });
    player.open(recording);
    QTRY_VERIFY(error);
    QCOMPARE(int(error->code), int(base::ErrorCode::Forbidden));
}

void TestPlayer::nothingOfItReachesTheDisk()
{
    QDirIterator files(m_folder.path(), QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.endsWith(QStringLiteral(".raw")))       // what the test itself overheard
            continue;
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains("OggS") && !bytes.contains("OpusHead") && !bytes.contains("RIFF"), qPrintable(path));
        ++looked;
    }
    QVERIFY(looked >= 3);
}

void TestPlayer::theCacheStaysWithinItsLimit()
{
    const QString folder = m_folder.filePath(QStringLiteral("small"));
    QDir().mkpath(folder);
    for (int i = 0; i < 6; ++i) {
        QFile file(folder + QStringLiteral("/%1.pieces").arg(i));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(100'000, 'x'));
        file.setFileTime(QDateTime::currentDateTime().addSecs(i - 100), QFileDevice::FileModificationTime);
    }
    media::trimRangeCache({folder.toStdString(), 250'000});
    QCOMPARE(QDir(folder).entryList({QStringLiteral("*.pieces")}), (QStringList{QStringLiteral("4.pieces"), QStringLiteral("5.pieces")}));
}

void TestPlayer::copiesCarryWhereTheyAreFrom()
{
    auto source = *media::FileSource::open(m_made->file.path);
    auto reader = *media::SealedReader::open(std::shared_ptr<media::ByteSource>(std::move(source)), m_blobKey);
    const media::ExportLabel label{"C-0007", base::toHex(m_made->file.sha256), m_made->eventId.toString(), "2026-03-02T09:00:00.000Z", "complaint", "li.na"};
    for (const auto format : {media::ExportFormat::Wav, media::ExportFormat::Ogg}) {
        const QString path = m_folder.filePath(format == media::ExportFormat::Wav ? QStringLiteral("copy.wav") : QStringLiteral("copy.ogg"));
        QVERIFY_RESULT(media::exportRecording(reader, path.toStdString(), format, label));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const auto& word : {label.caseNo, label.sha256Hex, label.eventId, label.reason, label.by})
            QVERIFY2(bytes.contains(QByteArray::fromStdString(word)), word.c_str());
        QVERIFY(!QFile::exists(path + QStringLiteral(".part")));
        if (format == media::ExportFormat::Wav) {
            const auto samples = test::readWav(path);
            const auto match = test::findIn(m_left, test::sideOf(samples, 2, 0), 1'600);
            QVERIFY2(match.likeness > 0.9 && std::abs(match.offset) <= 160, qPrintable(QString::number(match.offset)));
        } else {
            auto opus = *media::OpusReader::create(2, 16'000);
            const auto samples = opus.decode(base::ByteView(reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())));
            QVERIFY(test::findIn(m_left, test::sideOf(samples, 2, 0), 1'600).likeness > 0.9);
        }
    }
    QVERIFY_FAILS(media::exportRecording(reader, "/nowhere/copy.wav", media::ExportFormat::Wav, label), base::ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestPlayer)
#include "tst_player.moc"
