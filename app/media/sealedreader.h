// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/media/bytesource.h"
#include "app/media/sealedformat.h"

namespace evenhand::media {

/// A place of a recording that is not what was written.
struct Damage {
    std::string part;                    ///< header, frame, frame_header, index, trailer, end
    std::optional<std::uint32_t> frame{};
    std::int64_t offset = 0;             ///< in the file
    std::int64_t startMs = 0;            ///< of the sound that is lost
    std::int64_t durationMs = 0;
};

/// Opens sealed recordings, finished or not, whole or damaged: what still verifies can be read. One thread.
class SealedReader {
public:
    /// `blobKey` unwraps the key in the header. NotFound: bytes it needs are not here yet (they were asked for). Invalid, WrongKey, Damaged (neither header
    /// nor its copy can be read), SchemaTooNew.
    [[nodiscard]] static base::Result<SealedReader> open(std::shared_ptr<ByteSource> source, const base::SecretKey& blobKey);
    /// With the recording's own key, as the `attachment` event names it; a damaged header does not matter then. `eventId`: of that event.
    [[nodiscard]] static base::Result<SealedReader> openWithKey(std::shared_ptr<ByteSource> source, base::SecretKey key, const domain::EventId& eventId);

    [[nodiscard]] const SealedHeader& header() const { return m_header; }
    [[nodiscard]] const base::SecretKey& key() const { return m_key; }
    [[nodiscard]] bool isFinished() const { return m_isFinished; }             ///< it was closed and its end is there
    /// All frames in order; those found only by searching included.
    [[nodiscard]] const std::vector<FramePlace>& frames() const { return m_frames; }
    [[nodiscard]] const std::vector<std::size_t>& soundFrames() const { return m_sound; }   ///< positions in frames()
    [[nodiscard]] std::int64_t durationMs() const { return m_durationMs; }
    /// What was found to be damaged so far; verify() looks at everything.
    [[nodiscard]] const std::vector<Damage>& damages() const { return m_damages; }

    [[nodiscard]] bool has(std::size_t frame) const;
    void want(std::size_t frame);
    /// The content. NotFound: not here yet. Damaged: noted in damages(); frames after it are not affected.
    [[nodiscard]] base::Result<base::Bytes> read(std::size_t frame);
    /// Of all frames of this kind, in order, those that verify. NotFound: not here yet.
    [[nodiscard]] base::Result<base::Bytes> readAll(FrameKind kind);
    /// The position in soundFrames() that holds this moment; the last one beyond the end.
    [[nodiscard]] std::size_t soundFrameAt(std::int64_t ms) const;
    /// Reads every frame.
    [[nodiscard]] base::Result<std::vector<Damage>> verify();

private:
    SealedReader(std::shared_ptr<ByteSource> source, SealedHeader header, base::SecretKey key) : m_source(std::move(source)), m_header(std::move(header)), m_key(std::move(key)) {}
    [[nodiscard]] base::Result<> findFrames();
    [[nodiscard]] base::Result<bool> readIndex(const Trailer& trailer);
    [[nodiscard]] base::Result<> scan();
    [[nodiscard]] base::Result<std::int64_t> nextFrameAfter(std::int64_t offset) const;
    void settle();
    void note(Damage damage);

    std::shared_ptr<ByteSource> m_source;
    SealedHeader m_header;
    base::SecretKey m_key;
    bool m_isFinished = false;
    std::vector<FramePlace> m_frames;
    std::vector<std::size_t> m_sound;
    std::int64_t m_durationMs = 0;
    std::vector<Damage> m_damages;
};

} // namespace evenhand::media
