// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/bytesource.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

#include <zlib.h>

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

// gzread passes a file that is not packed through unchanged, so plain and packed files are one case.
class FileSource final : public ByteSource {
public:
    FileSource(gzFile file, std::string path) : m_file(file), m_path(std::move(path)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { gzclose_r(m_file); }

    Result<std::size_t> read(std::span<std::uint8_t> out) override
    {
        const int got = gzread(m_file, out.data(), static_cast<unsigned>(out.size()));
        int code = Z_OK;
        const char* text = gzerror(m_file, &code);
        if (code == Z_ERRNO)
            return base::fail(ErrorCode::Storage, m_path + ": cannot be read: " + std::strerror(errno));
        if (got < 0 || (code != Z_OK && code != Z_STREAM_END))
            return base::fail(ErrorCode::Invalid, m_path + ": the packed file is damaged or cut short (" + text + "); ask for it again");
        return static_cast<std::size_t>(got);
    }

    Result<> rewind() override
    {
        if (gzrewind(m_file) != 0)
            return base::fail(ErrorCode::Storage, m_path + ": cannot be read a second time; give a file, not a pipe");
        return {};
    }

private:
    gzFile m_file;
    std::string m_path;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string bytes) : m_bytes(std::move(bytes)) {}

    Result<std::size_t> read(std::span<std::uint8_t> out) override
    {
        const auto size = std::min(out.size(), m_bytes.size() - m_at);
        std::memcpy(out.data(), m_bytes.data() + m_at, size);
        m_at += size;
        return size;
    }

    Result<> rewind() override
    {
        m_at = 0;
        return {};
    }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

} // namespace

Result<std::unique_ptr<ByteSource>> openByteSource(const std::string& path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return base::fail(ErrorCode::NotFound, path + ": cannot be opened: " + std::strerror(errno));
    if (!S_ISREG(info.st_mode))
        return base::fail(ErrorCode::Invalid, path + ": is not a file");
    gzFile file = gzopen(path.c_str(), "rb");
    if (!file)
        return base::fail(ErrorCode::NotFound, path + ": cannot be opened: " + std::strerror(errno));
    gzbuffer(file, 128 * 1024);
    return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(file, path));
}

std::unique_ptr<ByteSource> byteSourceOf(std::string bytes)
{
    return std::make_unique<MemorySource>(std::move(bytes));
}

} // namespace evenhand::server
