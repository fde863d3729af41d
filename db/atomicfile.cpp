// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/atomicfile.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

/// Closes a descriptor when it goes.
class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    [[nodiscard]] int get() const { return m_value; }

private:
    int m_value;
};

tl::unexpected<base::Error> systemError(const char* doing)
{
    const int number = errno;
    const auto code = number == ENOSPC || number == EDQUOT ? ErrorCode::DiskFull : number == ENOENT ? ErrorCode::NotFound : ErrorCode::Storage;
    return fail(code, std::string(doing) + ": " + std::strerror(number));
}

Result<> writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<> syncFolder(const std::string& path)
{
    const auto folder = std::filesystem::path(path).parent_path();
    const Descriptor handle(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (handle.get() < 0 || ::fsync(handle.get()) != 0)
        return systemError("sync folder");
    return {};
}

Result<> writeSynced(const std::string& path, std::string_view bytes)
{
    const Descriptor handle(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (handle.get() < 0)
        return systemError("create");
    EVENHAND_TRY(writeAll(handle.get(), bytes));
    if (::fsync(handle.get()) != 0)
        return systemError("sync");
    return {};
}

} // namespace

Result<> writeFileAtomically(const std::string& path, std::string_view bytes)
{
    const auto temporary = path + ".tmp";
    if (auto written = writeSynced(temporary, bytes); !written) {
        ::unlink(temporary.c_str());
        return written;
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return systemError("rename");
    return syncFolder(path);
}

Result<std::string> readSmallFile(const std::string& path, std::size_t limit)
{
    const Descriptor handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (handle.get() < 0)
        return systemError("open");
    std::string bytes(limit + 1, '\0');
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto got = ::read(handle.get(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("read");
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    if (size > limit)
        return fail(ErrorCode::Invalid, "the file is larger than expected");
    bytes.resize(size);
    return bytes;
}

Result<> makePrivateFolder(const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error)
        return fail(ErrorCode::Storage, "make folder: " + error.message());
    if (::chmod(path.c_str(), 0700) != 0)
        return systemError("protect folder");
    return {};
}

Result<FileLock> FileLock::take(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return systemError("open lock file");
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? Result<FileLock>(fail(ErrorCode::Conflict, "another program has this profile open"))
                                    : Result<FileLock>(systemError("lock"));
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);   // closing gives the lock back; the file stays, its name is the meeting point
}

} // namespace evenhand::db
