// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/textencoding.h"

#include <array>
#include <string>
#include <vector>

#include "server/import/textdecoder.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr std::array<std::pair<std::string_view, TextEncoding>, 12> kWords{{
    {"utf-8", TextEncoding::Utf8},
    {"gb18030", TextEncoding::Gb18030},
    {"utf-16le", TextEncoding::Utf16Le},
    {"utf-16be", TextEncoding::Utf16Be},
    {"big5", TextEncoding::Big5},
    {"windows-1252", TextEncoding::Windows1252},
    {"utf8", TextEncoding::Utf8},
    {"gbk", TextEncoding::Gb18030},
    {"gb2312", TextEncoding::Gb18030},
    {"cp936", TextEncoding::Gb18030},
    {"latin1", TextEncoding::Windows1252},
    {"iso-8859-1", TextEncoding::Windows1252},
}};

struct Fit {
    bool fits;
    std::size_t goodBytes;   // about how far the text was readable
};

bool hasPrivateUse(std::string_view utf8)
{
    for (std::size_t i = 0; i + 2 < utf8.size(); ++i) {
        const auto a = static_cast<unsigned char>(utf8[i]);
        const auto b = static_cast<unsigned char>(utf8[i + 1]);
        if ((a == 0xEE) || (a == 0xEF && b < 0xA4))   // U+E000 … U+F8FF
            return true;
    }
    return false;
}

Result<Fit> tryEncoding(ByteSource& source, TextEncoding encoding, bool refusePrivateUse)
{
    EVENHAND_TRY(source.rewind());
    TextDecoder decoder(encoding);
    std::vector<std::uint8_t> block(128 * 1024);
    std::string text;
    std::size_t total = 0;
    for (;;) {
        EVENHAND_ASSIGN(const auto got, source.read(block));
        text.clear();
        const bool good = decoder.decode({block.data(), got}, got == 0, text) && !(refusePrivateUse && hasPrivateUse(text));
        if (!good)
            return Fit{false, total};
        if (got == 0)
            return Fit{true, total};
        total += got;
    }
}

// Text in UTF-16 without a mark: about every second byte of ASCII headings is zero.
std::optional<TextEncoding> utf16WithoutMark(std::span<const std::uint8_t> head)
{
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
        even += head[i] == 0;
        odd += head[i + 1] == 0;
    }
    const auto pairs = head.size() / 2;
    if (pairs >= 8 && odd * 2 > pairs && even == 0)
        return TextEncoding::Utf16Le;
    if (pairs >= 8 && even * 2 > pairs && odd == 0)
        return TextEncoding::Utf16Be;
    return std::nullopt;
}

Result<std::optional<TextEncoding>> fromFirstBytes(ByteSource& source)
{
    EVENHAND_TRY(source.rewind());
    std::array<std::uint8_t, 1024> head{};
    EVENHAND_ASSIGN(const auto got, source.read(head));
    const auto starts = [&](std::initializer_list<std::uint8_t> mark) {
        return got >= mark.size() && std::equal(mark.begin(), mark.end(), head.begin());
    };
    if (starts({0xFF, 0xFE}))
        return std::optional(TextEncoding::Utf16Le);
    if (starts({0xFE, 0xFF}))
        return std::optional(TextEncoding::Utf16Be);
    if (starts({0xEF, 0xBB, 0xBF}))
        return std::optional(TextEncoding::Utf8);
    return utf16WithoutMark(std::span(head).first(got));
}

} // namespace

std::string_view toWord(TextEncoding encoding)
{
    for (const auto& [word, value] : kWords)
        if (value == encoding)
            return word;
    return "utf-8";
}

std::optional<TextEncoding> textEncodingFromWord(std::string_view word)
{
    for (const auto& [known, value] : kWords)
        if (known == word)
            return value;
    return std::nullopt;
}

Result<TextEncoding> detectEncoding(ByteSource& source)
{
    EVENHAND_ASSIGN(const auto marked, fromFirstBytes(source));
    std::optional<TextEncoding> found = marked;
    std::size_t readable = 0;
    if (!found) {
        EVENHAND_ASSIGN(const auto utf8, tryEncoding(source, TextEncoding::Utf8, false));
        EVENHAND_ASSIGN(const auto gb, utf8.fits ? Result<Fit>(Fit{false, 0}) : tryEncoding(source, TextEncoding::Gb18030, true));
        readable = std::max(utf8.goodBytes, gb.goodBytes);
        if (utf8.fits)
            found = TextEncoding::Utf8;
        else if (gb.fits)
            found = TextEncoding::Gb18030;
    }
    EVENHAND_TRY(source.rewind());
    if (!found)
        return base::fail(base::ErrorCode::Invalid, "the text is neither UTF-8 nor GB18030 (unreadable after about byte " +
                                                        std::to_string(readable) + "); name its encoding in the mapping as file: encoding:");
    return *found;
}

} // namespace evenhand::server
