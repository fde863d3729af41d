// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/bytes.h"
#include "app/base/crypto.h"
#include "app/base/result.h"
#include "app/domain/ids.h"

/// The sealed recording file, "EVB1" (docs/recording.md; why it looks like this: docs/decisions/sealed-recordings.md).
///
///     header (256) · frame · frame · … · index frames · trailer (288, holds a copy of the header)
///
/// Each frame is a libsodium secretstream of one message under the key of the recording, bound to the recording and to its own
/// clear frame header, so that it can be neither moved nor replaced, and so that any frame opens without the ones before it.
namespace evenhand::media {

inline constexpr std::size_t kSealedHeaderSize = 256;
inline constexpr std::size_t kFrameHeaderSize = 24;
inline constexpr std::size_t kFrameOverhead = 24 + 17;                      ///< stream header, tag and MAC
inline constexpr std::size_t kFramePlainLimit = 65'536 - kFrameOverhead;    ///< bytes of content in one frame
inline constexpr std::size_t kTrailerSize = kSealedHeaderSize + 32;

enum class FrameKind : std::uint8_t {
    About = 1,    ///< what is recorded, JSON; the first frame
    Sound = 2,    ///< see SoundFrame
    Peaks = 3,    ///< levels of the whole recording, side by side; at the end
    Index = 4     ///< where every earlier frame is; at the end
};

/// Clear part of the file. Nothing in it says who or what.
struct SealedHeader {
    domain::EventId eventId;             ///< of the `attachment` event, reserved before the first sound
    std::uint8_t sides = 2;              ///< voice channels: 1 or 2
    std::uint16_t preSkip = 0;           ///< samples at 48 kHz that the decoder drops at the start
    base::Bytes wrappedKey{};            ///< the recording's key under K_blob
    base::Bytes sealedKey{};             ///< the same in a sealed box to the server; empty until sealing is on
};

[[nodiscard]] base::Bytes encodeHeader(const SealedHeader& header);                  ///< kSealedHeaderSize bytes
/// Invalid: not such a file, or of a version this program does not know. Damaged: the check sum is wrong.
[[nodiscard]] base::Result<SealedHeader> decodeHeader(base::ByteView bytes);

/// In front of each frame, in the clear: times and sizes only.
struct FrameHeader {
    FrameKind kind = FrameKind::Sound;
    bool isLast = false;                 ///< nothing but the trailer follows
    std::uint32_t number = 0;            ///< 0, 1, 2 …
    std::uint32_t size = 0;              ///< bytes that follow this header
    std::uint32_t startMs = 0;           ///< of the sound in it
    std::uint16_t durationMs = 0;
};

[[nodiscard]] std::array<std::uint8_t, kFrameHeaderSize> encodeFrameHeader(const FrameHeader& header);
/// Nothing when this cannot be a frame header (a check sum is part of it).
[[nodiscard]] std::optional<FrameHeader> decodeFrameHeader(base::ByteView bytes);

/// The key of one recording under the profile's K_blob.
[[nodiscard]] base::Bytes wrapKey(const base::SecretKey& blobKey, const base::SecretKey& recordingKey, const domain::EventId& eventId);
/// WrongKey when it was wrapped under another key, or for another recording.
[[nodiscard]] base::Result<base::SecretKey> unwrapKey(const base::SecretKey& blobKey, const SealedHeader& header);

[[nodiscard]] base::Bytes sealFrame(const base::SecretKey& key, const domain::EventId& eventId, const FrameHeader& header, base::ByteView plain);
/// `header.size` bytes. Damaged when a single bit of them, of the frame header or of their place is not as it was written.
[[nodiscard]] base::Result<base::Bytes> openFrame(const base::SecretKey& key, const domain::EventId& eventId, const FrameHeader& header, base::ByteView sealed);

/// Where a frame is.
struct FramePlace {
    FrameHeader header;
    std::int64_t offset = 0;             ///< of the frame header in the file
};

inline constexpr std::size_t kIndexEntrySize = 16;
[[nodiscard]] base::Bytes encodeIndex(std::span<const FramePlace> places);
[[nodiscard]] base::Result<std::vector<FramePlace>> decodeIndex(base::ByteView bytes);

struct Trailer {
    base::Bytes headerCopy;              ///< kSealedHeaderSize bytes
    std::int64_t indexOffset = 0;        ///< of the first index frame
    std::uint32_t frames = 0;            ///< all of them, index included
};

[[nodiscard]] base::Bytes encodeTrailer(const Trailer& trailer);
[[nodiscard]] std::optional<Trailer> decodeTrailer(base::ByteView bytes);

} // namespace evenhand::media
