// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/sealedreader.h"

#include <algorithm>

#include "app/media/bytewriter.h"

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

constexpr auto kHeaderBytes = static_cast<std::int64_t>(kSealedHeaderSize);
constexpr auto kTrailerBytes = static_cast<std::int64_t>(kTrailerSize);
constexpr auto kFrameHeaderBytes = static_cast<std::int64_t>(kFrameHeaderSize);
constexpr std::int64_t kSearchPiece = 1 << 16;

Result<base::Bytes> fetch(ByteSource& source, std::int64_t offset, std::int64_t count)
{
    if (offset < 0 || offset + count > source.size())
        return base::fail(ErrorCode::Damaged, "the recording ends too early");
    if (!source.has(offset, count)) {
        source.want(offset, count);
        return base::fail(ErrorCode::NotFound, "these bytes of the recording are not here yet");
    }
    return source.read(offset, count);
}

Result<std::optional<Trailer>> trailerOf(ByteSource& source)
{
    if (source.size() < kHeaderBytes + kTrailerBytes)
        return std::optional<Trailer>();
    EVENHAND_ASSIGN(const auto bytes, fetch(source, source.size() - kTrailerBytes, kTrailerBytes));
    return decodeTrailer(bytes);
}

} // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path)
{
    EVENHAND_ASSIGN(auto file, PosixFile::openForReading(path));
    EVENHAND_ASSIGN(const auto size, file.size());
    return std::unique_ptr<FileSource>(new FileSource(std::move(file), size));
}

Result<base::Bytes> FileSource::read(std::int64_t offset, std::int64_t count)
{
    EVENHAND_ASSIGN(auto bytes, m_file.readAt(offset, static_cast<std::size_t>(count)));
    if (static_cast<std::int64_t>(bytes.size()) != count)
        return base::fail(ErrorCode::Damaged, "the recording ends too early");
    return bytes;
}

Result<SealedReader> SealedReader::open(std::shared_ptr<ByteSource> source, const base::SecretKey& blobKey)
{
    EVENHAND_ASSIGN(const auto first, fetch(*source, 0, std::min(kHeaderBytes, source->size())));
    auto header = decodeHeader(first);
    const bool isDamaged = !header;
    if (isDamaged) {
        EVENHAND_ASSIGN(const auto trailer, trailerOf(*source));
        if (!trailer)
            return base::fail(header.error());
        header = decodeHeader(trailer->headerCopy);
        if (!header)
            return base::fail(header.error());
    }
    EVENHAND_ASSIGN(auto key, unwrapKey(blobKey, *header));
    SealedReader reader(std::move(source), *header, std::move(key));
    if (isDamaged)
        reader.note({"header"});
    EVENHAND_TRY(reader.findFrames());
    return reader;
}

Result<SealedReader> SealedReader::openWithKey(std::shared_ptr<ByteSource> source, base::SecretKey key, const domain::EventId& eventId)
{
    EVENHAND_ASSIGN(const auto first, fetch(*source, 0, std::min(kHeaderBytes, source->size())));
    auto header = decodeHeader(first);
    const bool isDamaged = !header || header->eventId != eventId;
    if (isDamaged) {
        EVENHAND_ASSIGN(const auto trailer, trailerOf(*source));
        header = trailer ? decodeHeader(trailer->headerCopy) : header;
        if (!header)
            header = SealedHeader{eventId};   // two sides unless told otherwise
        header->eventId = eventId;
    }
    SealedReader reader(std::move(source), *header, std::move(key));
    if (isDamaged)
        reader.note({"header"});
    EVENHAND_TRY(reader.findFrames());
    return reader;
}

Result<> SealedReader::findFrames()
{
    EVENHAND_ASSIGN(const auto trailer, trailerOf(*m_source));
    bool hasIndex = false;
    if (trailer) {
        m_isFinished = true;
        EVENHAND_ASSIGN(hasIndex, readIndex(*trailer));
    }
    if (!hasIndex)
        EVENHAND_TRY(scan());
    settle();
    return {};
}

// The index frames follow each other up to the trailer; the last one carries the mark of the end.
Result<bool> SealedReader::readIndex(const Trailer& trailer)
{
    const auto end = m_source->size() - kTrailerBytes;
    if (trailer.indexOffset < kHeaderBytes || trailer.indexOffset >= end)
        return false;
    EVENHAND_ASSIGN(const auto bytes, fetch(*m_source, trailer.indexOffset, end - trailer.indexOffset));
    base::Bytes index;
    std::vector<FramePlace> indexFrames;
    base::ByteView rest(bytes);
    bool sawLast = false;
    while (rest.size() >= kFrameHeaderSize) {
        const auto header = decodeFrameHeader(rest.first(kFrameHeaderSize));
        if (!header || header->kind != FrameKind::Index || rest.size() < kFrameHeaderSize + header->size)
            break;
        const auto plain = openFrame(m_key, m_header.eventId, *header, rest.subspan(kFrameHeaderSize, header->size));
        if (!plain)
            break;
        putBytes(index, *plain);
        indexFrames.push_back({*header, trailer.indexOffset + static_cast<std::int64_t>(bytes.size() - rest.size())});
        rest = rest.subspan(kFrameHeaderSize + header->size);
        sawLast = header->isLast;
    }
    auto places = decodeIndex(index);
    if (!sawLast || !places) {
        note({"index", std::nullopt, trailer.indexOffset});
        return false;
    }
    m_frames = *std::move(places);
    for (std::size_t i = 0; i < m_frames.size(); ++i)
        m_frames[i].header.number = static_cast<std::uint32_t>(i);
    m_frames.insert(m_frames.end(), indexFrames.begin(), indexFrames.end());
    return true;
}

Result<> SealedReader::scan()
{
    m_frames.clear();
    std::int64_t offset = kHeaderBytes;
    while (offset + kFrameHeaderBytes <= m_source->size()) {
        EVENHAND_ASSIGN(const auto bytes, fetch(*m_source, offset, kFrameHeaderBytes));
        const auto header = decodeFrameHeader(bytes);
        const bool isWhole = header && offset + kFrameHeaderBytes + header->size <= m_source->size();
        if (isWhole) {
            m_frames.push_back({*header, offset});
            offset += kFrameHeaderBytes + header->size;
            continue;
        }
        EVENHAND_ASSIGN(const auto next, nextFrameAfter(offset + 1));
        if (next < 0)
            break;
        note({"frame_header", static_cast<std::uint32_t>(m_frames.size()), offset});
        offset = next;
    }
    return {};
}

/// Where the next thing that looks like a frame header begins; −1 when there is none. openFrame() has the last word.
Result<std::int64_t> SealedReader::nextFrameAfter(std::int64_t offset) const
{
    while (offset + kFrameHeaderBytes <= m_source->size()) {
        const auto count = std::min(kSearchPiece, m_source->size() - offset);
        EVENHAND_ASSIGN(const auto bytes, fetch(*m_source, offset, count));
        const base::ByteView view(bytes);
        for (std::size_t i = 0; i + kFrameHeaderSize <= view.size(); ++i) {
            if (decodeFrameHeader(view.subspan(i, kFrameHeaderSize)))
                return offset + static_cast<std::int64_t>(i);
        }
        if (count < kSearchPiece)
            break;
        offset += count - kFrameHeaderBytes + 1;
    }
    return -1;
}

void SealedReader::settle()
{
    m_sound.clear();
    m_durationMs = 0;
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        const auto& header = m_frames[i].header;
        if (header.kind != FrameKind::Sound)
            continue;
        m_sound.push_back(i);
        m_durationMs = std::max<std::int64_t>(m_durationMs, static_cast<std::int64_t>(header.startMs) + header.durationMs);
    }
}

void SealedReader::note(Damage damage)
{
    const auto isSame = [&](const Damage& other) { return other.part == damage.part && other.frame == damage.frame && other.offset == damage.offset; };
    if (std::ranges::none_of(m_damages, isSame))
        m_damages.push_back(std::move(damage));
}

bool SealedReader::has(std::size_t frame) const
{
    const auto& place = m_frames[frame];
    return m_source->has(place.offset, kFrameHeaderBytes + place.header.size);
}

void SealedReader::want(std::size_t frame)
{
    const auto& place = m_frames[frame];
    m_source->want(place.offset, kFrameHeaderBytes + place.header.size);
}

Result<base::Bytes> SealedReader::read(std::size_t frame)
{
    const auto& place = m_frames[frame];
    auto bytes = fetch(*m_source, place.offset, kFrameHeaderBytes + place.header.size);
    if (!bytes && bytes.error().code != ErrorCode::Damaged)
        return bytes;
    const Damage lost{"frame", place.header.number, place.offset, place.header.startMs, place.header.durationMs};
    if (!bytes) {
        note(lost);
        return bytes;
    }
    // What stands in front of the frame must be what its content is bound to; the index knows it too when that bit is the bad one.
    const auto onDisk = decodeFrameHeader(base::ByteView(*bytes).first(kFrameHeaderSize));
    auto header = onDisk.value_or(place.header);
    if (!onDisk)
        note({"frame_header", place.header.number, place.offset});
    auto plain = openFrame(m_key, m_header.eventId, header, base::ByteView(*bytes).subspan(kFrameHeaderSize));
    if (!plain)
        note(lost);
    return plain;
}

Result<base::Bytes> SealedReader::readAll(FrameKind kind)
{
    base::Bytes all;
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        if (m_frames[i].header.kind != kind)
            continue;
        const auto plain = read(i);
        if (plain)
            putBytes(all, *plain);
        else if (plain.error().code != ErrorCode::Damaged)
            return base::fail(plain.error());
    }
    return all;
}

std::size_t SealedReader::soundFrameAt(std::int64_t ms) const
{
    const auto after = std::ranges::upper_bound(m_sound, ms, {}, [this](std::size_t i) { return static_cast<std::int64_t>(m_frames[i].header.startMs); });
    return after == m_sound.begin() ? 0 : static_cast<std::size_t>(after - m_sound.begin() - 1);
}

Result<std::vector<Damage>> SealedReader::verify()
{
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
        const auto plain = read(i);
        if (!plain && plain.error().code != ErrorCode::Damaged)
            return base::fail(plain.error());
    }
    std::uint32_t expected = 0;
    for (const auto& place : m_frames) {
        if (place.header.number > expected)
            note({"frame", expected, place.offset});
        expected = place.header.number + 1;
    }
    if (m_frames.empty() || !m_isFinished)
        note({"end", std::nullopt, m_source->size()});
    return m_damages;
}

} // namespace evenhand::media
