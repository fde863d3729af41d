// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/peaktrack.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace evenhand::media {

namespace {
constexpr double kLowestDb = -96.0;
}

std::uint8_t levelByte(int peak)
{
    if (peak <= 0)
        return 0;
    const double db = 20.0 * std::log10(std::min(peak, 32'767) / 32'767.0);
    return static_cast<std::uint8_t>(std::lround(std::clamp((db - kLowestDb) / -kLowestDb, 0.0, 1.0) * 255.0));
}

double levelDb(std::uint8_t byte) { return kLowestDb + byte / 255.0 * -kLowestDb; }

int peakOf(std::span<const std::int16_t> samples)
{
    int peak = 0;
    for (const auto sample : samples)
        peak = std::max(peak, std::abs(static_cast<int>(sample)));
    return peak;
}

// A step of 50 ms is made of blocks of 20 ms: it takes whatever began in it.
void PeakTrack::add(std::span<const std::int16_t> block)
{
    for (std::size_t i = 0; i < block.size(); ++i) {
        int& running = m_running[i % static_cast<std::size_t>(m_sides)];
        running = std::max(running, std::abs(static_cast<int>(block[i])));
    }
    m_runningMs += kBlockMs;
    if (m_runningMs < kPeakMs)
        return;
    m_runningMs -= kPeakMs;
    for (int side = 0; side < m_sides; ++side) {
        m_levels.push_back(levelByte(m_running[side]));
        m_running[side] = 0;
    }
}

base::ByteView PeakTrack::since(std::size_t fromStep) const
{
    const auto from = std::min(fromStep * static_cast<std::size_t>(m_sides), m_levels.size());
    return base::ByteView(m_levels).subspan(from);
}

base::Bytes PeakTrack::overview(std::size_t wanted) const
{
    const auto have = steps();
    if (have <= wanted)
        return m_levels;
    base::Bytes out;
    const auto sides = static_cast<std::size_t>(m_sides);
    for (std::size_t i = 0; i < wanted; ++i) {
        for (std::size_t side = 0; side < sides; ++side) {
            std::uint8_t loudest = 0;
            for (auto step = i * have / wanted; step < std::max((i + 1) * have / wanted, i * have / wanted + 1); ++step)
                loudest = std::max(loudest, m_levels[step * sides + side]);
            out.push_back(loudest);
        }
    }
    return out;
}

} // namespace evenhand::media
