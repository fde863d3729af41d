// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/posixfile.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

tl::unexpected<base::Error> failed(const char* what)
{
    const int reason = errno;
    const auto code = reason == ENOENT                                             ? ErrorCode::NotFound
        : reason == EEXIST                                                         ? ErrorCode::Conflict
        : reason == ENOSPC || reason == EDQUOT || reason == EFBIG                  ? ErrorCode::DiskFull
                                                                                   : ErrorCode::Storage;
    return base::fail(code, std::string(what) + ": " + std::strerror(reason));   // never the path: it may hold a user's name
}

} // namespace

Result<PosixFile> PosixFile::openAs(const std::string& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed("open recording");
    return PosixFile(descriptor);
}

Result<PosixFile> PosixFile::createNew(const std::string& path) { return openAs(path, O_RDWR | O_CREAT | O_EXCL); }
Result<PosixFile> PosixFile::openForReading(const std::string& path) { return openAs(path, O_RDONLY); }
Result<PosixFile> PosixFile::openForWriting(const std::string& path) { return openAs(path, O_RDWR | O_CREAT); }

PosixFile::PosixFile(PosixFile&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

PosixFile& PosixFile::operator=(PosixFile&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

PosixFile::~PosixFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<> PosixFile::writeAt(std::int64_t offset, base::ByteView bytes)
{
    while (!bytes.empty()) {
        const auto written = ::pwrite(m_descriptor, bytes.data(), bytes.size(), offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failed("write recording");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += written;
    }
    return {};
}

Result<base::Bytes> PosixFile::readAt(std::int64_t offset, std::size_t count) const
{
    base::Bytes bytes(count);
    std::size_t have = 0;
    while (have < count) {
        const auto got = ::pread(m_descriptor, bytes.data() + have, count - have, offset + static_cast<std::int64_t>(have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed("read recording");
        if (got == 0)
            break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

Result<std::int64_t> PosixFile::size() const
{
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0)
        return failed("size of recording");
    return status.st_size;
}

Result<> PosixFile::truncate(std::int64_t size)
{
    if (::ftruncate(m_descriptor, size) != 0)
        return failed("cut recording");
    return {};
}

Result<> PosixFile::sync()
{
    if (::fdatasync(m_descriptor) != 0)
        return failed("sync recording");
    return {};
}

Result<base::Hash256> PosixFile::sha256() const
{
    constexpr std::size_t kPiece = 1U << 18U;
    base::Sha256Stream hash;
    std::int64_t offset = 0;
    for (;;) {
        EVENHAND_ASSIGN(const auto piece, readAt(offset, kPiece));
        if (piece.empty())
            return hash.finish();
        hash.add(piece);
        offset += static_cast<std::int64_t>(piece.size());
    }
}

Result<> syncFolder(const std::string& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return failed("open folder of recordings");
    const bool isSynced = ::fsync(descriptor) == 0;
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    if (!isSynced)
        return failed("sync folder of recordings");
    return {};
}

Result<> renameFile(const std::string& from, const std::string& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return failed("rename recording");
    return syncFolder(to.substr(0, to.find_last_of('/')));
}

std::int64_t freeBytes(const std::string& folder)
{
    struct statvfs status {};
    if (::statvfs(folder.c_str(), &status) != 0)
        return -1;
    return static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
}

} // namespace evenhand::media
