// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/sidemixer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace evenhand::media {

namespace {

constexpr std::int64_t kSampleMs = kSampleRate / 1000;
constexpr std::int64_t kLongestPadMs = 2'000;            // of a side that starts later than the other
constexpr std::int64_t kApartMs = 300;                   // so far one side may run ahead before a quiet block of it is dropped
constexpr std::int64_t kTooFarApartMs = 1'500;           // … or any block
constexpr int kQuietPeak = 180;                          // −45 dBFS
constexpr std::int64_t kSleepStandsForMs = 1'000;
constexpr std::int64_t kMuteSignEveryMs = 2'000;
constexpr std::int64_t kMuteSignMs = 200;
constexpr double kMuteSignHz = 600.0;
constexpr double kMuteSignPeak = 2'500.0;

} // namespace

SideMixer::SideMixer(int sides) : m_sides(static_cast<std::size_t>(sides)) {}

void SideMixer::begin(std::int64_t nowMs)
{
    m_beganMs = m_flowedMs = m_lastAdvanceMs = nowMs;
    for (auto& side : m_sides)
        side.lastFedMs = nowMs;
}

void SideMixer::feed(int side, std::span<const std::int16_t> samples, std::int64_t nowMs)
{
    SideState& state = m_sides[static_cast<std::size_t>(side)];
    if (!state.isFlowing) {
        // Its first sample was taken samples/rate ago: put it where the line of time was then.
        const auto firstMs = m_flowedPositionMs + (nowMs - m_flowedMs) - static_cast<std::int64_t>(samples.size()) / kSampleMs;
        const auto padMs = std::clamp<std::int64_t>(firstMs - positionMs() - static_cast<std::int64_t>(state.waiting.size()) / kSampleMs, 0, kLongestPadMs);
        state.waiting.insert(state.waiting.end(), static_cast<std::size_t>(padMs * kSampleMs), 0);
        if (!state.gapWhy.empty() && state.gapSinceMs < 0) {   // back before its silence was given out: on record all the same
            m_marks.push_back({domain::markkind::kGap, positionMs(), padMs, side, state.gapWhy});
            m_lostMs += padMs;
            state.gapWhy.clear();
        }
    }
    state.isFlowing = true;
    state.lastFedMs = nowMs;
    state.waiting.insert(state.waiting.end(), samples.begin(), samples.end());
    m_flowedMs = nowMs;
    m_flowedPositionMs = positionMs() + static_cast<std::int64_t>(state.waiting.size()) / kSampleMs;
}

void SideMixer::setTrouble(int side, std::string why)
{
    SideState& state = m_sides[static_cast<std::size_t>(side)];
    state.trouble = std::move(why);
    if (state.trouble.empty())
        return;
    state.isFlowing = false;
    state.gapWhy = state.trouble;
}

void SideMixer::mute(std::string reason)
{
    if (isMuted())
        return;
    m_muteReason = std::move(reason);
    m_muteSinceMs = positionMs();
    m_marks.push_back({domain::markkind::kMute, m_muteSinceMs, -1, -1, m_muteReason});
}

void SideMixer::unmute()
{
    if (!isMuted())
        return;
    m_marks.push_back({domain::markkind::kMute, m_muteSinceMs, positionMs() - m_muteSinceMs, -1, m_muteReason});
    m_muteReason.clear();
}

bool SideMixer::mayGoWithout(const SideState& side, std::int64_t nowMs) const
{
    return !side.trouble.empty() || nowMs - side.lastFedMs > kPatienceMs;
}

void SideMixer::advance(std::int64_t nowMs, const Taker& take)
{
    if (m_lastAdvanceMs >= 0 && nowMs - m_lastAdvanceMs > kAsleepMs)
        noteSleep(nowMs, take);
    m_lastAdvanceMs = nowMs;
    bringTogether();
    for (;;) {
        const bool isAnyReady = std::ranges::any_of(m_sides, [&](const SideState& side) { return hasBlock(side); });
        const bool isAllDue = std::ranges::all_of(m_sides, [&](const SideState& side) { return hasBlock(side) || mayGoWithout(side, nowMs); });
        if (!isAllDue)
            return;
        // Nothing comes from anywhere: the clock goes on.
        if (!isAnyReady && positionMs() >= m_flowedPositionMs + (nowMs - m_flowedMs) - kPatienceMs)
            return;
        giveBlock(nowMs, take);
    }
}

void SideMixer::giveBlock(std::int64_t nowMs, const Taker& take)
{
    const auto sides = m_sides.size();
    std::vector<std::int16_t> block(static_cast<std::size_t>(kBlockSamples) * sides, 0);
    for (std::size_t side = 0; side < sides; ++side) {
        SideState& state = m_sides[side];
        if (!hasBlock(state)) {
            openGap(static_cast<int>(side));
            state.isFlowing = state.isFlowing && !mayGoWithout(state, nowMs);
        } else {
            closeGap(static_cast<int>(side));
        }
        const auto count = std::min(state.waiting.size(), static_cast<std::size_t>(kBlockSamples));   // less: its last words before a gap
        for (std::size_t i = 0; i < count; ++i)
            block[i * sides + side] = state.waiting[i];
        state.waiting.erase(state.waiting.begin(), state.waiting.begin() + static_cast<std::ptrdiff_t>(count));
    }
    if (isMuted())
        soundMute(block);
    take(block);
    ++m_blocks;
}

void SideMixer::openGap(int side)
{
    SideState& state = m_sides[static_cast<std::size_t>(side)];
    m_lostMs += kBlockMs;
    if (state.gapSinceMs >= 0)
        return;
    state.gapSinceMs = positionMs();
    state.gapWhy = state.trouble.empty() ? "slow" : state.trouble;
    m_marks.push_back({domain::markkind::kGap, state.gapSinceMs, -1, side, state.gapWhy});
}

void SideMixer::closeGap(int side)
{
    SideState& state = m_sides[static_cast<std::size_t>(side)];
    if (state.gapSinceMs < 0)
        return;
    m_marks.push_back({domain::markkind::kGap, state.gapSinceMs, positionMs() - state.gapSinceMs, side, state.gapWhy});
    state.gapSinceMs = -1;
    state.gapWhy.clear();
}

/// Two sound cards never agree on what a second is. Where the faster side is quiet, a block of it goes.
void SideMixer::bringTogether()
{
    if (m_sides.size() < 2)
        return;
    const auto waitingMs = [this](std::size_t side) { return static_cast<std::int64_t>(m_sides[side].waiting.size()) / kSampleMs; };
    const auto ahead = waitingMs(0) > waitingMs(1) ? 0U : 1U;
    const bool isOtherFlowing = m_sides[1 - ahead].isFlowing;
    if (!isOtherFlowing || waitingMs(ahead) - waitingMs(1 - ahead) < kApartMs)
        return;
    auto& waiting = m_sides[ahead].waiting;
    const auto block = std::span(waiting).first(static_cast<std::size_t>(kBlockSamples));
    if (peakOf(block) > kQuietPeak && waitingMs(ahead) < kTooFarApartMs)
        return;
    if (peakOf(block) > kQuietPeak)
        m_marks.push_back({domain::markkind::kGap, positionMs(), kBlockMs, static_cast<int>(ahead), "clock"});
    waiting.erase(waiting.begin(), waiting.begin() + kBlockSamples);
}

void SideMixer::noteSleep(std::int64_t nowMs, const Taker& take)
{
    const auto asleepMs = nowMs - m_lastAdvanceMs;
    m_marks.push_back({domain::markkind::kGap, positionMs(), asleepMs, -1, "asleep"});
    m_lostMs += asleepMs - kSleepStandsForMs;
    for (auto& side : m_sides) {
        side.waiting.clear();
        side.isFlowing = false;
        side.lastFedMs = nowMs;
    }
    const std::vector<std::int16_t> silence(static_cast<std::size_t>(kBlockSamples) * m_sides.size(), 0);
    for (std::int64_t ms = 0; ms < kSleepStandsForMs; ms += kBlockMs) {
        take(silence);
        ++m_blocks;
    }
    m_flowedMs = nowMs;
    m_flowedPositionMs = positionMs();
}

void SideMixer::soundMute(std::vector<std::int16_t>& block) const
{
    const auto sinceMs = positionMs() - m_muteSinceMs;
    const bool isSounding = sinceMs % kMuteSignEveryMs < kMuteSignMs;
    const auto sides = m_sides.size();
    for (std::size_t i = 0; i < static_cast<std::size_t>(kBlockSamples); ++i) {
        const double seconds = static_cast<double>(positionMs() * kSampleMs + static_cast<std::int64_t>(i)) / kSampleRate;
        const auto value = isSounding ? static_cast<std::int16_t>(kMuteSignPeak * std::sin(2.0 * std::numbers::pi * kMuteSignHz * seconds)) : std::int16_t{0};
        for (std::size_t side = 0; side < sides; ++side)
            block[i * sides + side] = value;
    }
}

void SideMixer::finish(const Taker& take)
{
    const auto longest = std::ranges::max(m_sides, {}, [](const SideState& side) { return side.waiting.size(); }).waiting.size();
    const auto blocks = (longest + kBlockSamples - 1) / kBlockSamples;
    for (std::size_t i = 0; i < blocks; ++i) {
        for (auto& side : m_sides)   // an end that falls inside a block, or a side whose last words are still on their way, is no gap
            if (!hasBlock(side) && side.gapSinceMs < 0)
                side.waiting.resize(static_cast<std::size_t>(kBlockSamples), 0);
        giveBlock(m_lastAdvanceMs, take);
    }
    for (std::size_t side = 0; side < m_sides.size(); ++side)
        closeGap(static_cast<int>(side));
    unmute();
}

std::vector<domain::RecordingMark> SideMixer::takeMarks() { return std::exchange(m_marks, {}); }

} // namespace evenhand::media
