// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/base/bytes.h"
#include "app/base/result.h"

/// Speech to Ogg Opus and back. Each side is a mono stream of its own inside one Ogg stream (RFC 7845, channel mapping family 1 with two
/// uncoupled streams): coupled stereo at these rates mixes the sides, and who said what must stay apart.
namespace evenhand::media {

struct OpusSettings {
    int sides = 2;
    int bitsPerSecond = 20'000;          ///< of each side; 16,000 … 24,000 is what speech needs
    int complexity = 5;                  ///< 0 … 10
    int pageMs = 1000;                   ///< sound in one Ogg page
};

/// Takes blocks of 20 ms, gives whole Ogg pages. One thread.
class OpusWriter {
public:
    /// `serial` names the Ogg stream. `tags`: "NAME=value" for the comment header, for an exported copy.
    [[nodiscard]] static base::Result<OpusWriter> create(OpusSettings settings, std::uint32_t serial, std::vector<std::string> tags = {});
    OpusWriter(OpusWriter&&) noexcept;
    OpusWriter& operator=(OpusWriter&&) noexcept;
    ~OpusWriter();

    [[nodiscard]] std::uint16_t preSkip() const;                         ///< samples at 48 kHz
    /// kBlockSamples per side, sides interleaved.
    [[nodiscard]] base::Result<> encode(std::span<const std::int16_t> block);
    /// Pages that are full; `all`: also the one that is not.
    [[nodiscard]] base::Bytes takePages(bool all);
    /// Ends the stream: what the coder still holds, and the mark of the end.
    [[nodiscard]] base::Result<base::Bytes> finish();

private:
    struct State;
    explicit OpusWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Pages back to sound. Pages may be missing: what comes after them is right all the same. One thread.
class OpusReader {
public:
    /// `rate`: 8, 12, 16, 24 or 48 kHz.
    [[nodiscard]] static base::Result<OpusReader> create(int sides, int rate);
    OpusReader(OpusReader&&) noexcept;
    OpusReader& operator=(OpusReader&&) noexcept;
    ~OpusReader();

    /// Samples of whole pages, sides interleaved; headers give none. A page with a wrong check sum is left out.
    [[nodiscard]] std::vector<std::int16_t> decode(base::ByteView pages);
    /// Forgets what came before: for a jump.
    void reset();

private:
    struct State;
    explicit OpusReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The two header pages of such a stream with other tags: for exports.
[[nodiscard]] base::Bytes opusHeaderPages(int sides, std::uint16_t preSkip, std::uint32_t serial, const std::vector<std::string>& tags);
/// Same pages under another serial number, without header pages, and with page numbers from `firstPage` on, which is advanced.
[[nodiscard]] base::Bytes renumberPages(base::ByteView pages, std::uint32_t serial, std::uint32_t& firstPage, bool isEnd);

} // namespace evenhand::media
