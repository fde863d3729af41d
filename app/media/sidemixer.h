// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/domain/recording.h"
#include "app/media/peaktrack.h"

namespace evenhand::media {

/// Brings what arrives from one or two inputs, each at its own pace, onto one line of time: blocks of 20 ms, sides interleaved.
///
/// The inputs drive the time as long as one of them delivers; when none does, the clock does. A side that has nothing to say for longer than
/// kPatienceMs is silent in the recording, and a `gap` says since when and why. Sides that run apart (each sound card has its own clock) are brought
/// together where it is quiet. After a sleep of the computer one second of silence stands for the time that is gone. Pure: time comes in as a number.
class SideMixer {
public:
    static constexpr std::int64_t kPatienceMs = 400;
    static constexpr std::int64_t kAsleepMs = 5'000;      ///< nobody asked for so long: the computer slept
    using Taker = std::function<void(std::span<const std::int16_t> block)>;

    explicit SideMixer(int sides);

    /// Time zero of the recording.
    void begin(std::int64_t nowMs);
    /// Samples at kSampleRate, one side.
    void feed(int side, std::span<const std::int16_t> samples, std::int64_t nowMs);
    /// Why this side is silent from now on, should it be; "" when its input is back.
    void setTrouble(int side, std::string why);
    /// From the next block on only the sign for "left out" is heard, on all sides.
    void mute(std::string reason);
    void unmute();
    [[nodiscard]] bool isMuted() const { return !m_muteReason.empty(); }
    /// Gives every block that is due.
    void advance(std::int64_t nowMs, const Taker& take);
    /// What still waits, silent where a side has less than the other; ends open marks.
    void finish(const Taker& take);

    [[nodiscard]] std::int64_t positionMs() const { return m_blocks * kBlockMs; }
    [[nodiscard]] std::int64_t lostMs() const { return m_lostMs; }
    /// New or ended marks since the last call.
    [[nodiscard]] std::vector<domain::RecordingMark> takeMarks();

private:
    struct SideState {
        std::vector<std::int16_t> waiting;                ///< not yet given out
        std::int64_t lastFedMs = 0;
        bool isFlowing = false;
        std::int64_t gapSinceMs = -1;
        std::string gapWhy;                               ///< the last trouble known while it lasted
        std::string trouble;
    };
    [[nodiscard]] bool hasBlock(const SideState& side) const { return side.waiting.size() >= static_cast<std::size_t>(kBlockSamples); }
    [[nodiscard]] bool mayGoWithout(const SideState& side, std::int64_t nowMs) const;
    void giveBlock(std::int64_t nowMs, const Taker& take);
    void openGap(int side);
    void closeGap(int side);
    void bringTogether();
    void noteSleep(std::int64_t nowMs, const Taker& take);
    void soundMute(std::vector<std::int16_t>& block) const;

    std::vector<SideState> m_sides;
    std::int64_t m_blocks = 0;
    std::int64_t m_lostMs = 0;
    std::int64_t m_lastAdvanceMs = -1;
    std::int64_t m_beganMs = 0;
    std::int64_t m_flowedMs = 0;                          ///< clock when sound last came in …
    std::int64_t m_flowedPositionMs = 0;                  ///< … and where the line of time stood
    std::string m_muteReason;
    std::int64_t m_muteSinceMs = 0;
    std::vector<domain::RecordingMark> m_marks;
};

} // namespace evenhand::media
