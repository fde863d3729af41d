// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/textdecoder.h"

#include <algorithm>
#include <array>

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace evenhand::server {

namespace {

constexpr std::array<std::pair<char16_t, char16_t>, 19> kGb18030Of2022{{
    // ICU 72 still maps these codes to the private use area (GB 18030-2005); the standard of 2022 and spreadsheets do not.
    {0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11}, {0xE790, 0xFE13}, {0xE791, 0xFE14}, {0xE792, 0xFE15},
    {0xE793, 0xFE16}, {0xE794, 0xFE17}, {0xE795, 0xFE18}, {0xE796, 0xFE19}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5},
    {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7}, {0xE832, 0x9FB8}, {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB},
    {0xE5E5, 0x3000},   // A3 A0, an ideographic space in practice (and in the index of the web's encoding standard)
}};

const char* icuName(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8: return "UTF-8";
    case TextEncoding::Gb18030: return "gb18030";
    case TextEncoding::Utf16Le: return "UTF-16LE";
    case TextEncoding::Utf16Be: return "UTF-16BE";
    case TextEncoding::Big5: return "windows-950-2000";
    case TextEncoding::Windows1252: return "windows-1252";
    }
    return "UTF-8";
}

void appendUtf8(std::string& out, char32_t c)
{
    std::array<char, 4> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
    out.append(bytes.data(), static_cast<std::size_t>(length));
}

// Length of the well-formed sequence at `at`: 0 when it is broken, -1 when it goes on behind the end of the text.
int sequenceLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    const int length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    const auto available = text.size() - at;
    for (std::size_t i = 1; i < static_cast<std::size_t>(length); ++i) {
        if (i >= available)
            return -1;
        unsigned char low = 0x80;
        unsigned char high = 0xBF;
        if (i == 1 && lead == 0xE0) low = 0xA0;
        if (i == 1 && lead == 0xED) high = 0x9F;
        if (i == 1 && lead == 0xF0) low = 0x90;
        if (i == 1 && lead == 0xF4) high = 0x8F;
        if (byte(i) < low || byte(i) > high)
            return 0;
    }
    return length;
}

} // namespace

struct TextDecoder::Impl {
    TextEncoding encoding;
    std::string pending;                  // UTF-8: the beginning of a sequence whose end has not come yet
    UConverter* converter = nullptr;
    char16_t high = 0;                    // UTF-16 from ICU: a high surrogate whose partner is in the next buffer
    bool begun = false;

    explicit Impl(TextEncoding e) : encoding(e)
    {
        if (e == TextEncoding::Utf8)
            return;
        UErrorCode status = U_ZERO_ERROR;
        converter = ucnv_open(icuName(e), &status);
        if (converter)
            ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl()
    {
        if (converter)
            ucnv_close(converter);
    }

    bool decodeUtf8(std::string_view in, bool last, std::string& out);
    bool decodeIcu(std::string_view in, bool last, std::string& out);
    void append(const char16_t* begin, const char16_t* end, std::string& out);
};

bool TextDecoder::Impl::decodeUtf8(std::string_view in, bool last, std::string& out)
{
    std::string joined;
    if (!pending.empty()) {
        joined = pending + std::string(in);
        pending.clear();
        in = joined;
    }
    std::size_t at = 0;
    while (at < in.size()) {
        if (static_cast<unsigned char>(in[at]) < 0x80) {
            ++at;
            continue;
        }
        const int length = sequenceLength(in, at);
        if (length > 0) {
            at += static_cast<std::size_t>(length);
            continue;
        }
        out.append(in.substr(0, at));
        if (length == 0 || last)
            return false;
        pending = in.substr(at);
        return true;
    }
    out.append(in);
    return true;
}

void TextDecoder::Impl::append(const char16_t* begin, const char16_t* end, std::string& out)
{
    for (const char16_t* at = begin; at != end; ++at) {
        char16_t unit = *at;
        if (U16_IS_LEAD(unit)) {
            high = unit;
            continue;
        }
        if (U16_IS_TRAIL(unit) && high != 0) {
            appendUtf8(out, static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, unit)));
            high = 0;
            continue;
        }
        if (encoding == TextEncoding::Gb18030 && unit >= 0xE5E5 && unit <= 0xE864)
            for (const auto& [old, now] : kGb18030Of2022)
                if (unit == old)
                    unit = now;
        if (unit < 0x80)
            out.push_back(static_cast<char>(unit));
        else
            appendUtf8(out, unit);
    }
}

bool TextDecoder::Impl::decodeIcu(std::string_view in, bool last, std::string& out)
{
    if (!converter)
        return false;
    std::array<char16_t, 8192> buffer;
    const char* source = in.data();
    const char* const sourceEnd = in.data() + in.size();
    for (;;) {
        char16_t* target = buffer.data();
        UErrorCode status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &target, buffer.data() + buffer.size(), &source, sourceEnd, nullptr, last ? 1 : 0, &status);
        append(buffer.data(), target, out);
        if (status == U_BUFFER_OVERFLOW_ERROR)
            continue;
        return U_SUCCESS(status) && !(last && high != 0);
    }
}

TextDecoder::TextDecoder(TextEncoding encoding) : m_impl(std::make_unique<Impl>(encoding)) {}
TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

bool TextDecoder::decode(base::ByteView in, bool last, std::string& out)
{
    const auto from = out.size();
    const auto text = base::asText(in);
    const bool good = m_impl->encoding == TextEncoding::Utf8 ? m_impl->decodeUtf8(text, last, out) : m_impl->decodeIcu(text, last, out);
    if (!m_impl->begun && out.size() > from) {
        m_impl->begun = true;
        if (out.compare(from, 3, "\xEF\xBB\xBF") == 0)
            out.erase(from, 3);
    }
    return good;
}

} // namespace evenhand::server
