// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/recordercore.h"

#include <algorithm>

namespace evenhand::media {

using base::Result;

namespace {

constexpr std::size_t kMarksInMemory = 20'000;

std::uint32_t randomSerial()
{
    std::array<std::uint8_t, 4> bytes{};
    base::fillRandom(bytes);
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8U | static_cast<std::uint32_t>(bytes[2]) << 16U
        | static_cast<std::uint32_t>(bytes[3]) << 24U;
}

} // namespace

domain::AttachmentPayload attachmentOf(const FinishedRecording& recording)
{
    return {.purpose = recording.about.purpose,
            .sha256 = recording.file.sha256,
            .size = recording.file.size,
            .key = recording.key,
            .startedAt = recording.about.startedAt,
            .durationMs = recording.durationMs,
            .sides = recording.sides,
            .ended = recording.ended,
            .marks = domain::marksThatFit(recording.marks),
            .overview = recording.overview,
            .lostMs = recording.lostMs};
}

Result<std::unique_ptr<RecorderCore>> RecorderCore::start(RecordingConfig config, const base::SecretKey& blobKey, Listener listener, std::int64_t nowMs)
{
    EVENHAND_ASSIGN(auto opus, OpusWriter::create(config.opus, randomSerial()));
    auto key = base::SecretKey::random(32);
    SealedHeader header{config.eventId, static_cast<std::uint8_t>(config.opus.sides), opus.preSkip(), wrapKey(blobKey, key, config.eventId), {}};
    return std::unique_ptr<RecorderCore>(
        new RecorderCore(std::move(config), std::move(opus), std::move(key), std::move(header), std::move(listener), nowMs));
}

RecorderCore::RecorderCore(RecordingConfig config, OpusWriter opus, base::SecretKey key, SealedHeader header, Listener listener, std::int64_t nowMs)
    : m_config(std::move(config)), m_opus(std::move(opus)), m_key(std::move(key)), m_mixer(m_config.opus.sides), m_peaks(m_config.opus.sides)
{
    m_mixer.begin(nowMs);
    m_file = std::make_unique<RecordingFile>(RecordingFileConfig{m_config.folder, std::move(header), m_config.about, m_config.flush, m_config.guard}, m_key.duplicate(),
                                             RecordingFile::Listener{std::move(listener.failed), std::move(listener.spaceIsLow), std::move(listener.written)});
}

RecorderCore::~RecorderCore() = default;

void RecorderCore::mark(std::string kind, std::string ref)
{
    domain::RecordingMark mark{std::move(kind), positionMs(), 0, -1, std::move(ref)};
    m_frameMarks.push_back(mark);
    if (m_marks.size() < kMarksInMemory)
        domain::putMark(m_marks, std::move(mark));
}

void RecorderCore::collectMarks()
{
    for (auto& mark : m_mixer.takeMarks()) {
        m_frameMarks.push_back(mark);
        if (m_marks.size() < kMarksInMemory)
            domain::putMark(m_marks, std::move(mark));
    }
}

void RecorderCore::tick(std::int64_t nowMs)
{
    m_mixer.advance(nowMs, [this](std::span<const std::int16_t> block) { takeBlock(block); });
    collectMarks();
}

void RecorderCore::takeBlock(std::span<const std::int16_t> block)
{
    const auto sides = static_cast<std::size_t>(m_config.opus.sides);
    for (std::size_t i = 0; i < block.size(); ++i)
        m_meter[i % sides] = std::max(m_meter[i % sides], std::abs(static_cast<int>(block[i])));
    m_peaks.add(block);
    if (m_tap)
        m_tap(block, m_encodedMs);
    static_cast<void>(m_opus.encode(block));             // fails for a block of another size only
    m_encodedMs += kBlockMs;
    if (m_encodedMs - m_frameStartMs >= m_config.frameMs)
        cutFrame(m_opus.takePages(true));
}

void RecorderCore::cutFrame(base::Bytes pages)
{
    collectMarks();
    const auto levels = m_peaks.since(m_framePeak);
    const SoundFrame frame{{levels.begin(), levels.end()}, std::exchange(m_frameMarks, {}), std::move(pages)};
    m_file->append({m_frameStartMs, m_encodedMs - m_frameStartMs, encodeSoundFrame(frame)});
    m_framePeak = m_peaks.steps();
    m_frameStartMs = m_encodedMs;
}

void RecorderCore::stop(std::string ended, std::function<void(Result<FinishedRecording>)> done)
{
    m_mixer.finish([this](std::span<const std::int16_t> block) { takeBlock(block); });
    collectMarks();
    if (auto rest = m_opus.finish(); m_encodedMs > 0 && rest)
        cutFrame(*std::move(rest));
    std::ranges::stable_sort(m_marks, {}, &domain::RecordingMark::atMs);
    const auto key = m_key.bytes();
    FinishedRecording finished{m_config.eventId,     m_config.about, {}, base::Sensitive<base::Bytes>(base::Bytes(key.begin(), key.end())), m_encodedMs,
                               m_config.opus.sides, std::move(ended), m_marks, m_peaks.overview(kOverviewSteps), m_mixer.lostMs()};
    const auto levels = m_peaks.bytes();
    m_file->finish({levels.begin(), levels.end()}, [finished = std::move(finished), done = std::move(done)](Result<SealedFile> file) mutable {
        if (!file)
            return done(base::fail(file.error()));
        finished.file = *std::move(file);
        done(std::move(finished));
    });
}

std::array<std::uint8_t, 2> RecorderCore::takeLevels()
{
    const auto levels = std::array{levelByte(m_meter[0]), levelByte(m_meter[1])};
    m_meter = {};
    return levels;
}

} // namespace evenhand::media
