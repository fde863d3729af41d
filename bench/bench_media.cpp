// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recording, opening and drawing, with a real sound system. Exit status 1 when a figure is missed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <sys/resource.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include "app/media/pcminput.h"
#include "app/media/player.h"
#include "app/media/qtcallrecorder.h"
#include "app/media/sealedreader.h"
#include "app/media/soundframe.h"
#include "tests/media/soundsystem.h"
#include "tests/media/speech.h"
#include "ui/widgets/waveform.h"

using namespace evenhand;

namespace {

bool allReached = true;
const base::SecretKey blobKey{base::Bytes(32, 7)};

[[noreturn]] void stop(const std::string& reason)
{
    std::fprintf(stderr, "bench_media: %s\n", reason.c_str());
    std::exit(2);
}

void figure(const char* text, double value, double limit, const char* unit)
{
    const bool isReached = value <= limit;
    std::printf("  figure to reach: %s: %.1f %s (at most %.0f): %s\n", text, value, unit, limit, isReached ? "reached" : "MISSED");
    allReached = allReached && isReached;
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

/// Resident memory that belongs to this process alone, in MiB: libraries that other programs share are not counted twice.
double memoryMiB()
{
    std::ifstream in("/proc/self/status");
    std::string word;
    double anonymous = 0;
    while (in >> word)
        if (word == "RssAnon:")
            in >> anonymous;
    return anonymous / 1024.0;
}

std::string idOf(const char* name)
{
    for (const auto& device : media::soundInputs())
        if (device.name == name)
            return device.id;
    stop("the virtual microphone is missing");
}

media::RecordingConfig config(const QString& folder)
{
    return {.folder = folder.toStdString(), .eventId = domain::EventId::random()};
}

void benchRecording(test::SoundSystem& sound, const QString& folder)
{
    std::printf("Recording: two sides, real time, real sound system\n");
    const auto speech = test::babble(1, 40);
    const QString wav = folder + QStringLiteral("/speech.wav");
    test::writeWav(wav, speech);
    const base::SystemClock clock;
    const auto mic = idOf("desk_mic");
    const auto line = idOf("line_in");
    // The same samples through the codec alone: what nobody can do better with.
    auto opus = *media::OpusWriter::create({}, 1);
    std::vector<std::int16_t> block(std::size_t(media::kBlockSamples) * 2);
    const double codecBefore = cpuSeconds();
    constexpr int kSeconds = 20;
    for (int i = 0; i < kSeconds * 50; ++i) {
        for (std::size_t s = 0; s < std::size_t(media::kBlockSamples); ++s)
            block[s * 2] = block[s * 2 + 1] = speech[std::size_t(i) * media::kBlockSamples + s];
        static_cast<void>(opus.encode(block));
        static_cast<void>(opus.takePages(false));
    }
    const double codec = (cpuSeconds() - codecBefore) / kSeconds * 100;
    const auto left = sound.play(wav, QStringLiteral("desk_out"));
    const auto right = sound.play(wav, QStringLiteral("line_out"));
    media::QtCallRecorder recorder(clock);
    const double memoryBefore = memoryMiB();
    std::vector<double> starts;
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        if (!recorder.start(config(folder), {mic, line}, blobKey.duplicate()) || !QTest::qWaitFor([&] { return recorder.state().positionMs > 0; }, 5'000))
            stop("recording does not start");
        starts.push_back(double(timer.nsecsElapsed()) / 1e6);
        if (round < 4) {
            recorder.stop();
            if (!QTest::qWaitFor([&] { return recorder.state().phase == media::RecorderPhase::Off; }, 5'000))
                stop("recording does not end");
        }
    }
    const double before = cpuSeconds();
    QTest::qWait(kSeconds * 1000);
    const double cpu = (cpuSeconds() - before) / kSeconds * 100;
    const double memory = memoryMiB() - memoryBefore;
    recorder.stop();
    static_cast<void>(QTest::qWaitFor([&] { return recorder.state().phase == media::RecorderPhase::Off; }, 5'000));
    std::printf("  codec alone %.2f %% of a core; with sound system, mixing, sealing, disk %.2f %% (%.1f times)\n", codec, cpu, cpu / codec);
    std::ranges::sort(starts);
    std::printf("  start to first sound: %.0f … %.0f ms\n", starts.front(), starts.back());
    figure("CPU of a recording", cpu, 3, "% of a core");
    figure("memory of a recording", memory, 20, "MiB");
    figure("start of a recording, median of 5", starts[starts.size() / 2], 150, "ms");
}

/// Four hours out of a minute of speech: its pages over and over, which the reader does not mind.
media::PlayableRecording fourHours(const QString& folder, base::Bytes& levels)
{
    constexpr int kFrames = 4 * 3600 / 2;
    const auto speech = test::babble(3, 60);
    auto opus = *media::OpusWriter::create({}, 1);
    std::vector<base::Bytes> contents;
    media::PeakTrack peaks(2);
    for (int frame = 0; frame < 30; ++frame) {
        const auto from = peaks.steps();
        for (int i = 0; i < 100; ++i) {
            std::vector<std::int16_t> block(std::size_t(media::kBlockSamples) * 2);
            for (std::size_t s = 0; s < std::size_t(media::kBlockSamples); ++s)
                block[s * 2] = block[s * 2 + 1] = speech[std::size_t(frame * 100 + i) * media::kBlockSamples + s];
            static_cast<void>(opus.encode(block));
            peaks.add(block);
        }
        const auto own = peaks.since(from);
        contents.push_back(media::encodeSoundFrame({{own.begin(), own.end()}, {}, opus.takePages(true)}));
    }
    const auto eventId = domain::EventId::random();
    auto key = base::SecretKey::random(32);
    const media::SealedHeader header{eventId, 2, opus.preSkip(), media::wrapKey(blobKey, key, eventId), {}};
    auto writer = media::SealedWriter::create(folder.toStdString(), header, key.duplicate(), media::encodeAbout({}), media::Flush::Never);
    if (!writer)
        stop(writer.error().detail);
    std::size_t bytes = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int frame = 0; frame < kFrames; ++frame) {
        bytes += contents[std::size_t(frame % 30)].size();
        if (!writer->append(media::FrameKind::Sound, std::uint32_t(frame * 2000), 2000, contents[std::size_t(frame % 30)]))
            stop("writing failed");
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    while (levels.size() < std::size_t(4) * 3600 * 20 * 2)
        levels.insert(levels.end(), peaks.bytes().begin(), peaks.bytes().end());
    const auto file = writer->finish(levels);
    if (!file)
        stop(file.error().detail);
    std::printf("Sealing: %.0f MB in %.1f s (%.0f times real time), file %.1f MB\n", double(bytes) / 1e6, seconds, 4 * 3600 / seconds, double(file->size) / 1e6);
    const auto raw = key.bytes();
    return {eventId, file->sha256, file->size, base::Sensitive<base::Bytes>(base::Bytes(raw.begin(), raw.end())), file->path};
}

void benchOpening(const media::PlayableRecording& recording)
{
    std::printf("Opening 4 hours, %.0f MB\n", double(recording.size) / 1e6);
    media::Player player;
    std::vector<double> opens;
    std::vector<double> jumps;
    bool hasLevels = false;
    QObject::connect(&player, &media::Player::levelsReady, &player, [&] { hasLevels = true; });
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        player.open(recording);
        player.play();
        if (!QTest::qWaitFor([&] { return player.state().phase == media::PlayPhase::Playing && player.state().positionMs > 0; }, 5'000))
            stop("the recording does not play");
        opens.push_back(double(timer.nsecsElapsed()) / 1e6);
        timer.restart();
        const std::int64_t target = 3'600'000 + round * 1'000'000;
        player.seek(target);
        if (!QTest::qWaitFor([&] { return player.state().positionMs > target && player.state().phase == media::PlayPhase::Playing; }, 5'000))
            stop("the jump is not heard");
        jumps.push_back(double(timer.nsecsElapsed()) / 1e6);
        player.close();
        QTest::qWait(50);
    }
    std::ranges::sort(opens);
    std::ranges::sort(jumps);
    figure("open to first sound, median of 5", opens[2], 200, "ms");
    figure("jump to sound, median of 5", jumps[2], 200, "ms");
    figure("stored levels were there", hasLevels ? 0 : 1, 0, "missing");
}

void benchDrawing(const base::Bytes& levels)
{
    std::printf("Drawing 4 hours of levels, 1340 × 120\n");
    ui::Waveform wave;
    wave.resize(1340, 120);
    QElapsedTimer timer;
    timer.start();
    wave.setLevels(levels, 2, 4 * 3600 * 1000);
    std::printf("  levels taken in %.1f ms\n", double(timer.nsecsElapsed()) / 1e6);
    QImage image(wave.size(), QImage::Format_ARGB32_Premultiplied);
    const auto frames = [&](const char* text, const std::function<void(int)>& change) {
        std::vector<double> each;
        for (int i = 0; i < 60; ++i) {
            change(i);
            QElapsedTimer one;
            one.start();
            wave.render(&image);
            each.push_back(double(one.nsecsElapsed()) / 1e6);
        }
        std::ranges::sort(each);
        figure(text, each[57], 1000.0 / 60, "ms a frame, 95 of 100");
    };
    frames("the position moves", [&](int i) { wave.setPosition(i * 1000); });
    frames("it is zoomed", [&](int i) { wave.zoom(i % 2 == 0 ? 1.2 : 1.1, 7'200'000); });
    frames("it is scrolled", [&](int i) { wave.zoom(1.0, 7'200'000 + i * 40'000); });
    wave.zoom(0.0001, 0);
    frames("all of it, drawn anew", [&](int i) { wave.setMarks({{i * 1000, i * 1000, QStringLiteral("step"), {}}}); });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    base::initialiseCrypto();
    test::SoundSystem sound;
    QApplication application(argc, argv);
    if (!sound.isRunning())
        stop(sound.problem().toStdString());
    QTemporaryDir folder;
    benchRecording(sound, folder.path());
    base::Bytes levels;
    const auto recording = fourHours(folder.path(), levels);
    benchOpening(recording);
    benchDrawing(levels);
    return allReached ? 0 : 1;
}
