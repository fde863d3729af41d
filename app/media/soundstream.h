// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/media/opusstream.h"
#include "app/media/sealedreader.h"

namespace evenhand::media {

/// Sound of a sealed recording from any moment on, decrypted in memory as it is asked for. Damaged frames are silence of their length. One thread.
class SoundStream {
public:
    [[nodiscard]] static base::Result<SoundStream> create(SealedReader& reader, int rate);

    void seek(std::int64_t ms);
    [[nodiscard]] std::int64_t positionMs() const { return m_anchorMs + m_given * 1000 / m_rate; }
    [[nodiscard]] bool atEnd() const;
    /// At most `samples` per side, sides interleaved; empty at the end. NotFound: not here yet (it was asked for).
    [[nodiscard]] base::Result<std::vector<std::int16_t>> read(int samples);
    [[nodiscard]] int sides() const { return m_reader->header().sides; }
    [[nodiscard]] int rate() const { return m_rate; }

private:
    SoundStream(SealedReader& reader, OpusReader opus, int rate) : m_reader(&reader), m_opus(std::move(opus)), m_rate(rate) {}
    [[nodiscard]] base::Result<> decodeNext();

    SealedReader* m_reader;
    OpusReader m_opus;
    int m_rate;
    std::size_t m_next = 0;                              ///< position in soundFrames() to decode next
    std::vector<std::int16_t> m_ready;                   ///< decoded, not given; interleaved
    std::size_t m_readyFrom = 0;
    std::int64_t m_anchorMs = 0;
    std::int64_t m_given = 0;                            ///< samples per side since the anchor
    std::int64_t m_skip = 0;                             ///< samples per side to drop from what is decoded next
    std::int64_t m_expectedMs = 0;                       ///< where the next frame should begin: a missing one is silence
};

} // namespace evenhand::media
