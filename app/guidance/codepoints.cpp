// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/codepoints.h"

#include <cstdint>

namespace evenhand::guidance {

namespace {

struct Decoded {
    char32_t codePoint;
    std::size_t length;
};

constexpr Decoded kDamaged{0xFFFD, 1};

Decoded decode(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    const auto first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
    if (first < 0xC2 || first > 0xF4 || at + length > text.size())
        return kDamaged;
    char32_t value = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return kDamaged;
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    static constexpr char32_t kLeast[5] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value < kLeast[length] || value > 0x10FFFF || surrogate ? kDamaged : Decoded{value, length};
}

bool isWordCharacter(char32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '\'' || c == 0x2019
        || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

} // namespace

std::vector<char32_t> codePoints(std::string_view text)
{
    std::vector<char32_t> all;
    all.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [codePoint, length] = decode(text, at);
        all.push_back(codePoint);
        at += length;
    }
    return all;
}

void appendUtf8(std::string& text, char32_t c)
{
    const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<std::uint8_t>(byte))); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

bool isIdeograph(char32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

Spoken countSpoken(std::string_view text)
{
    Spoken spoken;
    bool inWord = false;
    for (const auto c : codePoints(text)) {
        spoken.ideographs += isIdeograph(c) ? 1 : 0;
        const bool wordHere = isWordCharacter(c);
        spoken.words += wordHere && !inWord ? 1 : 0;
        inWord = wordHere;
    }
    return spoken;
}

} // namespace evenhand::guidance
