// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/sealedwriter.h"

#include "app/media/bytewriter.h"

namespace evenhand::media {

using base::ByteView;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kIndexPiece = kFramePlainLimit / kIndexEntrySize * kIndexEntrySize;

std::string folderOf(const std::string& path) { return path.substr(0, path.find_last_of('/')); }

} // namespace

SealedWriter::SealedWriter(std::string path, PosixFile file, const SealedHeader& header, base::SecretKey key, Flush flush)
    : m_path(std::move(path)), m_file(std::move(file)), m_header(header), m_key(std::move(key)), m_flush(flush)
{
}

Result<SealedWriter> SealedWriter::create(const std::string& folder, const SealedHeader& header, base::SecretKey key, ByteView about, Flush flush)
{
    const auto path = folder + "/" + header.eventId.toString() + ".part";
    EVENHAND_ASSIGN(auto file, PosixFile::createNew(path));
    SealedWriter writer(path, std::move(file), header, std::move(key), flush);
    EVENHAND_TRY(writer.m_file.writeAt(0, encodeHeader(header)));
    writer.m_size = kSealedHeaderSize;
    EVENHAND_TRY(writer.append(FrameKind::About, 0, 0, about));
    EVENHAND_TRY(syncFolder(folder));
    return writer;
}

Result<SealedWriter> SealedWriter::resume(const std::string& path, const SealedHeader& header, base::SecretKey key, std::vector<FramePlace> places)
{
    EVENHAND_ASSIGN(auto file, PosixFile::openForWriting(path));
    SealedWriter writer(path, std::move(file), header, std::move(key), Flush::EachFrame);
    writer.m_size = kSealedHeaderSize;
    for (const auto& place : places)
        writer.m_size = std::max(writer.m_size, place.offset + static_cast<std::int64_t>(kFrameHeaderSize + place.header.size));
    writer.m_places = std::move(places);
    EVENHAND_TRY(writer.m_file.truncate(writer.m_size));
    return writer;
}

Result<> SealedWriter::append(FrameKind kind, std::uint32_t startMs, std::uint16_t durationMs, ByteView plain)
{
    auto written = write(kind, startMs, durationMs, plain, false);
    if (written && m_flush == Flush::EachFrame)
        written = m_file.sync();
    if (written)
        return {};
    if (!m_places.empty() && m_places.back().offset + static_cast<std::int64_t>(kFrameHeaderSize + m_places.back().header.size) == m_size) {
        m_size = m_places.back().offset;   // it was written, but the disk did not say that it keeps it
        m_places.pop_back();
    }
    static_cast<void>(m_file.truncate(m_size));
    return base::fail(std::move(written).error());
}

Result<> SealedWriter::write(FrameKind kind, std::uint32_t startMs, std::uint16_t durationMs, ByteView plain, bool isLast)
{
    if (plain.size() > kFramePlainLimit)
        return base::fail(ErrorCode::Invalid, "a frame of " + std::to_string(plain.size()) + " bytes is too large");
    const FrameHeader header{kind, isLast, static_cast<std::uint32_t>(m_places.size()), static_cast<std::uint32_t>(plain.size() + kFrameOverhead), startMs, durationMs};
    base::Bytes bytes;
    putBytes(bytes, encodeFrameHeader(header));
    putBytes(bytes, sealFrame(m_key, m_header.eventId, header, plain));
    EVENHAND_TRY(m_file.writeAt(m_size, bytes));
    m_places.push_back({header, m_size});
    m_size += static_cast<std::int64_t>(bytes.size());
    return {};
}

Result<> SealedWriter::writeInPieces(FrameKind kind, ByteView plain, bool endsWithLast)
{
    do {
        const auto piece = plain.first(std::min(plain.size(), kIndexPiece));
        plain = plain.subspan(piece.size());
        EVENHAND_TRY(write(kind, 0, 0, piece, endsWithLast && plain.empty()));
    } while (!plain.empty());
    return {};
}

Result<> SealedWriter::writeClosing(ByteView peaks)
{
    EVENHAND_TRY(writeInPieces(FrameKind::Peaks, peaks, false));
    const auto indexOffset = m_size;
    EVENHAND_TRY(writeInPieces(FrameKind::Index, encodeIndex(m_places), true));
    const auto trailer = encodeTrailer({encodeHeader(m_header), indexOffset, static_cast<std::uint32_t>(m_places.size())});
    EVENHAND_TRY(m_file.writeAt(m_size, trailer));
    m_size += static_cast<std::int64_t>(trailer.size());
    return m_file.sync();
}

Result<SealedFile> SealedWriter::finish(ByteView peaks)
{
    const auto soundEnd = m_size;
    if (const auto closed = writeClosing(peaks); !closed) {
        if (closed.error().code != ErrorCode::DiskFull)
            return base::fail(closed.error());
        m_size = soundEnd;
        EVENHAND_TRY(m_file.truncate(m_size));
        EVENHAND_TRY(m_file.sync());
    }
    EVENHAND_ASSIGN(const auto hash, m_file.sha256());
    const auto target = folderOf(m_path) + "/" + base::toHex(hash) + ".evb";
    EVENHAND_TRY(renameFile(m_path, target));
    m_path = target;
    return SealedFile{target, hash, m_size};
}

} // namespace evenhand::media
