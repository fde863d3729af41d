// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/rangecache.h"

#include <algorithm>
#include <filesystem>

namespace evenhand::media {

using base::ErrorCode;
using base::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPiecesAtOnce = 8;                 // one request: half a megabyte, a minute and a half of sound

} // namespace

void trimRangeCache(const RangeCacheConfig& config)
{
    struct Kept {
        fs::path path;
        fs::file_time_type at;
        std::int64_t size;
    };
    std::error_code problem;
    std::vector<Kept> files;
    std::int64_t total = 0;
    for (const auto& entry : fs::directory_iterator(config.folder, problem)) {
        if (entry.path().extension() != ".pieces")
            continue;
        files.push_back({entry.path(), entry.last_write_time(problem), static_cast<std::int64_t>(entry.file_size(problem))});
        total += files.back().size;
    }
    std::ranges::sort(files, {}, &Kept::at);
    for (const auto& file : files) {
        if (total <= config.limitBytes)
            return;
        total -= file.size;
        fs::remove(file.path, problem);
        fs::remove(fs::path(file.path).replace_extension(".map"), problem);
    }
}

Result<std::unique_ptr<RangedSource>> RangedSource::open(const RangeCacheConfig& config, const base::Hash256& sha256, std::int64_t size, Fetch fetch, Listener listener)
{
    std::error_code problem;
    fs::create_directories(config.folder, problem);
    fs::permissions(config.folder, fs::perms::owner_all, problem);
    trimRangeCache(config);
    const auto path = config.folder + "/" + base::toHex(sha256);
    EVENHAND_ASSIGN(auto data, PosixFile::openForWriting(path + ".pieces"));
    std::unique_ptr<RangedSource> source(new RangedSource(path, std::move(data), size, std::move(fetch), std::move(listener)));
    source->readMap();
    fs::last_write_time(path + ".pieces", fs::file_time_type::clock::now(), problem);   // heard now
    return source;
}

RangedSource::RangedSource(std::string path, PosixFile data, std::int64_t size, Fetch fetch, Listener listener)
    : m_path(std::move(path)), m_data(std::move(data)), m_size(size), m_fetch(std::move(fetch)), m_listener(std::move(listener)),
      m_have(static_cast<std::size_t>((size + kPiece - 1) / kPiece))
{
}

RangedSource::~RangedSource() = default;

// A wrong map does no harm: the frames are authenticated, and a piece that is not what it should be is damage.
void RangedSource::readMap()
{
    auto file = PosixFile::openForReading(m_path + ".map");
    const auto bytes = file ? file->readAt(0, m_have.size()) : Result<base::Bytes>(base::Bytes());
    if (!bytes || bytes->size() != m_have.size())
        return;
    for (std::size_t i = 0; i < m_have.size(); ++i)
        m_have[i] = (*bytes)[i] == 1;
}

void RangedSource::writeMap() const
{
    base::Bytes bytes;
    for (const bool have : m_have)
        bytes.push_back(have ? 1 : 0);
    if (auto file = PosixFile::openForWriting(m_path + ".map"))
        static_cast<void>(file->writeAt(0, bytes));
}

bool RangedSource::has(std::int64_t offset, std::int64_t count) const
{
    if (offset < 0 || offset + count > m_size)
        return false;
    for (auto piece = offset / kPiece; piece * kPiece < offset + count; ++piece)
        if (!m_have[static_cast<std::size_t>(piece)])
            return false;
    return true;
}

void RangedSource::want(std::int64_t offset, std::int64_t count)
{
    const auto end = std::min<std::size_t>(static_cast<std::size_t>((offset + count + kPiece - 1) / kPiece), m_have.size());
    for (auto piece = static_cast<std::size_t>(std::max<std::int64_t>(0, offset) / kPiece); piece < end;) {
        std::size_t pieces = 0;
        while (piece + pieces < end && pieces < kPiecesAtOnce && !m_have[piece + pieces] && !m_asked.contains(piece + pieces)) {
            m_asked.insert(piece + pieces);
            ++pieces;
        }
        if (pieces == 0) {
            ++piece;
            continue;
        }
        const auto first = static_cast<std::int64_t>(piece) * kPiece;
        const auto bytes = std::min(static_cast<std::int64_t>(pieces) * kPiece, m_size - first);
        m_fetch(first, bytes, [this, alive = std::weak_ptr<int>(m_alive), piece, pieces](Result<base::Bytes> answer) {
            if (!alive.expired())
                arrived(piece, pieces, std::move(answer));
        });
        piece += pieces;
    }
}

void RangedSource::arrived(std::size_t firstPiece, std::size_t pieces, Result<base::Bytes> bytes)
{
    const auto first = static_cast<std::int64_t>(firstPiece) * kPiece;
    const auto expected = std::min(static_cast<std::int64_t>(pieces) * kPiece, m_size - first);
    for (std::size_t i = 0; i < pieces; ++i)
        m_asked.erase(firstPiece + i);
    if (bytes && static_cast<std::int64_t>(bytes->size()) != expected)
        bytes = base::fail(ErrorCode::Protocol, "the server sent another part of the recording");
    if (bytes) {
        if (const auto written = m_data.writeAt(first, *bytes); !written)
            bytes = base::fail(written.error());
    }
    if (!bytes)
        return m_listener.failed(bytes.error());
    m_fetched += expected;
    for (std::size_t i = 0; i < pieces; ++i)
        m_have[firstPiece + i] = true;
    writeMap();
    m_listener.arrived();
}

Result<base::Bytes> RangedSource::read(std::int64_t offset, std::int64_t count)
{
    if (!has(offset, count))
        return base::fail(ErrorCode::NotFound, "this part of the recording is not here yet");
    return m_data.readAt(offset, static_cast<std::size_t>(count));
}

} // namespace evenhand::media
