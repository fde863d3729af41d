// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QObject>
#include <QTest>

#include "app/media/player.h"
#include "app/media/qtcallrecorder.h"
#include "app/services/playbackservice.h"
#include "app/services/recordingservice.h"
#include "tests/media/soundsystem.h"
#include "tests/media/speech.h"
#include "tests/support/desk.h"
#include "tests/support/serverprocess.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using namespace evenhand::test;

namespace {

constexpr const char* kAgent = "li.na";
constexpr const char* kSupervisor = "chen.jing";
constexpr const char* kNote = "canary-note-5521";

/// A desk with sound.
struct SoundDesk {
    explicit SoundDesk(const base::Clock& clock, const QString& folder) : desk(clock, folder), recorder(clock), recording(desk.data, recorder), playback(desk.data, player) {}
    Desk desk;
    media::QtCallRecorder recorder;
    media::Player player;
    services::RecordingService recording;
    services::PlaybackService playback;
};

} // namespace

/// A call is recorded at one desk, reaches the server, and is heard at another; then the first desk crashes in the middle of one.
class TestRecording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCallIsRecordedAndSaved();
    void itReachesTheServer();
    void theSupervisorHearsIt();
    void anotherAgentDoesNot();
    void aCommentIsAnEventOfTheCase();
    void aCopyNeedsAReason();
    void aCrashIsRecovered();
    void nothingReadableIsOnAnyDisk();

private:
    std::optional<services::RecordingInfo> onlyRecording(SoundDesk& at)
    {
        const auto found = Desk::wait(at.playback.ofCall(*m_case, *m_call));
        return found && found->size() == 1 ? std::optional(found->front()) : std::nullopt;
    }

    QTemporaryDir m_folder;
    MorningClock m_clock;
    std::unique_ptr<SoundSystem> m_sound;
    ServerProcess m_server;
    std::unique_ptr<SoundDesk> m_agent;
    std::unique_ptr<SoundDesk> m_supervisor;
    std::optional<domain::CaseId> m_case;
    std::optional<domain::PartyId> m_party;
    std::optional<domain::EventId> m_call;
    Samples m_speech;
    QString m_wav;
};

void TestRecording::initTestCase()
{
    base::initialiseCrypto();
    m_sound = std::make_unique<SoundSystem>();
    QVERIFY2(m_sound->isRunning(), qPrintable(m_sound->problem()));
    const auto demo = m_server.run({QStringLiteral("demo")});
    QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
    QVERIFY2(m_server.serve(), m_server.errors().c_str());
    m_speech = babble(9, 5);
    m_wav = m_folder.filePath(QStringLiteral("speech.wav"));
    writeWav(m_wav, m_speech);
    m_agent = std::make_unique<SoundDesk>(m_clock, m_folder.filePath(QStringLiteral("agent")));
    QVERIFY_RESULT(Desk::wait(m_agent->desk.packs.load()));
    QVERIFY_RESULT(m_agent->desk.signIn(m_server.port(), kAgent));
    QVERIFY(m_agent->desk.waitForView());
    const auto today = Desk::wait(m_agent->desk.queue.today());
    QVERIFY_RESULT(today);
    m_case = today->first.front().caseId;
    const auto view = Desk::wait(m_agent->desk.cases.openCase(*m_case));
    QVERIFY_RESULT(view);
    m_party = view->parties.front().id;
}

void TestRecording::aCallIsRecordedAndSaved()
{
    QCOMPARE(m_agent->recording.willRecord(), std::optional(true));
    m_agent->recording.begin("call", *m_case);
    QTRY_VERIFY(m_agent->recording.view().positionMs > 0);
    const auto begun = m_clock.now();
    const auto speaking = m_sound->play(m_wav, QStringLiteral("desk_out"));
    m_agent->recording.mark("step", "greet");
    QTRY_VERIFY_WITH_TIMEOUT(speaking->state() == QProcess::NotRunning, 12'000);
    std::optional<domain::EventId> saved;
    connect(&m_agent->recording, &services::RecordingService::saved, this, [&](const domain::EventId& id) { saved = id; });
    m_agent->recording.end();
    QTRY_VERIFY(saved);
    services::CallDraft draft{*m_case, std::nullopt, domain::CallPayload{*m_party}};
    draft.call.startedAt = begun;
    draft.call.durationS = 5;
    draft.call.outcome = "no_commitment";
    draft.call.result = domain::ContactResult::Conversation;
    draft.call.rightParty = true;
    draft.call.note = base::SensitiveText(kNote);
    draft.call.recordings = m_agent->recording.takeRecordings();
    QVERIFY(draft.call.recordings == std::vector{*saved});
    const auto call = Desk::wait(m_agent->desk.calls.saveCall(std::move(draft)));
    QVERIFY_RESULT(call);
    m_call = call->eventId;
    const auto info = onlyRecording(*m_agent);
    QVERIFY(info);
    QVERIFY(info->isHere);
    QVERIFY(info->durationMs >= 5'000);
    QVERIFY(std::ranges::any_of(info->marks, [](const domain::RecordingMark& mark) { return mark.kind == "step" && mark.ref == "greet"; }));
}

void TestRecording::itReachesTheServer()
{
    QVERIFY(m_agent->desk.waitUntilSent());
    const auto isVerified = [this] {
        const auto kept = Desk::wait(m_agent->desk.data.run<int>([](services::DataRoom& room) -> base::Result<int> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            EVENHAND_ASSIGN(const auto blobs, profile->journal().keptBlobs());
            return int(blobs.size());
        }));
        return kept && *kept == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isVerified(), 20'000);
    QVERIFY(onlyRecording(*m_agent)->isHere);            // the retention of the pack is not over
}

void TestRecording::theSupervisorHearsIt()
{
    m_supervisor = std::make_unique<SoundDesk>(m_clock, m_folder.filePath(QStringLiteral("supervisor")));
    QVERIFY_RESULT(Desk::wait(m_supervisor->desk.packs.load()));
    QVERIFY_RESULT(m_supervisor->desk.signIn(m_server.port(), kSupervisor));
    QVERIFY(m_supervisor->desk.waitForView());
    QTRY_VERIFY_WITH_TIMEOUT(onlyRecording(*m_supervisor).has_value(), 20'000);
    const auto known = onlyRecording(*m_supervisor);
    QVERIFY(known);
    const auto info = *known;
    QVERIFY(!info.isHere);
    const QString raw = m_folder.filePath(QStringLiteral("heard.raw"));
    const auto capture = m_sound->capture(QStringLiteral("ears"), raw);
    QTest::qWait(300);
    m_supervisor->playback.open(info);
    QTRY_VERIFY_WITH_TIMEOUT(m_supervisor->playback.view().phase == services::PlaybackPhase::Ready, 10'000);
    m_supervisor->playback.play();
    QTRY_VERIFY_WITH_TIMEOUT(m_supervisor->playback.view().phase == services::PlaybackPhase::AtEnd, 20'000);
    QTest::qWait(300);
    capture->terminate();
    capture->waitForFinished();
    QFile file(raw);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    Samples heard(std::size_t(bytes.size()) / 2);
    std::copy_n(bytes.constData(), heard.size() * 2, reinterpret_cast<char*>(heard.data()));
    const auto match = findIn(m_speech, sideOf(heard, 2, 0), 80'000);
    QVERIFY2(match.likeness > 0.75, qPrintable(QString::number(match.likeness)));
    QTRY_COMPARE(onlyRecording(*m_supervisor)->plays, 1);   // and that is on record
}

void TestRecording::anotherAgentDoesNot()
{
    // The case moves to a colleague of the same team: they see that there is a recording, and the server keeps the sound.
    const auto moved = m_server.run({QStringLiteral("user"), QStringLiteral("list")});
    QVERIFY(moved.exitCode == 0);
    SoundDesk other(m_clock, m_folder.filePath(QStringLiteral("other")));
    QVERIFY_RESULT(Desk::wait(other.desk.packs.load()));
    QVERIFY_RESULT(other.desk.signIn(m_server.port(), "wang.wei"));
    QVERIFY(other.desk.waitForView());
    std::optional<base::Error> error;
    connect(&other.playback, &services::PlaybackService::failed, this, [&](const base::Error& said) { error = said; });
    const auto found = onlyRecording(*m_agent);
    QVERIFY(found);
    const auto info = *found;
    other.playback.open(info);
    QTRY_VERIFY(error);
    QCOMPARE(int(error->code), int(base::ErrorCode::NotFound));
}

void TestRecording::aCommentIsAnEventOfTheCase()
{
    const auto known = onlyRecording(*m_supervisor);
    QVERIFY(known);
    const auto info = *known;
    QVERIFY_FAILS(Desk::wait(m_supervisor->playback.comment(info, 1'000, 1'000, "")), base::ErrorCode::Invalid);
    QVERIFY_RESULT(Desk::wait(m_supervisor->playback.comment(info, 1'000, 1'000, "开场白完整")));
    const auto again = *onlyRecording(*m_supervisor);
    QCOMPARE(again.comments.size(), 1U);
    QCOMPARE(again.comments[0].fromMs, 1'000);
    QVERIFY(m_supervisor->desk.waitUntilSent());
    const auto atAgent = [this] {
        const auto found = onlyRecording(*m_agent);
        return found && found->comments.size() == 1;
    };
    static_cast<void>(Desk::wait(m_agent->desk.sync.sendNow()));
    QTRY_VERIFY_WITH_TIMEOUT(atAgent(), 40'000);         // the agent reads what was said about their call
}

void TestRecording::aCopyNeedsAReason()
{
    const auto known = onlyRecording(*m_supervisor);
    QVERIFY(known);
    const auto info = *known;
    const QString path = m_folder.filePath(QStringLiteral("copy.ogg"));
    QVERIFY_FAILS(Desk::wait(m_supervisor->playback.exportTo(info, {path.toStdString(), true, "", ""})), base::ErrorCode::Invalid);
    QVERIFY(!QFile::exists(path));
    QVERIFY_RESULT(Desk::wait(m_supervisor->playback.exportTo(info, {path.toStdString(), true, "complaint", "ticket 7"})));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("OggS") && bytes.contains("complaint: ticket 7") && bytes.contains(QByteArray::fromStdString(info.caseNo)));
    file.close();
    QVERIFY(QFile::remove(path));
}

void TestRecording::aCrashIsRecovered()
{
    m_agent->recording.begin("call", *m_case);
    QTRY_VERIFY_WITH_TIMEOUT(m_agent->recording.view().savedMs >= 2'000, 8'000);
    const auto reserved = m_agent->recording.recordings().back();
    // What a crash leaves: the growing file, copied while it grows, in the place of everything that an orderly end would do.
    QString part;
    QDirIterator files(m_folder.filePath(QStringLiteral("agent")), {QStringLiteral("*.part")}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    part = files.next();
    QVERIFY(QFile::copy(part, part + QStringLiteral(".copy")));
    const QString folder = m_folder.filePath(QStringLiteral("agent"));
    m_agent.reset();
    QDirIterator closed(folder, {QStringLiteral("*.evb")}, QDir::Files, QDirIterator::Subdirectories);
    QStringList whole;
    while (closed.hasNext())
        whole << closed.next();
    for (const QString& path : whole)                    // the orderly end of the interrupted one is undone
        if (QFileInfo(path).lastModified().secsTo(QDateTime::currentDateTime()) < 3)
            QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(part + QStringLiteral(".copy"), part));
    m_agent = std::make_unique<SoundDesk>(m_clock, folder);
    QVERIFY_RESULT(Desk::wait(m_agent->desk.packs.load()));
    QVERIFY_RESULT(m_agent->desk.signIn(m_server.port(), kAgent));
    std::optional<services::RecoveredRecordings> recovered;
    connect(&m_agent->recording, &services::RecordingService::recovered, this, [&](const services::RecoveredRecordings& what) { recovered = what; });
    m_agent->recording.recover();
    QTRY_VERIFY(recovered);
    QCOMPARE(recovered->count, 1);
    QCOMPARE(recovered->unreadable, 0);
    const auto event = [&] { return m_agent->desk.ownEvent(reserved).has_value(); };
    QTRY_VERIFY(event());                                // under the id that its call would have named
    m_agent->recording.recover();
    QTest::qWait(300);
    QCOMPARE(recovered->count, 1);
}

/// Neither sound nor note nor a word of the format, in any file of either desk or of the server's blobs.
void TestRecording::nothingReadableIsOnAnyDisk()
{
    int looked = 0;
    for (const char* place : {"agent", "supervisor"}) {
        QDirIterator files(m_folder.filePath(QString::fromLatin1(place)), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const char* word : {kNote, "OggS", "OpusHead", "RIFF", "greet"})
                QVERIFY2(!bytes.contains(word), qPrintable(file.fileName() + QStringLiteral(" holds ") + QString::fromLatin1(word)));
            ++looked;
        }
    }
    QVERIFY(looked > 8);
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
