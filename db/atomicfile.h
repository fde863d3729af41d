// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"

/// Small files that must be whole or absent after a crash.
namespace evenhand::db {

/// Temporary file beside it (mode 0600), write, fsync, rename, fsync of the folder. After an error the old file is untouched.
[[nodiscard]] base::Result<> writeFileAtomically(const std::string& path, std::string_view bytes);
/// NotFound when there is no such file; Invalid beyond `limit` bytes.
[[nodiscard]] base::Result<std::string> readSmallFile(const std::string& path, std::size_t limit);
/// Makes the folder and its parents; the last one gets mode 0700.
[[nodiscard]] base::Result<> makePrivateFolder(const std::string& path);

/// An advisory lock on a file that lasts as long as the object and dies with the process.
class FileLock {
public:
    /// Conflict when another process (or this one) holds it.
    [[nodiscard]] static base::Result<FileLock> take(const std::string& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace evenhand::db
