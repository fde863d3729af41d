// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/backupfile.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "EVBACKUP1\n";
constexpr std::int64_t kHashSize = 32;
constexpr std::size_t kLineLimit = 1U << 20;

enum class CellTag : char { Null = 0, Integer = 1, Text = 2, Bytes = 3 };

std::string bigEndian(std::uint64_t value, int bytes)
{
    std::string out;
    for (int i = bytes; i-- > 0;)
        out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
    return out;
}

std::uint64_t fromBigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    return value;
}

std::string withTag(CellTag tag, std::string_view bytes)
{
    return std::string(1, static_cast<char>(tag)) + bigEndian(bytes.size(), 4) + std::string(bytes);
}

Result<> syncPath(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int problem = errno;
    if (file >= 0)
        ::close(file);
    return synced ? Result<>() : fail(ErrorCode::Storage, path + ": sync: " + std::strerror(problem));
}

tl::unexpected<base::Error> damaged() { return fail(ErrorCode::Damaged, "the backup is not whole; take another one"); }

} // namespace

Result<BackupWriter> BackupWriter::create(const std::string& path)
{
    if (fs::exists(path))
        return fail(ErrorCode::Conflict, path + ": exists already; a backup never replaces a file");
    BackupWriter writer(path);
    const auto draft = path + ".part";
    ::umask(0077);   // everything there is about people is in it
    writer.m_file.open(draft, std::ios::binary | std::ios::trunc);
    if (!writer.m_file)
        return fail(ErrorCode::Storage, draft + ": cannot be written: " + std::strerror(errno));
    writer.put(kMagic);
    return writer;
}

void BackupWriter::put(std::string_view bytes)
{
    m_file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    m_hash.add(base::asBytes(bytes));
    m_size += static_cast<std::int64_t>(bytes.size());
}

void BackupWriter::row(const std::vector<BackupCell>& cells)
{
    std::string out(1, '\1');
    for (const auto& cell : cells) {
        if (const auto* number = std::get_if<std::int64_t>(&cell))
            out += std::string(1, static_cast<char>(CellTag::Integer)) + bigEndian(static_cast<std::uint64_t>(*number), 8);
        else if (const auto* text = std::get_if<std::string>(&cell))
            out += withTag(CellTag::Text, *text);
        else if (const auto* bytes = std::get_if<base::Bytes>(&cell))
            out += withTag(CellTag::Bytes, base::asText(*bytes));
        else
            out.push_back(static_cast<char>(CellTag::Null));
    }
    put(out);
}

Result<std::int64_t> BackupWriter::finish()
{
    const auto hash = m_hash.finish();
    m_file.write(reinterpret_cast<const char*>(hash.data()), static_cast<std::streamsize>(hash.size()));
    m_file.close();
    const auto draft = m_path + ".part";
    if (!m_file)
        return fail(ErrorCode::DiskFull, draft + ": cannot be written to its end; free some space");
    EVENHAND_TRY(syncPath(draft, O_RDONLY));
    std::error_code problem;
    fs::rename(draft, m_path, problem);
    if (problem)
        return fail(ErrorCode::Storage, m_path + ": " + problem.message());
    const auto folder = fs::absolute(m_path).parent_path().string();
    EVENHAND_TRY(syncPath(folder, O_RDONLY | O_DIRECTORY));
    return m_size + kHashSize;
}

Result<BackupReader> BackupReader::open(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, path + ": cannot be read");
    const auto size = static_cast<std::int64_t>(fs::file_size(path));
    if (size < static_cast<std::int64_t>(kMagic.size()) + kHashSize)
        return damaged();
    base::Sha256Stream hash;
    std::vector<char> piece(1U << 18);
    for (auto left = size - kHashSize; left > 0;) {
        file.read(piece.data(), std::min<std::int64_t>(left, std::ssize(piece)));
        if (file.gcount() <= 0)
            return damaged();
        hash.add(base::asBytes({piece.data(), static_cast<std::size_t>(file.gcount())}));
        left -= file.gcount();
    }
    std::array<char, kHashSize> stored{};
    file.read(stored.data(), kHashSize);
    const auto actual = hash.finish();
    if (!file || std::memcmp(actual.data(), stored.data(), stored.size()) != 0)
        return damaged();
    BackupReader reader;
    reader.m_file.open(path, std::ios::binary);
    reader.m_left = size - kHashSize;
    EVENHAND_ASSIGN(const auto magic, reader.take(kMagic.size()));
    if (magic != kMagic)
        return fail(ErrorCode::Invalid, path + ": is no backup of evenhandd");
    return reader;
}

Result<std::string> BackupReader::take(std::size_t size)
{
    if (static_cast<std::int64_t>(size) > m_left)
        return damaged();
    std::string bytes(size, '\0');
    m_file.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!m_file)
        return damaged();
    m_left -= static_cast<std::int64_t>(size);
    return bytes;
}

Result<std::string> BackupReader::line()
{
    std::string text;
    for (;;) {
        EVENHAND_ASSIGN(const auto c, take(1));
        if (c == "\n")
            return text;
        text += c;
        if (text.size() > kLineLimit)
            return damaged();
    }
}

Result<BackupCell> BackupReader::cell()
{
    EVENHAND_ASSIGN(const auto tag, take(1));
    switch (static_cast<CellTag>(tag[0])) {
    case CellTag::Null: return BackupCell(nullptr);
    case CellTag::Integer: {
        EVENHAND_ASSIGN(const auto bytes, take(8));
        return BackupCell(static_cast<std::int64_t>(fromBigEndian(bytes)));
    }
    case CellTag::Text:
    case CellTag::Bytes: {
        EVENHAND_ASSIGN(const auto length, take(4));
        EVENHAND_ASSIGN(auto bytes, take(fromBigEndian(length)));
        if (static_cast<CellTag>(tag[0]) == CellTag::Text)
            return BackupCell(std::move(bytes));
        return BackupCell(base::Bytes(bytes.begin(), bytes.end()));
    }
    }
    return damaged();
}

Result<std::optional<std::vector<BackupCell>>> BackupReader::row(std::size_t columns)
{
    EVENHAND_ASSIGN(const auto more, take(1));
    if (more[0] == '\0')
        return std::optional<std::vector<BackupCell>>();
    std::vector<BackupCell> cells;
    for (std::size_t i = 0; i < columns; ++i) {
        EVENHAND_ASSIGN(auto one, cell());
        cells.push_back(std::move(one));
    }
    return std::optional(std::move(cells));
}

} // namespace evenhand::server
