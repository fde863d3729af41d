// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/opusstream.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <ogg/ogg.h>
#include <opus/opus_multistream.h>

#include "app/media/bytewriter.h"
#include "app/media/peaktrack.h"

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kOpusRate = 48'000;                    // granule positions count at this rate whatever the input
constexpr int kGranulesPerBlock = kOpusRate * kBlockMs / 1000;
constexpr std::size_t kPacketLimit = 2 * 1275;
constexpr const char* kVendor = "Evenhand";
constexpr int kLongestPacketMs = 120;

base::Bytes headPacket(int sides, std::uint16_t preSkip)
{
    base::Bytes out;
    putBytes(out, base::asBytes("OpusHead"));
    out.push_back(1);
    out.push_back(static_cast<std::uint8_t>(sides));
    putNumber(out, preSkip);
    putNumber(out, static_cast<std::uint32_t>(kSampleRate));
    putNumber(out, std::uint16_t{0});
    out.push_back(sides == 1 ? 0 : 1);               // mapping family
    if (sides > 1)
        putBytes(out, std::array<std::uint8_t, 4>{2, 0, 0, 1});   // two streams, none coupled: left is stream 0, right is stream 1
    return out;
}

base::Bytes tagsPacket(const std::vector<std::string>& tags)
{
    base::Bytes out;
    const auto putText = [&out](std::string_view text) {
        putNumber(out, static_cast<std::uint32_t>(text.size()));
        putBytes(out, base::asBytes(text));
    };
    putBytes(out, base::asBytes("OpusTags"));
    putText(kVendor);
    putNumber(out, static_cast<std::uint32_t>(tags.size()));
    for (const auto& tag : tags)
        putText(tag);
    return out;
}

void appendPage(base::Bytes& out, const ogg_page& page)
{
    out.insert(out.end(), page.header, page.header + page.header_len);
    out.insert(out.end(), page.body, page.body + page.body_len);
}

} // namespace

// Named, not anonymous: unity builds warn about members of anonymous types.
namespace opusparts {

struct EncoderEnd {
    void operator()(OpusMSEncoder* encoder) const { opus_multistream_encoder_destroy(encoder); }
};
struct DecoderEnd {
    void operator()(OpusMSDecoder* decoder) const { opus_multistream_decoder_destroy(decoder); }
};

/// An Ogg stream that is being written.
class OggOut {
public:
    explicit OggOut(std::uint32_t serial) { ogg_stream_init(&m_stream, static_cast<int>(serial)); }
    ~OggOut() { ogg_stream_clear(&m_stream); }
    OggOut(const OggOut&) = delete;
    OggOut& operator=(const OggOut&) = delete;

    void put(base::Bytes packet, std::int64_t granule, bool isEnd = false)
    {
        ogg_packet ogg{packet.data(), static_cast<long>(packet.size()), m_packets == 0 ? 1 : 0, isEnd ? 1 : 0, granule, m_packets};
        ++m_packets;
        ogg_stream_packetin(&m_stream, &ogg);
    }
    void flush(base::Bytes& out)
    {
        ogg_page page;
        while (ogg_stream_flush(&m_stream, &page) != 0)
            appendPage(out, page);
    }
    void takeFull(base::Bytes& out)
    {
        ogg_page page;
        while (ogg_stream_pageout(&m_stream, &page) != 0)
            appendPage(out, page);
    }

private:
    ogg_stream_state m_stream{};
    ogg_int64_t m_packets = 0;
};

} // namespace opusparts

using opusparts::DecoderEnd;
using opusparts::EncoderEnd;
using opusparts::OggOut;

struct OpusWriter::State {
    State(OpusSettings given, std::uint32_t serial) : settings(given), ogg(serial) {}
    OpusSettings settings;
    OggOut ogg;
    std::unique_ptr<OpusMSEncoder, EncoderEnd> encoder;
    std::uint16_t preSkip = 0;
    std::int64_t granule = 0;
    int msInPage = 0;
    base::Bytes pages;
};

OpusWriter::OpusWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
OpusWriter::OpusWriter(OpusWriter&&) noexcept = default;
OpusWriter& OpusWriter::operator=(OpusWriter&&) noexcept = default;
OpusWriter::~OpusWriter() = default;

Result<OpusWriter> OpusWriter::create(OpusSettings settings, std::uint32_t serial, std::vector<std::string> tags)
{
    auto state = std::make_unique<State>(settings, serial);
    constexpr unsigned char kMapping[] = {0, 1};
    int error = OPUS_OK;
    state->encoder.reset(opus_multistream_encoder_create(kSampleRate, settings.sides, settings.sides, 0, kMapping, OPUS_APPLICATION_VOIP, &error));
    if (error != OPUS_OK)
        return base::fail(ErrorCode::Invalid, std::string("opus encoder: ") + opus_strerror(error));
    auto* encoder = state->encoder.get();
    opus_multistream_encoder_ctl(encoder, OPUS_SET_BITRATE(settings.bitsPerSecond * settings.sides));
    opus_multistream_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(settings.complexity));
    opus_multistream_encoder_ctl(encoder, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    opus_int32 lookahead = 0;
    opus_multistream_encoder_ctl(encoder, OPUS_GET_LOOKAHEAD(&lookahead));
    state->preSkip = static_cast<std::uint16_t>(lookahead * (kOpusRate / kSampleRate));
    state->pages = opusHeaderPages(settings.sides, state->preSkip, serial, tags);
    state->ogg.put(headPacket(settings.sides, state->preSkip), 0);   // the same two packets, so that packet and page numbers go on from there
    base::Bytes unused;
    state->ogg.flush(unused);
    state->ogg.put(tagsPacket(tags), 0);
    state->ogg.flush(unused);
    return OpusWriter(std::move(state));
}

std::uint16_t OpusWriter::preSkip() const { return m_state->preSkip; }

Result<> OpusWriter::encode(std::span<const std::int16_t> block)
{
    State& s = *m_state;
    base::Bytes packet(kPacketLimit);
    const auto size = opus_multistream_encode(s.encoder.get(), block.data(), kBlockSamples, packet.data(), static_cast<opus_int32>(packet.size()));
    if (size < 0)
        return base::fail(ErrorCode::Invalid, std::string("opus: ") + opus_strerror(size));
    packet.resize(static_cast<std::size_t>(size));
    s.granule += kGranulesPerBlock;
    s.msInPage += kBlockMs;
    s.ogg.put(std::move(packet), s.granule);
    if (s.msInPage >= s.settings.pageMs) {
        s.ogg.flush(s.pages);
        s.msInPage = 0;
    } else {
        s.ogg.takeFull(s.pages);
    }
    return {};
}

base::Bytes OpusWriter::takePages(bool all)
{
    if (all && m_state->msInPage > 0) {
        m_state->ogg.flush(m_state->pages);
        m_state->msInPage = 0;
    }
    return std::exchange(m_state->pages, {});
}

Result<base::Bytes> OpusWriter::finish()
{
    State& s = *m_state;
    const auto soundEnd = s.granule;   // the silence pushes the last real sound out of the coder; its own end is cut off by the granule position
    const std::vector<std::int16_t> silence(static_cast<std::size_t>(kBlockSamples * s.settings.sides), 0);
    base::Bytes packet(kPacketLimit);
    const auto size = opus_multistream_encode(s.encoder.get(), silence.data(), kBlockSamples, packet.data(), static_cast<opus_int32>(packet.size()));
    if (size < 0)
        return base::fail(ErrorCode::Invalid, std::string("opus: ") + opus_strerror(size));
    packet.resize(static_cast<std::size_t>(size));
    s.ogg.put(std::move(packet), soundEnd + s.preSkip, true);
    s.ogg.flush(s.pages);
    return std::exchange(s.pages, {});
}

struct OpusReader::State {
    int sides = 2;
    int rate = kSampleRate;
    std::unique_ptr<OpusMSDecoder, DecoderEnd> decoder;
    ogg_sync_state sync{};
    ogg_stream_state stream{};
    bool hasStream = false;
    std::vector<std::int16_t> buffer;

    State() { ogg_sync_init(&sync); }
    ~State()
    {
        ogg_sync_clear(&sync);
        if (hasStream)
            ogg_stream_clear(&stream);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void takePage(ogg_page& page, std::vector<std::int16_t>& out)
    {
        const int serial = ogg_page_serialno(&page);
        if (hasStream && stream.serialno != serial)
            ogg_stream_reset_serialno(&stream, serial);
        if (!hasStream)
            ogg_stream_init(&stream, serial);
        hasStream = true;
        ogg_stream_pagein(&stream, &page);
        ogg_packet packet;
        for (int got = ogg_stream_packetout(&stream, &packet); got != 0; got = ogg_stream_packetout(&stream, &packet)) {
            if (got > 0)
                takePacket(packet, out);
        }
    }
    void takePacket(const ogg_packet& packet, std::vector<std::int16_t>& out)
    {
        if (packet.bytes >= 8 && (std::memcmp(packet.packet, "OpusHead", 8) == 0 || std::memcmp(packet.packet, "OpusTags", 8) == 0))
            return;
        const int limit = rate / 1000 * kLongestPacketMs;
        buffer.resize(static_cast<std::size_t>(limit * sides));
        const int count = opus_multistream_decode(decoder.get(), packet.packet, static_cast<opus_int32>(packet.bytes), buffer.data(), limit, 0);
        if (count > 0)
            out.insert(out.end(), buffer.begin(), buffer.begin() + count * sides);
    }
};

OpusReader::OpusReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
OpusReader::OpusReader(OpusReader&&) noexcept = default;
OpusReader& OpusReader::operator=(OpusReader&&) noexcept = default;
OpusReader::~OpusReader() = default;

Result<OpusReader> OpusReader::create(int sides, int rate)
{
    auto state = std::make_unique<State>();
    constexpr unsigned char kMapping[] = {0, 1};
    int error = OPUS_OK;
    state->sides = sides;
    state->rate = rate;
    state->decoder.reset(opus_multistream_decoder_create(rate, sides, sides, 0, kMapping, &error));
    if (error != OPUS_OK)
        return base::fail(ErrorCode::Invalid, std::string("opus decoder: ") + opus_strerror(error));
    return OpusReader(std::move(state));
}

std::vector<std::int16_t> OpusReader::decode(base::ByteView pages)
{
    std::vector<std::int16_t> out;
    char* into = ogg_sync_buffer(&m_state->sync, static_cast<long>(pages.size()));
    std::ranges::copy(pages, reinterpret_cast<std::uint8_t*>(into));
    ogg_sync_wrote(&m_state->sync, static_cast<long>(pages.size()));
    ogg_page page;
    for (int got = ogg_sync_pageout(&m_state->sync, &page); got != 0; got = ogg_sync_pageout(&m_state->sync, &page)) {
        if (got > 0)
            m_state->takePage(page, out);
    }
    return out;
}

void OpusReader::reset()
{
    opus_multistream_decoder_ctl(m_state->decoder.get(), OPUS_RESET_STATE);
    ogg_sync_reset(&m_state->sync);
    if (m_state->hasStream)
        ogg_stream_reset(&m_state->stream);
}

base::Bytes opusHeaderPages(int sides, std::uint16_t preSkip, std::uint32_t serial, const std::vector<std::string>& tags)
{
    OggOut ogg(serial);
    base::Bytes pages;
    ogg.put(headPacket(sides, preSkip), 0);
    ogg.flush(pages);
    ogg.put(tagsPacket(tags), 0);
    ogg.flush(pages);
    return pages;
}

base::Bytes renumberPages(base::ByteView pages, std::uint32_t serial, std::uint32_t& firstPage, bool isEnd)
{
    constexpr std::size_t kPageHeader = 27;
    base::Bytes out;
    while (pages.size() >= kPageHeader) {
        const std::size_t segments = pages[26];
        std::size_t size = kPageHeader + segments;
        for (std::size_t i = 0; i < segments && kPageHeader + i < pages.size(); ++i)
            size += pages[kPageHeader + i];
        if (size > pages.size())
            break;
        base::Bytes bytes(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(size));
        pages = pages.subspan(size);
        const auto body = base::asText(base::ByteView(bytes).subspan(kPageHeader + segments));
        if (body.starts_with("OpusHead") || body.starts_with("OpusTags"))
            continue;
        const auto putAt = [&bytes](std::size_t at, std::uint32_t value) {
            for (std::size_t i = 0; i < 4; ++i)
                bytes[at + i] = static_cast<std::uint8_t>(value >> (8U * i));
        };
        putAt(14, serial);
        putAt(18, firstPage++);
        bytes[5] = static_cast<std::uint8_t>((bytes[5] & ~4U) | (isEnd && pages.size() < kPageHeader ? 4U : 0U));
        ogg_page page{bytes.data(), static_cast<long>(kPageHeader + segments), bytes.data() + kPageHeader + segments,
                      static_cast<long>(size - kPageHeader - segments)};
        ogg_page_checksum_set(&page);
        putBytes(out, bytes);
    }
    return out;
}

} // namespace evenhand::media
