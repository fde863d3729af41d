// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <csignal>
#include <sys/resource.h>

#include <QDir>
#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <opusfile.h>

#include "app/media/salvage.h"
#include "app/media/sealedreader.h"
#include "tests/media/speech.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;

namespace {

constexpr const char* kCanary = "canary-7f3a9c";

/// A recording of `seconds` through the real recorder, faster than real time.
base::Result<media::FinishedRecording> record(const QString& folder, const base::SecretKey& blobKey, double seconds, const test::Samples& left, const test::Samples& right,
                                              media::DiskGuard guard = {})
{
    media::RecordingConfig config{.folder = folder.toStdString(), .eventId = domain::EventId::random(), .about = {.purpose = "call", .caseId = domain::CaseId::random()}};
    config.guard = guard;
    std::optional<base::Error> failure;
    auto core = media::RecorderCore::start(std::move(config), blobKey, {[&failure](const base::Error& error) { failure = error; }, {}}, 0);
    if (!core)
        return base::fail(core.error());
    (*core)->mark("step", kCanary);
    for (std::size_t at = 0; at + media::kBlockSamples <= std::size_t(seconds * media::kSampleRate); at += media::kBlockSamples) {
        const auto nowMs = std::int64_t(at) * 1000 / media::kSampleRate + media::kBlockMs;
        (*core)->feed(0, std::span(left).subspan(at, media::kBlockSamples), nowMs);
        (*core)->feed(1, std::span(right).subspan(at, media::kBlockSamples), nowMs);
        (*core)->tick(nowMs);
    }
    QSemaphore ready;
    base::Result<media::FinishedRecording> result = base::fail(ErrorCode::Cancelled, "not finished");
    (*core)->stop("stopped", [&](base::Result<media::FinishedRecording> finished) {
        result = std::move(finished);
        ready.release();
    });
    ready.acquire();
    core->reset();
    if (result && failure)
        result->ended = failure->code == ErrorCode::DiskFull ? "disk_full" : "failed";
    return result;
}

test::Samples decodeAll(media::SealedReader& reader)
{
    auto opus = *media::OpusReader::create(reader.header().sides, media::kSampleRate);
    test::Samples all;
    for (const auto i : reader.soundFrames()) {
        const auto plain = reader.read(i);
        if (!plain)
            continue;
        const auto samples = opus.decode(media::decodeSoundFrame(*plain)->ogg);
        all.insert(all.end(), samples.begin(), samples.end());
    }
    return all;
}

QByteArray contentOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void flipBit(const std::string& path, qint64 bit)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadWrite))
        qFatal("cannot open");
    file.seek(bit / 8);
    const char byte = file.read(1).at(0);
    file.seek(bit / 8);
    file.write(QByteArray(1, char(byte ^ (1 << (bit % 8)))));
}

} // namespace

class TestSealedFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        m_left = test::babble(1, 12);
        m_right = test::babble(2, 12);
        const auto made = record(m_folder.path(), m_blobKey, 11, m_left, m_right);
        QVERIFY_RESULT(made);
        m_made.emplace(*made);
    }

    void whatWentInComesOut();
    void bothSidesStayApart();
    void aFinishedFileIsNamedByItsHash();
    void nothingReadableIsOnTheDisk();
    void onlyTheRightKeyOpensIt();
    void aFlippedBitIsNamedAndTheRestPlays();
    void everyFlippedBitIsFound();
    void framesCannotBeMovedNorSwapped();
    void aCutFileIsRecognised();
    void anUnfinishedFileIsRecovered();
    void aFileNobodyWroteDownIsFound();
    void aFullDiskKeepsWhatItHas();
    void allPiecesAreAnOggFile();

private:
    base::Result<media::SealedReader> open(const std::string& path)
    {
        EVENHAND_ASSIGN(auto source, media::FileSource::open(path));
        return media::SealedReader::open(std::shared_ptr<media::ByteSource>(std::move(source)), m_blobKey);
    }
    std::string copy(const char* name)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile::remove(path);
        QFile::copy(QString::fromStdString(m_made->file.path), path);
        return path.toStdString();
    }

    QTemporaryDir m_folder;
    const base::SecretKey m_blobKey{base::Bytes(32, 7)};
    test::Samples m_left;
    test::Samples m_right;
    std::optional<media::FinishedRecording> m_made;
};

void TestSealedFile::whatWentInComesOut()
{
    auto reader = open(m_made->file.path);
    QVERIFY_RESULT(reader);
    QVERIFY(reader->isFinished());
    QCOMPARE(reader->durationMs(), 11'000);
    QVERIFY(reader->verify()->empty());
    const auto heard = test::sideOf(decodeAll(*reader), 2, 0);
    const auto match = test::findIn(std::span(m_left).first(11 * 16'000), heard, 1'600);
    QVERIFY2(match.likeness > 0.9, qPrintable(QString::number(match.likeness)));
    QVERIFY2(std::abs(match.offset - reader->header().preSkip / 3) <= 160, qPrintable(QString::number(match.offset)));
    QVERIFY(test::longestDropoutMs(m_left, heard, match.offset) <= 20);
}

void TestSealedFile::bothSidesStayApart()
{
    const auto onlyLeft = record(m_folder.path(), m_blobKey, 4, m_left, test::Samples(12 * 16'000, 0));
    QVERIFY_RESULT(onlyLeft);
    auto reader = open(onlyLeft->file.path);
    QVERIFY_RESULT(reader);
    const auto all = decodeAll(*reader);
    QVERIFY(test::levelDb(test::sideOf(all, 2, 0)) > -40);
    QVERIFY2(test::levelDb(test::sideOf(all, 2, 1)) < -85, qPrintable(QString::number(test::levelDb(test::sideOf(all, 2, 1)))));
}

void TestSealedFile::aFinishedFileIsNamedByItsHash()
{
    const auto bytes = contentOf(m_made->file.path);
    const auto hash = base::sha256(base::ByteView(reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())));
    QVERIFY(hash == m_made->file.sha256);
    QCOMPARE(qint64(bytes.size()), m_made->file.size);
    QVERIFY(m_made->file.path.ends_with(base::toHex(hash) + ".evb"));
    QCOMPARE(m_made->overview.size(), std::size_t(2 * 11'000 / media::kPeakMs));
}

void TestSealedFile::nothingReadableIsOnTheDisk()
{
    const auto bytes = contentOf(m_made->file.path);
    for (const char* word : {kCanary, "OggS", "Opus", "purpose", "call", "case_id"})
        QVERIFY2(!bytes.contains(word), word);
    // Neither side's samples, nor anything a decoder would take for sound: the bytes look like noise.
    std::array<int, 256> counts{};
    for (const char byte : bytes)
        ++counts[static_cast<unsigned char>(byte)];
    double entropy = 0;
    for (const int count : counts)
        if (count > 0)
            entropy -= double(count) / double(bytes.size()) * std::log2(double(count) / double(bytes.size()));
    QVERIFY2(entropy > 7.95, qPrintable(QString::number(entropy)));
    // The negative control: the same words are in the content once it is opened.
    auto reader = open(m_made->file.path);
    QVERIFY_RESULT(reader);
    const auto plain = *reader->read(reader->soundFrames().front());
    QVERIFY(base::asText(plain).find(kCanary) != std::string_view::npos && base::asText(plain).find("OggS") != std::string_view::npos);
}

void TestSealedFile::onlyTheRightKeyOpensIt()
{
    auto source = std::shared_ptr<media::ByteSource>(*media::FileSource::open(m_made->file.path));
    QVERIFY_FAILS(media::SealedReader::open(source, base::SecretKey(base::Bytes(32, 8))), ErrorCode::WrongKey);
    auto reader = media::SealedReader::openWithKey(source, base::SecretKey(m_made->key.reveal()), m_made->eventId);
    QVERIFY_RESULT(reader);
    QVERIFY(reader->verify()->empty());
    auto wrong = media::SealedReader::openWithKey(source, base::SecretKey(base::Bytes(32, 9)), m_made->eventId);
    QVERIFY(!wrong || !wrong->read(0));
}

void TestSealedFile::aFlippedBitIsNamedAndTheRestPlays()
{
    auto whole = open(m_made->file.path);
    QVERIFY_RESULT(whole);
    const auto victim = whole->soundFrames()[2];
    const auto place = whole->frames()[victim];
    const auto path = copy("flipped");
    flipBit(path, (place.offset + 300) * 8 + 3);
    auto reader = open(path);
    QVERIFY_RESULT(reader);
    const auto damages = *reader->verify();
    QCOMPARE(damages.size(), 1U);
    QCOMPARE(damages[0].part, std::string("frame"));
    QCOMPARE(*damages[0].frame, place.header.number);
    QCOMPARE(damages[0].startMs, 4'000);
    QCOMPARE(damages[0].durationMs, 2'000);
    // Two seconds are gone, everything else is as it was.
    QCOMPARE(decodeAll(*reader).size(), decodeAll(*whole).size() - 2 * 2 * 16'000);
}

/// A bit in each place of the file in turn (every 1,013th, so that each kind of place is met many times).
void TestSealedFile::everyFlippedBitIsFound()
{
    const auto path = copy("flips");
    int tried = 0;
    for (qint64 bit = 0; bit < m_made->file.size * 8; bit += 1'013) {
        flipBit(path, bit);
        auto reader = open(path);
        const bool isFound = !reader || !reader->verify() || !reader->damages().empty();
        QVERIFY2(isFound, qPrintable(QStringLiteral("bit %1 of byte %2 was not noticed").arg(bit % 8).arg(bit / 8)));
        QVERIFY2(reader.has_value(), qPrintable(QStringLiteral("byte %1 makes the whole file unreadable").arg(bit / 8)));
        QVERIFY(reader->soundFrames().size() >= 5);
        flipBit(path, bit);
        ++tried;
    }
    QVERIFY(tried > 300);
    QVERIFY(open(path)->verify()->empty());
}

void TestSealedFile::framesCannotBeMovedNorSwapped()
{
    auto whole = open(m_made->file.path);
    const auto first = whole->frames()[whole->soundFrames()[0]];
    const auto second = whole->frames()[whole->soundFrames()[1]];
    auto bytes = contentOf(m_made->file.path);
    const auto frameBytes = [&](const media::FramePlace& place) { return bytes.mid(place.offset, qsizetype(media::kFrameHeaderSize + place.header.size)); };
    const QByteArray swapped = frameBytes(second) + frameBytes(first);
    bytes.replace(first.offset, swapped.size(), swapped);
    const auto path = copy("swapped");
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    auto reader = open(path);
    QVERIFY_RESULT(reader);
    QVERIFY(reader->verify()->size() >= 2);
}

void TestSealedFile::aCutFileIsRecognised()
{
    auto whole = open(m_made->file.path);
    const auto path = copy("cut");
    const auto last = whole->frames()[whole->soundFrames().back()];
    QFile::resize(QString::fromStdString(path), last.offset);   // a clean cut between two frames
    auto reader = open(path);
    QVERIFY_RESULT(reader);
    QVERIFY(!reader->isFinished());
    const auto damages = *reader->verify();
    QVERIFY(std::ranges::any_of(damages, [](const media::Damage& damage) { return damage.part == "end"; }));
    QVERIFY(reader->durationMs() >= 10'000);
}

void TestSealedFile::anUnfinishedFileIsRecovered()
{
    QTemporaryDir folder;
    auto whole = open(m_made->file.path);
    const auto last = whole->frames()[whole->soundFrames().back()];
    auto bytes = contentOf(m_made->file.path).left(last.offset + 100);   // torn in the middle of a frame
    QFile file(folder.filePath(QStringLiteral("x.part")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QFile empty(folder.filePath(QStringLiteral("y.part")));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.write(bytes.left(100));
    empty.close();
    const auto report = media::salvage(folder.path().toStdString(), m_blobKey, [](const base::Hash256&) { return true; });
    QVERIFY_RESULT(report);
    QCOMPARE(report->empty, 1);
    QCOMPARE(report->recovered.size(), 1U);
    const auto& recording = report->recovered[0];
    QCOMPARE(recording.ended, std::string("recovered"));
    QVERIFY(recording.eventId == m_made->eventId);
    QVERIFY(recording.about.caseId == m_made->about.caseId);
    QCOMPARE(recording.durationMs, std::int64_t(last.header.startMs));
    QCOMPARE(recording.marks.size(), 1U);
    QVERIFY(open(recording.file.path)->verify()->empty());
    QVERIFY(media::salvage(folder.path().toStdString(), m_blobKey, [](const base::Hash256&) { return true; })->recovered.empty());
}

void TestSealedFile::aFileNobodyWroteDownIsFound()
{
    QTemporaryDir folder;
    const auto made = record(folder.path(), m_blobKey, 3, m_left, m_right);
    QVERIFY_RESULT(made);
    const auto report = media::salvage(folder.path().toStdString(), m_blobKey, [](const base::Hash256&) { return false; });
    QVERIFY_RESULT(report);
    QCOMPARE(report->recovered.size(), 1U);
    QVERIFY(report->recovered[0].file.sha256 == made->file.sha256);
    QCOMPARE(report->recovered[0].durationMs, made->durationMs);
}

/// The limit of the operating system stands for a full disk: the write fails in the middle of a frame.
void TestSealedFile::aFullDiskKeepsWhatItHas()
{
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    for (const rlim_t limit : {rlim_t(30'000), rlim_t(30'500), rlim_t(41'000)}) {
        QTemporaryDir folder;
        rlimit small{limit, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto made = record(folder.path(), m_blobKey, 11, m_left, m_right);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY_RESULT(made);
        QCOMPARE(made->ended, std::string("disk_full"));
        auto reader = open(made->file.path);
        QVERIFY_RESULT(reader);
        QVERIFY(reader->durationMs() >= 2'000);
        QVERIFY(!decodeAll(*reader).empty());
    }
    // And the guard that stops before the disk is full.
    QTemporaryDir folder;
    QVERIFY_FAILS(record(folder.path(), m_blobKey, 3, m_left, m_right, {.stopBelow = std::numeric_limits<std::int64_t>::max()}), ErrorCode::Storage);
}

void TestSealedFile::allPiecesAreAnOggFile()
{
    auto reader = open(m_made->file.path);
    QFile out(m_folder.filePath(QStringLiteral("all.ogg")));
    QVERIFY(out.open(QIODevice::WriteOnly));
    for (const auto i : reader->soundFrames()) {
        const auto frame = *media::decodeSoundFrame(*reader->read(i));
        out.write(reinterpret_cast<const char*>(frame.ogg.data()), qint64(frame.ogg.size()));
    }
    out.close();
    // Another library's word on it: what players of Ogg Opus use.
    int problem = 0;
    OggOpusFile* file = op_open_file(out.fileName().toLocal8Bit().constData(), &problem);
    QVERIFY2(file != nullptr, qPrintable(QString::number(problem)));
    QCOMPARE(op_channel_count(file, -1), 2);
    const auto total = op_pcm_total(file, -1);
    op_free(file);
    QVERIFY2(std::abs(total - 11 * 48'000) <= 960, qPrintable(QString::number(total)));
}

QTEST_GUILESS_MAIN(TestSealedFile)
#include "tst_sealedfile.moc"
