// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/blobs/blobfiles.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/uuid.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kReadSize = 256 * 1024;

tl::unexpected<base::Error> diskError(const std::string& path, const char* doing)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::Storage, path + ": " + doing + ": " + std::strerror(errno));
}

class OpenFile {
public:
    OpenFile(const std::string& path, int flags) : m_file(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    [[nodiscard]] bool isOpen() const { return m_file >= 0; }
    [[nodiscard]] int get() const { return m_file; }

private:
    int m_file;
};

bool writeWhole(int file, const std::uint8_t* data, std::size_t size)
{
    while (size > 0) {
        const auto written = ::write(file, data, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            data += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    return true;
}

// A rename or a new file is on the disk only when its folder is.
Result<> syncFolderOf(const std::string& path)
{
    const auto folder = fs::path(path).parent_path().string();
    const OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.isOpen() || ::fsync(opened.get()) != 0)
        return diskError(folder, "sync");
    return {};
}

Result<> copyAll(const std::string& from, int to, const std::string& target)
{
    const OpenFile source(from, O_RDONLY);
    if (!source.isOpen())
        return diskError(from, "open");
    std::vector<std::uint8_t> buffer(kReadSize);
    for (;;) {
        const auto count = ::read(source.get(), buffer.data(), buffer.size());
        if (count < 0)
            return diskError(from, "read");
        if (count == 0)
            return {};
        if (!writeWhole(to, buffer.data(), static_cast<std::size_t>(count)))
            return diskError(target, "write");
    }
}

Result<base::Hash256> hashOfFile(const std::string& path)
{
    const OpenFile file(path, O_RDONLY);
    if (!file.isOpen())
        return diskError(path, "open");
    base::Sha256Stream hash;
    std::vector<std::uint8_t> buffer(kReadSize);
    for (;;) {
        const auto count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0)
            return diskError(path, "read");
        if (count == 0)
            return hash.finish();
        hash.add(base::ByteView(buffer.data(), static_cast<std::size_t>(count)));
    }
}

} // namespace

IncomingChunk::~IncomingChunk()
{
    ::close(m_file);
    ::unlink(m_path.c_str());
}

Result<> IncomingChunk::write(base::ByteView bytes)
{
    if (!writeWhole(m_file, bytes.data(), bytes.size()))
        return diskError(m_path, "write");
    m_size += static_cast<std::int64_t>(bytes.size());
    m_hash.add(bytes);
    return {};
}

Result<std::unique_ptr<BlobFiles>> BlobFiles::open(const std::string& root)
{
    std::error_code problem;
    const auto incoming = fs::path(root) / "incoming";
    fs::remove_all(incoming, problem);
    fs::create_directories(incoming, problem);
    if (problem)
        return fail(ErrorCode::Storage, root + ": " + problem.message() + "; --blobs must name a folder that evenhandd may write to");
    fs::permissions(root, fs::perms::owner_all, problem);
    return std::unique_ptr<BlobFiles>(new BlobFiles(root));
}

std::string BlobFiles::path(const base::Hash256& hash) const
{
    const auto name = base::toHex(hash);
    return m_root + "/" + name.substr(0, 2) + "/" + name;
}

bool BlobFiles::isWhole(const base::Hash256& hash) const { return ::access(path(hash).c_str(), F_OK) == 0; }

std::optional<std::int64_t> BlobFiles::partSize(const base::Hash256& hash) const
{
    struct stat state {};
    if (::stat(partPath(hash).c_str(), &state) != 0)
        return std::nullopt;
    return state.st_size;
}

base::Instant BlobFiles::lastByteAt(const base::Hash256& hash) const
{
    struct stat state {};
    return base::Instant::fromSeconds(::stat(partPath(hash).c_str(), &state) == 0 ? state.st_mtime : 0);
}

Result<> BlobFiles::create(const base::Hash256& hash)
{
    const std::lock_guard lock(lockOf(hash));
    const auto part = partPath(hash);
    std::error_code problem;
    fs::create_directories(fs::path(part).parent_path(), problem);
    const OpenFile file(part, O_CREAT | O_WRONLY);
    if (!file.isOpen())
        return diskError(part, "create");
    return syncFolderOf(part);
}

Result<std::shared_ptr<IncomingChunk>> BlobFiles::newChunk() const
{
    const auto path = m_root + "/incoming/" + base::Uuid::random().toString();
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return diskError(path, "create");
    return std::make_shared<IncomingChunk>(path, file);
}

Result<std::int64_t> BlobFiles::append(const base::Hash256& hash, const IncomingChunk& chunk, std::int64_t offset)
{
    const std::lock_guard lock(lockOf(hash));
    const auto part = partPath(hash);
    const OpenFile file(part, O_WRONLY | O_APPEND);
    if (!file.isOpen())
        return fail(ErrorCode::NotFound, "there is no upload of this blob");
    struct stat state {};
    if (::fstat(file.get(), &state) != 0)
        return diskError(part, "stat");
    if (state.st_size != offset)
        return fail(ErrorCode::Conflict, "the upload stands at " + std::to_string(state.st_size));
    auto copied = copyAll(chunk.path(), file.get(), part);
    if (copied && ::fdatasync(file.get()) != 0)
        copied = diskError(part, "sync");
    if (!copied) {
        (void)!::ftruncate(file.get(), offset);   // what a full disk let through is sent again anyway
        return fail(copied.error());
    }
    return offset + chunk.size();
}

Result<bool> BlobFiles::verify(const base::Hash256& hash)
{
    const std::lock_guard lock(lockOf(hash));
    const auto part = partPath(hash);
    if (!partSize(hash))
        return isWhole(hash);   // somebody else was faster
    EVENHAND_ASSIGN(const auto actual, hashOfFile(part));
    if (actual != hash) {
        if (::unlink(part.c_str()) != 0)
            return diskError(part, "remove");
        return false;
    }
    if (::rename(part.c_str(), path(hash).c_str()) != 0)
        return diskError(part, "rename");
    EVENHAND_TRY(syncFolderOf(part));
    return true;
}

Result<> BlobFiles::discard(const base::Hash256& hash)
{
    const std::lock_guard lock(lockOf(hash));
    const auto part = partPath(hash);
    if (::unlink(part.c_str()) != 0 && errno != ENOENT)
        return diskError(part, "remove");
    return {};
}

Result<int> BlobFiles::removeOlderParts(base::Instant before)
{
    int removed = 0;
    std::error_code problem;
    for (fs::recursive_directory_iterator it(m_root, problem), end; !problem && it != end; it.increment(problem)) {
        struct stat state {};
        if (it->path().extension() != ".part" || ::stat(it->path().c_str(), &state) != 0)
            continue;
        if (state.st_mtime < before.milliseconds() / 1000 && ::unlink(it->path().c_str()) == 0)
            ++removed;
    }
    if (problem)
        return fail(ErrorCode::Storage, m_root + ": " + problem.message());
    return removed;
}

} // namespace evenhand::server
