// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "app/base/bytes.h"
#include "app/base/crypto.h"
#include "app/base/result.h"

namespace evenhand::media {

/// An open file. Errors: NotFound, Conflict (it exists already), DiskFull (also a quota or a size limit), Storage.
class PosixFile {
public:
    [[nodiscard]] static base::Result<PosixFile> createNew(const std::string& path);   ///< mode 0600
    [[nodiscard]] static base::Result<PosixFile> openForReading(const std::string& path);
    [[nodiscard]] static base::Result<PosixFile> openForWriting(const std::string& path);   ///< made when it is not there
    PosixFile(PosixFile&& other) noexcept;
    PosixFile& operator=(PosixFile&& other) noexcept;
    ~PosixFile();

    [[nodiscard]] base::Result<> writeAt(std::int64_t offset, base::ByteView bytes);
    /// As many bytes as there are, at most `count`.
    [[nodiscard]] base::Result<base::Bytes> readAt(std::int64_t offset, std::size_t count) const;
    [[nodiscard]] base::Result<std::int64_t> size() const;
    [[nodiscard]] base::Result<> truncate(std::int64_t size);
    [[nodiscard]] base::Result<> sync();                                               ///< data and size are on the disk
    [[nodiscard]] base::Result<base::Hash256> sha256() const;                          ///< of the whole file, in constant memory

private:
    explicit PosixFile(int descriptor) : m_descriptor(descriptor) {}
    [[nodiscard]] static base::Result<PosixFile> openAs(const std::string& path, int flags);
    int m_descriptor;
};

[[nodiscard]] base::Result<> renameFile(const std::string& from, const std::string& to);   ///< and syncs the folder
[[nodiscard]] base::Result<> syncFolder(const std::string& folder);
[[nodiscard]] std::int64_t freeBytes(const std::string& folder);                           ///< −1 when it cannot be told

} // namespace evenhand::media
