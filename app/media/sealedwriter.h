// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/media/posixfile.h"
#include "app/media/sealedformat.h"

namespace evenhand::media {

/// A recording that is closed, whole and named by its hash.
struct SealedFile {
    std::string path;                    ///< …/<64 hex>.evb
    base::Hash256 sha256{};
    std::int64_t size = 0;
};

/// When the disk is told to keep what was written. Anything but EachFrame is for negative controls.
enum class Flush { EachFrame, Never };

/// A growing sealed file. Each append() is on the disk when it returns; one that fails leaves the file as it was before.
/// One thread. Errors: DiskFull, Storage; Invalid for a frame beyond kFramePlainLimit.
class SealedWriter {
public:
    /// Makes `<folder>/<event id>.part` with header and the About frame. Conflict when it is there already.
    [[nodiscard]] static base::Result<SealedWriter> create(const std::string& folder, const SealedHeader& header, base::SecretKey key, base::ByteView about,
                                                           Flush flush = Flush::EachFrame);
    /// Goes on with a file that was left behind: everything after `places` is cut off.
    [[nodiscard]] static base::Result<SealedWriter> resume(const std::string& path, const SealedHeader& header, base::SecretKey key, std::vector<FramePlace> places);

    [[nodiscard]] base::Result<> append(FrameKind kind, std::uint32_t startMs, std::uint16_t durationMs, base::ByteView plain);
    /// Peaks, index and trailer, then hash, rename, folder. When only these do not fit on the disk any more the recording is closed without
    /// them: slower to open, nothing lost.
    [[nodiscard]] base::Result<SealedFile> finish(base::ByteView peaks);

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::int64_t size() const { return m_size; }

private:
    SealedWriter(std::string path, PosixFile file, const SealedHeader& header, base::SecretKey key, Flush flush);
    [[nodiscard]] base::Result<> write(FrameKind kind, std::uint32_t startMs, std::uint16_t durationMs, base::ByteView plain, bool isLast);
    [[nodiscard]] base::Result<> writeInPieces(FrameKind kind, base::ByteView plain, bool endsWithLast);
    [[nodiscard]] base::Result<> writeClosing(base::ByteView peaks);

    std::string m_path;
    PosixFile m_file;
    SealedHeader m_header;
    base::SecretKey m_key;
    Flush m_flush;
    std::int64_t m_size = 0;
    std::vector<FramePlace> m_places;
};

} // namespace evenhand::media
