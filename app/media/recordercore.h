// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "app/media/opusstream.h"
#include "app/media/recordingfile.h"
#include "app/media/sidemixer.h"

namespace evenhand::media {

inline constexpr std::size_t kOverviewSteps = 1'000;     ///< levels per side in an event

struct RecordingConfig {
    std::string folder;
    domain::EventId eventId;                             ///< reserved for the `attachment` event
    RecordingAbout about{};
    OpusSettings opus{};
    int frameMs = 2'000;                                 ///< sound in one sealed frame: what a crash can cost. At most 5,000
    Flush flush = Flush::EachFrame;
    DiskGuard guard{};
};

/// Everything the `attachment` event says.
struct FinishedRecording {
    domain::EventId eventId;
    RecordingAbout about;
    SealedFile file;
    base::Sensitive<base::Bytes> key;
    std::int64_t durationMs = 0;
    int sides = 2;
    std::string ended = "stopped";                       ///< stopped, disk_full, failed, recovered
    std::vector<domain::RecordingMark> marks{};
    base::Bytes overview{};
    std::int64_t lostMs = 0;
};

[[nodiscard]] domain::AttachmentPayload attachmentOf(const FinishedRecording& recording);

/// One recording from first sample to named file, without devices: inputs feed samples, a clock ticks. This is also where an embedded
/// softphone hands in the sound of both legs, and where a live speech engine gets what is recorded. One thread; the disk has its own, and what it has to
/// say comes through `Listener` on that thread.
class RecorderCore {
public:
    struct Listener {
        std::function<void(const base::Error&)> failed;          ///< the disk refuses; stop() still saves what it took
        std::function<void(std::int64_t freeBytes)> spaceIsLow;
        std::function<void(std::int64_t untilMs)> written{};
    };
    /// What is being recorded, muted parts left out, as it is recorded: 20 ms at kSampleRate, sides interleaved.
    using Tap = std::function<void(std::span<const std::int16_t> block, std::int64_t atMs)>;

    [[nodiscard]] static base::Result<std::unique_ptr<RecorderCore>> start(RecordingConfig config, const base::SecretKey& blobKey, Listener listener,
                                                                           std::int64_t nowMs);
    ~RecorderCore();

    void feed(int side, std::span<const std::int16_t> samples, std::int64_t nowMs) { m_mixer.feed(side, samples, nowMs); }
    void setTrouble(int side, std::string why) { m_mixer.setTrouble(side, std::move(why)); }
    void mute(std::string reason) { m_mixer.mute(std::move(reason)); }
    void unmute() { m_mixer.unmute(); }
    [[nodiscard]] bool isMuted() const { return m_mixer.isMuted(); }
    void mark(std::string kind, std::string ref);
    void tick(std::int64_t nowMs);
    void setTap(Tap tap) { m_tap = std::move(tap); }
    /// Closes the file; `done` on the disk thread. The object may go once it was called. NotFound: there was no sound.
    void stop(std::string ended, std::function<void(base::Result<FinishedRecording>)> done);

    [[nodiscard]] std::int64_t positionMs() const { return m_mixer.positionMs(); }
    /// Loudest since the last call, as levelByte().
    [[nodiscard]] std::array<std::uint8_t, 2> takeLevels();

private:
    RecorderCore(RecordingConfig config, OpusWriter opus, base::SecretKey key, SealedHeader header, Listener listener, std::int64_t nowMs);
    void takeBlock(std::span<const std::int16_t> block);
    void cutFrame(base::Bytes pages);
    void collectMarks();

    RecordingConfig m_config;
    OpusWriter m_opus;
    base::SecretKey m_key;
    SideMixer m_mixer;
    PeakTrack m_peaks;
    Tap m_tap;
    std::int64_t m_encodedMs = 0;
    std::int64_t m_frameStartMs = 0;
    std::size_t m_framePeak = 0;
    std::array<int, 2> m_meter{};
    std::vector<domain::RecordingMark> m_frameMarks;     ///< not yet in a frame
    std::vector<domain::RecordingMark> m_marks;          ///< all
    std::unique_ptr<RecordingFile> m_file;
};

} // namespace evenhand::media
