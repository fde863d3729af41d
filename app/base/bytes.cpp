// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/bytes.h"

#include <sodium.h>

namespace evenhand::base {

ByteView asBytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view asText(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string toHex(ByteView bytes)
{
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

std::optional<Bytes> fromHex(std::string_view hex)
{
    Bytes bytes(hex.size() / 2);
    std::size_t length = 0;
    if (hex.size() % 2 != 0
        || sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0
        || length != bytes.size())
        return std::nullopt;
    return bytes;
}

namespace {

std::string encodeBase64(ByteView bytes, int variant)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();
    return text;
}

std::optional<Bytes> decodeBase64(std::string_view text, int variant)
{
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end, variant) != 0
        || end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

} // namespace

std::string toBase64Url(ByteView bytes) { return encodeBase64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
std::optional<Bytes> fromBase64Url(std::string_view text) { return decodeBase64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
std::string toBase64(ByteView bytes) { return encodeBase64(bytes, sodium_base64_VARIANT_ORIGINAL); }
std::optional<Bytes> fromBase64(std::string_view text) { return decodeBase64(text, sodium_base64_VARIANT_ORIGINAL); }

} // namespace evenhand::base
