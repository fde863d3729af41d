// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/playbackdesk.h"

#include <algorithm>
#include <cmath>

#include <QMediaDevices>

#include <SoundTouch.h>

#include "app/media/peaktrack.h"

namespace evenhand::media {

using base::ErrorCode;

namespace {

constexpr int kPlayRate = 48'000;                        // every output has it
constexpr int kOutChannels = 2;
constexpr int kOutFrame = kOutChannels * int(sizeof(std::int16_t));
constexpr int kChunkMs = 20;
constexpr int kPumpMs = 15;
constexpr int kOutBufferMs = 160;                           // short, so that a jump is heard at once
constexpr std::int64_t kLongSilenceMs = 900;
constexpr std::int64_t kSilenceKeptMs = 250;             // so that words do not run into each other
constexpr double kSilenceDb = -48.0;
constexpr double kSlowest = 0.5;
constexpr double kFastest = 2.0;

std::int16_t toSample(float value) { return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * 32'767.0F)); }

} // namespace

PlaybackDesk::PlaybackDesk() : m_stretch(std::make_unique<soundtouch::SoundTouch>()), m_timer(this)
{
    m_stretch->setSampleRate(kPlayRate);
    m_stretch->setChannels(kOutChannels);
    m_timer.setInterval(kPumpMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PlaybackDesk::pump);
}

PlaybackDesk::~PlaybackDesk() = default;

void PlaybackDesk::open(PlayableRecording recording)
{
    close();
    m_recording = std::move(recording);
    enter(PlayPhase::Opening);
    openSource();
}

void PlaybackDesk::openSource()
{
    if (!m_recording.path.empty()) {
        auto file = FileSource::open(m_recording.path);
        if (!file)
            return fail(file.error());
        m_source = *std::move(file);
        return tryOpening();
    }
    const QPointer<PlaybackDesk> self(this);
    // The answer comes on another thread: it goes through this one's event loop.
    auto fetch = [self, fetch = m_recording.fetch](std::int64_t first, std::int64_t count, RangedSource::Done done) {
        fetch(first, count, [self, done = std::move(done)](const base::Result<base::Bytes>& bytes) {
            if (self)
                QMetaObject::invokeMethod(self, [done, bytes] { done(bytes); }, Qt::QueuedConnection);
        });
    };
    auto ranged = RangedSource::open(m_recording.cache, m_recording.sha256, m_recording.size, std::move(fetch),
                                     {[this] { arrived(); }, [this](const base::Error& error) { fail(error); }});
    if (!ranged)
        return fail(ranged.error());
    m_source = *std::move(ranged);
    m_source->want(0, RangedSource::kPiece);             // header and first sound while the end is on its way
    tryOpening();
}

void PlaybackDesk::tryOpening()
{
    auto reader = SealedReader::openWithKey(m_source, base::SecretKey(m_recording.key.reveal()), m_recording.eventId);
    if (!reader) {
        if (reader.error().code != ErrorCode::NotFound)
            fail(reader.error());
        return;
    }
    m_reader.emplace(*std::move(reader));
    auto stream = SoundStream::create(*m_reader, kPlayRate);
    if (!stream)
        return fail(stream.error());
    m_stream.emplace(*std::move(stream));
    m_state.durationMs = m_reader->durationMs();
    m_state.damages = m_reader->damages();
    m_stream->seek(m_startMs);
    m_state.positionMs = m_startMs;
    enter(PlayPhase::Ready);
    if (m_wantsPlay)
        play();
    loadLevels();
}

void PlaybackDesk::loadLevels()
{
    if (m_hasLevels || !m_reader)
        return;
    auto levels = m_reader->readAll(FrameKind::Peaks);
    if (!levels)
        return;
    m_levels = *std::move(levels);
    m_hasLevels = true;
    Q_EMIT levelsReady(m_levels, m_reader->header().sides);
}

void PlaybackDesk::arrived()
{
    if (!m_reader)
        return tryOpening();
    loadLevels();
    if (m_state.phase == PlayPhase::Waiting)
        pump();
}

void PlaybackDesk::close()
{
    m_timer.stop();
    if (m_sink)
        m_sink->stop();
    m_sink.reset();
    m_stream.reset();
    m_reader.reset();
    m_source.reset();
    m_levels.clear();
    m_hasLevels = m_wantsPlay = false;
    m_startMs = 0;
    m_state = {.speed = m_state.speed, .skipsSilence = m_state.skipsSilence};
    Q_EMIT stateChanged(m_state);
}

bool PlaybackDesk::openSink()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    QAudioFormat format;
    format.setSampleRate(kPlayRate);
    format.setChannelCount(kOutChannels);
    format.setSampleFormat(QAudioFormat::Int16);
    if (device.isNull())
        return false;
    m_sink = std::make_unique<QAudioSink>(device, format);
    m_sink->setBufferSize(format.bytesForDuration(kOutBufferMs * 1000));
    m_out = m_sink->start();
    m_given.clear();
    m_givenBytes = 0;
    m_pending.clear();
    return m_out && m_sink->error() == QAudio::NoError;
}

void PlaybackDesk::play()
{
    m_wantsPlay = true;
    if (!m_stream)
        return;
    if (m_state.phase == PlayPhase::AtEnd)
        seek(0);
    if (!m_sink && !openSink()) {
        m_sink.reset();
        m_wantsPlay = false;
        return fail({ErrorCode::Conflict, "the sound output cannot be opened"});
    }
    m_timer.start();
    enter(PlayPhase::Playing);
    pump();
}

void PlaybackDesk::pause()
{
    m_wantsPlay = false;
    if (m_state.phase != PlayPhase::Playing && m_state.phase != PlayPhase::Waiting)
        return;
    updatePosition();
    m_timer.stop();
    dropQueued();
    m_stream->seek(m_state.positionMs);
    enter(PlayPhase::Ready);
}

void PlaybackDesk::dropQueued()
{
    if (m_sink)
        m_sink->stop();                                  // what it holds would be heard after a jump
    m_sink.reset();
    m_stretch->clear();
    m_pending.clear();
}

void PlaybackDesk::seek(std::int64_t ms)
{
    m_startMs = std::max<std::int64_t>(0, ms);
    if (!m_stream)
        return;
    const bool isPlaying = m_state.phase == PlayPhase::Playing || m_state.phase == PlayPhase::Waiting;
    dropQueued();
    m_stream->seek(ms);
    m_state.positionMs = m_stream->positionMs();
    if (isPlaying)
        return play();
    enter(PlayPhase::Ready);
}

void PlaybackDesk::setSpeed(double speed)
{
    m_state.speed = std::clamp(speed, kSlowest, kFastest);
    m_stretch->setTempo(m_state.speed);
    Q_EMIT stateChanged(m_state);
}

void PlaybackDesk::setSkipsSilence(bool skips)
{
    m_state.skipsSilence = skips;
    Q_EMIT stateChanged(m_state);
}

void PlaybackDesk::fetchAll()
{
    if (m_source)
        m_source->want(0, m_source->size());
}

void PlaybackDesk::setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop)
{
    m_state.loop = loop && loop->second > loop->first ? loop : std::nullopt;
    Q_EMIT stateChanged(m_state);
}

void PlaybackDesk::pump()
{
    if (!m_sink || !m_out || m_sink->error() == QAudio::FatalError || m_sink->error() == QAudio::IOError) {
        pause();
        return fail({ErrorCode::Conflict, "the sound output went away"});
    }
    for (;;) {
        if (!m_pending.isEmpty()) {
            const auto taken = m_out->write(m_pending.constData(), std::min(m_pending.size(), m_sink->bytesFree() / kOutFrame * kOutFrame));
            m_pending.remove(0, std::max<qsizetype>(0, taken));
            if (!m_pending.isEmpty())
                break;
        }
        if (m_sink->bytesFree() < kOutFrame || !produce())
            break;
    }
    updatePosition();
    Q_EMIT stateChanged(m_state);
}

/// One more chunk. False when there is none now.
bool PlaybackDesk::produce()
{
    if (m_state.loop && m_stream->positionMs() >= m_state.loop->second)
        m_stream->seek(m_state.loop->first);
    jumpOverSilence();
    const auto atMs = m_stream->positionMs();
    const auto samples = m_stream->read(kPlayRate * kChunkMs / 1000);
    if (!samples) {
        if (samples.error().code == ErrorCode::NotFound)
            enter(PlayPhase::Waiting);
        else
            fail(samples.error());
        return false;
    }
    if (m_state.damages.size() != m_reader->damages().size())
        m_state.damages = m_reader->damages();
    if (samples->empty()) {
        if (m_sink->bytesFree() < m_sink->bufferSize() - kOutFrame * 64)
            return false;                                // the last words are still being played
        m_timer.stop();
        dropQueued();
        m_wantsPlay = false;
        m_state.positionMs = m_state.durationMs;
        enter(PlayPhase::AtEnd);
        return false;
    }
    if (m_state.phase == PlayPhase::Waiting)
        enter(PlayPhase::Playing);
    give(*samples, atMs);
    return true;
}

void PlaybackDesk::give(const std::vector<std::int16_t>& samples, std::int64_t atMs)
{
    const auto sides = std::size_t(m_stream->sides());
    const auto frames = samples.size() / sides;
    std::vector<std::int16_t> stereo(frames * kOutChannels);
    for (std::size_t i = 0; i < frames; ++i) {
        stereo[i * 2] = samples[i * sides];
        stereo[i * 2 + 1] = samples[i * sides + sides - 1];
    }
    if (std::abs(m_state.speed - 1.0) > 0.01) {
        std::vector<float> in(stereo.size());
        std::ranges::transform(stereo, in.begin(), [](std::int16_t sample) { return float(sample) / 32'768.0F; });
        m_stretch->putSamples(in.data(), uint(frames));
        std::vector<float> out(std::size_t(m_stretch->numSamples()) * kOutChannels);
        const auto got = m_stretch->receiveSamples(out.data(), uint(out.size() / kOutChannels));
        stereo.resize(std::size_t(got) * kOutChannels);
        std::transform(out.begin(), out.begin() + std::ptrdiff_t(stereo.size()), stereo.begin(), toSample);
    }
    const auto bytes = qsizetype(stereo.size() * sizeof(std::int16_t));
    m_pending.append(reinterpret_cast<const char*>(stereo.data()), bytes);
    m_givenBytes += bytes;
    m_given.push_back({m_givenBytes, atMs, bytes > 0 ? double(kChunkMs) / double(bytes) : 0.0});
}

void PlaybackDesk::jumpOverSilence()
{
    if (!m_state.skipsSilence || !m_hasLevels || m_levels.empty())
        return;
    const auto sides = std::size_t(m_reader->header().sides);
    const auto steps = std::int64_t(m_levels.size() / sides);
    auto step = m_stream->positionMs() / kPeakMs;
    const auto from = step;
    const auto isQuiet = [&](std::int64_t at) {
        for (std::size_t side = 0; side < sides; ++side)
            if (levelDb(m_levels[std::size_t(at) * sides + side]) > kSilenceDb)
                return false;
        return true;
    };
    while (step < steps && isQuiet(step))
        ++step;
    if ((step - from) * kPeakMs > kLongSilenceMs)
        m_stream->seek(step * kPeakMs - kSilenceKeptMs);
}

/// Where the ear is: what was given out less what the output still holds.
void PlaybackDesk::updatePosition()
{
    if (!m_sink || m_given.empty())
        return;
    const auto held = m_pending.size() + (m_sink->bufferSize() - m_sink->bytesFree());
    const auto heard = m_givenBytes - held;
    while (m_given.size() > 1 && m_given.front().endBytes <= heard)
        m_given.pop_front();
    const Given& now = m_given.front();
    m_state.positionMs = std::max<std::int64_t>(0, now.atMs + kChunkMs - std::int64_t(double(std::max<std::int64_t>(0, now.endBytes - heard)) * now.msPerByte));
}

void PlaybackDesk::enter(PlayPhase phase)
{
    m_state.phase = phase;
    Q_EMIT stateChanged(m_state);
}

void PlaybackDesk::fail(const base::Error& error)
{
    if (!m_reader && m_state.phase == PlayPhase::Opening)
        enter(PlayPhase::Closed);
    Q_EMIT failed(error);
}

} // namespace evenhand::media
