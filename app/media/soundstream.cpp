// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/soundstream.h"

#include <algorithm>

#include "app/media/soundframe.h"

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kAhead = 6;                        // frames that are asked for before they are needed

} // namespace

Result<SoundStream> SoundStream::create(SealedReader& reader, int rate)
{
    EVENHAND_ASSIGN(auto opus, OpusReader::create(reader.header().sides, rate));
    SoundStream stream(reader, std::move(opus), rate);
    stream.seek(0);
    return stream;
}

void SoundStream::seek(std::int64_t ms)
{
    ms = std::clamp<std::int64_t>(ms, 0, m_reader->durationMs());
    m_ready.clear();
    m_readyFrom = 0;
    m_opus.reset();
    m_anchorMs = ms;
    m_given = 0;
    m_next = m_reader->soundFrameAt(ms);
    const auto& frames = m_reader->soundFrames();
    const std::int64_t startMs = frames.empty() ? 0 : m_reader->frames()[frames[m_next]].header.startMs;
    m_expectedMs = startMs;
    const auto preSkip = static_cast<std::int64_t>(m_reader->header().preSkip) * m_rate / 48'000;
    m_skip = std::max<std::int64_t>(0, ms - startMs) * m_rate / 1000 + preSkip;   // the coder is late by that much, from wherever it begins
}

bool SoundStream::atEnd() const { return m_next >= m_reader->soundFrames().size() && m_readyFrom >= m_ready.size(); }

Result<> SoundStream::decodeNext()
{
    const auto& sound = m_reader->soundFrames();
    for (std::size_t i = m_next; i < std::min(m_next + kAhead, sound.size()); ++i)
        if (!m_reader->has(sound[i]))
            m_reader->want(sound[i]);
    const auto index = sound[m_next];
    const auto& header = m_reader->frames()[index].header;
    const auto plain = m_reader->read(index);
    if (!plain && plain.error().code != ErrorCode::Damaged)
        return base::fail(plain.error());
    const auto frame = plain ? decodeSoundFrame(*plain) : Result<SoundFrame>(base::fail(plain.error()));
    const auto perSide = static_cast<std::int64_t>(header.durationMs) * m_rate / 1000;
    const auto missing = std::max<std::int64_t>(0, static_cast<std::int64_t>(header.startMs) - m_expectedMs) * m_rate / 1000;
    const auto sidesNow = static_cast<std::size_t>(sides());
    std::vector<std::int16_t> samples(static_cast<std::size_t>(missing) * sidesNow, 0);
    if (frame) {
        const auto decoded = m_opus.decode(frame->ogg);
        const auto count = std::min(decoded.size(), static_cast<std::size_t>(perSide) * sidesNow);
        samples.insert(samples.end(), decoded.begin(), decoded.begin() + static_cast<std::ptrdiff_t>(count));
    } else {
        samples.insert(samples.end(), static_cast<std::size_t>(perSide) * sidesNow, 0);
        m_opus.reset();
    }
    m_expectedMs = static_cast<std::int64_t>(header.startMs) + header.durationMs;
    ++m_next;
    const auto dropped = std::min(m_skip * static_cast<std::int64_t>(sidesNow), static_cast<std::int64_t>(samples.size()));
    m_skip -= dropped / static_cast<std::int64_t>(sidesNow);
    m_ready.assign(samples.begin() + dropped, samples.end());
    m_readyFrom = 0;
    return {};
}

Result<std::vector<std::int16_t>> SoundStream::read(int samples)
{
    while (m_readyFrom >= m_ready.size() && m_next < m_reader->soundFrames().size())
        EVENHAND_TRY(decodeNext());
    const auto sidesNow = static_cast<std::size_t>(sides());
    const auto count = std::min(static_cast<std::size_t>(samples) * sidesNow, m_ready.size() - m_readyFrom);
    const auto from = m_ready.begin() + static_cast<std::ptrdiff_t>(m_readyFrom);
    std::vector<std::int16_t> out(from, from + static_cast<std::ptrdiff_t>(count));
    m_readyFrom += count;
    m_given += static_cast<std::int64_t>(count / sidesNow);
    return out;
}

} // namespace evenhand::media
