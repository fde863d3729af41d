// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/sealedformat.h"

#include <sodium.h>

#include "app/media/bytewriter.h"

namespace evenhand::media {

using base::ByteView;
using base::ErrorCode;
using base::Result;

static_assert(kFrameOverhead == crypto_secretstream_xchacha20poly1305_HEADERBYTES + crypto_secretstream_xchacha20poly1305_ABYTES);

namespace {

constexpr std::string_view kFileMagic = "EVB1";
constexpr std::string_view kFrameMagic = "EVF1";
constexpr std::string_view kTrailerMagic = "EVBE";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kCheckSize = 8;
constexpr std::size_t kWrappedSize = 24 + 32 + 16;
constexpr std::size_t kSealedLimit = 96;
constexpr const char* kWrapPurpose = "evenhand.recording.wrap.v1";
constexpr std::string_view kFrameContext = "evenhand.recording.frame.v1";

// Not against an adversary (the frames are authenticated): it tells a damaged place from a wrong key.
void putCheck(base::Bytes& out)
{
    const auto hash = base::sha256(out);
    putBytes(out, ByteView(hash).first(kCheckSize));
}

bool checkHolds(ByteView bytes)
{
    const auto hash = base::sha256(bytes.first(bytes.size() - kCheckSize));
    return std::ranges::equal(ByteView(hash).first(kCheckSize), bytes.last(kCheckSize));
}

std::string wrapContext(const domain::EventId& eventId) { return std::string(kWrapPurpose) + ":" + eventId.toString(); }

base::Bytes frameContext(const domain::EventId& eventId, const FrameHeader& header)
{
    base::Bytes context;
    putBytes(context, base::asBytes(kFrameContext));
    putBytes(context, eventId.uuid().bytes());
    putBytes(context, encodeFrameHeader(header));
    return context;
}

std::uint16_t smallCheck(ByteView bytes)
{
    std::uint16_t sum = 0xACE1;
    for (const auto byte : bytes)
        sum = static_cast<std::uint16_t>((sum << 5U | sum >> 11U) ^ byte);
    return sum;
}

} // namespace

base::Bytes encodeHeader(const SealedHeader& header)
{
    base::Bytes out;
    out.reserve(kSealedHeaderSize);
    putBytes(out, base::asBytes(kFileMagic));
    out.push_back(kVersion);
    out.push_back(header.sides);
    putNumber(out, header.preSkip);
    putBytes(out, header.eventId.uuid().bytes());
    putNumber(out, static_cast<std::uint16_t>(header.wrappedKey.size()));
    putNumber(out, static_cast<std::uint16_t>(header.sealedKey.size()));
    putBytes(out, header.wrappedKey);
    putBytes(out, header.sealedKey);
    out.resize(kSealedHeaderSize - kCheckSize, 0);
    putCheck(out);
    return out;
}

Result<SealedHeader> decodeHeader(ByteView bytes)
{
    if (bytes.size() != kSealedHeaderSize || !std::ranges::equal(bytes.first(4), base::asBytes(kFileMagic)))
        return base::fail(ErrorCode::Invalid, "not a sealed recording");
    if (!checkHolds(bytes))
        return base::fail(ErrorCode::Damaged, "the header of the recording is damaged");
    ByteReader in(bytes.subspan(4));
    if (in.number<std::uint8_t>() != kVersion)
        return base::fail(ErrorCode::SchemaTooNew, "the recording was made by a newer program");
    const auto sides = in.number<std::uint8_t>();
    const auto preSkip = in.number<std::uint16_t>();
    const auto idBytes = in.take(16);
    std::array<std::uint8_t, 16> id{};
    std::ranges::copy(idBytes, id.begin());
    const auto wrappedSize = in.number<std::uint16_t>();
    const auto sealedSize = in.number<std::uint16_t>();
    const auto wrapped = in.take(wrappedSize);
    const auto sealed = in.take(sealedSize);
    if (!in.ok() || sides < 1 || sides > 2 || wrapped.size() != kWrappedSize || sealed.size() > kSealedLimit)
        return base::fail(ErrorCode::Damaged, "the header of the recording makes no sense");
    return SealedHeader{domain::EventId(base::Uuid(id)), sides, preSkip, {wrapped.begin(), wrapped.end()}, {sealed.begin(), sealed.end()}};
}

std::array<std::uint8_t, kFrameHeaderSize> encodeFrameHeader(const FrameHeader& header)
{
    base::Bytes out;
    out.reserve(kFrameHeaderSize);
    putBytes(out, base::asBytes(kFrameMagic));
    out.push_back(static_cast<std::uint8_t>(header.kind));
    out.push_back(header.isLast ? 1 : 0);
    putNumber(out, header.durationMs);
    putNumber(out, header.number);
    putNumber(out, header.size);
    putNumber(out, header.startMs);
    out.resize(kFrameHeaderSize - sizeof(std::uint16_t), 0);
    putNumber(out, smallCheck(out));
    std::array<std::uint8_t, kFrameHeaderSize> result{};
    std::ranges::copy(out, result.begin());
    return result;
}

std::optional<FrameHeader> decodeFrameHeader(ByteView bytes)
{
    if (bytes.size() != kFrameHeaderSize || !std::ranges::equal(bytes.first(4), base::asBytes(kFrameMagic)))
        return std::nullopt;
    ByteReader check(bytes.last(sizeof(std::uint16_t)));
    if (check.number<std::uint16_t>() != smallCheck(bytes.first(kFrameHeaderSize - sizeof(std::uint16_t))))
        return std::nullopt;
    ByteReader in(bytes.subspan(4));
    FrameHeader header;
    const auto kind = in.number<std::uint8_t>();
    header.kind = static_cast<FrameKind>(kind);
    header.isLast = in.number<std::uint8_t>() == 1;
    header.durationMs = in.number<std::uint16_t>();
    header.number = in.number<std::uint32_t>();
    header.size = in.number<std::uint32_t>();
    header.startMs = in.number<std::uint32_t>();
    const bool isPlausible = kind >= 1 && kind <= 4 && header.size >= kFrameOverhead && header.size <= kFramePlainLimit + kFrameOverhead;
    return isPlausible ? std::optional(header) : std::nullopt;
}

base::Bytes wrapKey(const base::SecretKey& blobKey, const base::SecretKey& recordingKey, const domain::EventId& eventId)
{
    return base::seal(base::deriveKey(blobKey, kWrapPurpose), recordingKey.bytes(), wrapContext(eventId));
}

Result<base::SecretKey> unwrapKey(const base::SecretKey& blobKey, const SealedHeader& header)
{
    auto key = base::open(base::deriveKey(blobKey, kWrapPurpose), header.wrappedKey, wrapContext(header.eventId));
    if (!key)
        return base::fail(ErrorCode::WrongKey, "the recording was made under another key");
    base::SecretKey result{*key};
    sodium_memzero(key->data(), key->size());
    return result;
}

base::Bytes sealFrame(const base::SecretKey& key, const domain::EventId& eventId, const FrameHeader& header, ByteView plain)
{
    base::Bytes sealed(plain.size() + kFrameOverhead);
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_secretstream_xchacha20poly1305_init_push(&state, sealed.data(), key.bytes().data());
    const auto context = frameContext(eventId, header);
    crypto_secretstream_xchacha20poly1305_push(&state, sealed.data() + crypto_secretstream_xchacha20poly1305_HEADERBYTES, nullptr, plain.data(), plain.size(),
                                               context.data(), context.size(), crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    sodium_memzero(&state, sizeof state);
    return sealed;
}

Result<base::Bytes> openFrame(const base::SecretKey& key, const domain::EventId& eventId, const FrameHeader& header, ByteView sealed)
{
    const auto damaged = [&] { return base::fail(ErrorCode::Damaged, "frame " + std::to_string(header.number) + " is not what was written"); };
    if (sealed.size() != header.size || sealed.size() < kFrameOverhead)
        return damaged();
    crypto_secretstream_xchacha20poly1305_state state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, sealed.data(), key.bytes().data()) != 0)
        return damaged();
    base::Bytes plain(sealed.size() - kFrameOverhead);
    const auto context = frameContext(eventId, header);
    const auto body = sealed.subspan(crypto_secretstream_xchacha20poly1305_HEADERBYTES);
    unsigned char tag = 0;
    const int opened = crypto_secretstream_xchacha20poly1305_pull(&state, plain.data(), nullptr, &tag, body.data(), body.size(), context.data(), context.size());
    sodium_memzero(&state, sizeof state);
    if (opened != 0 || tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        return damaged();
    return plain;
}

base::Bytes encodeIndex(std::span<const FramePlace> places)
{
    base::Bytes out;
    out.reserve(places.size() * kIndexEntrySize);
    for (const auto& place : places) {
        putNumber(out, static_cast<std::uint32_t>(place.offset));
        putNumber(out, place.header.startMs);
        putNumber(out, place.header.durationMs);
        out.push_back(static_cast<std::uint8_t>(place.header.kind));
        out.push_back(0);
        putNumber(out, place.header.size);
    }
    return out;
}

Result<std::vector<FramePlace>> decodeIndex(ByteView bytes)
{
    if (bytes.size() % kIndexEntrySize != 0)
        return base::fail(ErrorCode::Damaged, "the index of the recording has an odd size");
    std::vector<FramePlace> places;
    places.reserve(bytes.size() / kIndexEntrySize);
    ByteReader in(bytes);
    while (!in.rest().empty()) {
        FramePlace place;
        place.offset = in.number<std::uint32_t>();
        place.header.startMs = in.number<std::uint32_t>();
        place.header.durationMs = in.number<std::uint16_t>();
        place.header.kind = static_cast<FrameKind>(in.number<std::uint8_t>());
        static_cast<void>(in.number<std::uint8_t>());
        place.header.size = in.number<std::uint32_t>();
        places.push_back(place);
    }
    return places;
}

base::Bytes encodeTrailer(const Trailer& trailer)
{
    base::Bytes out(trailer.headerCopy);
    putBytes(out, base::asBytes(kTrailerMagic));
    putNumber(out, trailer.indexOffset);
    putNumber(out, trailer.frames);
    out.resize(kTrailerSize - kCheckSize, 0);
    putCheck(out);
    return out;
}

std::optional<Trailer> decodeTrailer(ByteView bytes)
{
    if (bytes.size() != kTrailerSize || !checkHolds(bytes))
        return std::nullopt;
    ByteReader in(bytes);
    const auto copy = in.take(kSealedHeaderSize);
    if (!std::ranges::equal(in.take(4), base::asBytes(kTrailerMagic)))
        return std::nullopt;
    Trailer trailer{{copy.begin(), copy.end()}};
    trailer.indexOffset = in.number<std::int64_t>();
    trailer.frames = in.number<std::uint32_t>();
    return trailer;
}

} // namespace evenhand::media
