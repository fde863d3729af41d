// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/base/bytes.h"

namespace evenhand::media {

inline constexpr int kSampleRate = 16'000;            ///< of everything recorded: speech needs no more
inline constexpr int kBlockMs = 20;
inline constexpr int kBlockSamples = kSampleRate * kBlockMs / 1000;
inline constexpr int kPeakMs = 50;                    ///< one stored level per side

/// A level in one byte: 0 is silence, 255 full scale, in equal steps of decibels from −96 dBFS.
[[nodiscard]] std::uint8_t levelByte(int peak);
[[nodiscard]] double levelDb(std::uint8_t byte);      ///< −96 … 0
[[nodiscard]] int peakOf(std::span<const std::int16_t> samples);

/// The loudest sample of each side in steps of kPeakMs; stored with the recording and drawn instead of it. Grows by 2 bytes per step
/// (4 hours: 576 kB).
class PeakTrack {
public:
    explicit PeakTrack(int sides) : m_sides(sides) {}
    /// One block of kBlockSamples per side, sides interleaved.
    void add(std::span<const std::int16_t> block);
    void addLevels(base::ByteView interleaved) { m_levels.insert(m_levels.end(), interleaved.begin(), interleaved.end()); }
    [[nodiscard]] int sides() const { return m_sides; }
    [[nodiscard]] std::size_t steps() const { return m_levels.size() / static_cast<std::size_t>(m_sides); }
    [[nodiscard]] std::uint8_t at(std::size_t step, int side) const { return m_levels[step * static_cast<std::size_t>(m_sides) + static_cast<std::size_t>(side)]; }
    [[nodiscard]] base::ByteView bytes() const { return m_levels; }           ///< sides interleaved
    /// Whole steps from `from` on, as bytes, for the frame that carries them.
    [[nodiscard]] base::ByteView since(std::size_t fromStep) const;
    /// At most `steps` per side, each the loudest of what it stands for.
    [[nodiscard]] base::Bytes overview(std::size_t steps) const;

private:
    int m_sides;
    base::Bytes m_levels;
    int m_running[2] = {0, 0};
    int m_runningMs = 0;
};

} // namespace evenhand::media
