// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/uuid.h"

#include <algorithm>
#include <cstring>

#include "app/base/crypto.h"

namespace evenhand::base {

namespace {

constexpr std::array<std::size_t, 4> kDashes{8, 13, 18, 23};

void stampVersion(std::array<std::uint8_t, 16>& bytes, int version)
{
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | (version << 4));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
}

std::array<std::uint8_t, 16> v7At(std::int64_t milliseconds)
{
    std::array<std::uint8_t, 16> bytes{};
    fillRandom(bytes);
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - i)));
    stampVersion(bytes, 7);
    return bytes;
}

// Adds one to the random part and carries into the time if it overflows, leaving version and variant bits alone.
std::array<std::uint8_t, 16> successor(std::array<std::uint8_t, 16> bytes)
{
    for (int i = 15; i >= 0; --i) {
        const auto at = static_cast<std::size_t>(i);
        const std::uint8_t mask = i == 8 ? 0x3f : (i == 6 ? 0x0f : 0xff);
        const auto value = static_cast<std::uint8_t>((bytes[at] & mask) + 1) & mask;
        bytes[at] = static_cast<std::uint8_t>((bytes[at] & ~mask) | value);
        if (value != 0)
            break;
    }
    return bytes;
}

} // namespace

std::optional<Uuid> Uuid::tryFromString(std::string_view text)
{
    if (text.size() != 36)
        return std::nullopt;
    std::string hex;
    hex.reserve(32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dashExpected = std::ranges::find(kDashes, i) != kDashes.end();
        if (dashExpected != (text[i] == '-'))
            return std::nullopt;
        if (!dashExpected)
            hex.push_back(text[i]);
    }
    const auto bytes = fromHex(hex);
    return bytes ? tryFromBytes(*bytes) : std::nullopt;
}

std::optional<Uuid> Uuid::tryFromBytes(ByteView bytes)
{
    if (bytes.size() != 16)
        return std::nullopt;
    std::array<std::uint8_t, 16> value{};
    std::ranges::copy(bytes, value.begin());
    return Uuid(value);
}

Uuid Uuid::random()
{
    std::array<std::uint8_t, 16> bytes{};
    fillRandom(bytes);
    stampVersion(bytes, 4);
    return Uuid(bytes);
}

Uuid Uuid::fromName(std::string_view space, std::string_view name)
{
    std::string input(space);
    input.push_back('\0');
    input.append(name);
    const auto digest = sha256(asBytes(input));
    std::array<std::uint8_t, 16> bytes{};
    std::copy_n(digest.begin(), 16, bytes.begin());
    stampVersion(bytes, 8);
    return Uuid(bytes);
}

std::string Uuid::toString() const
{
    std::string text = toHex(m_bytes);
    for (const auto at : kDashes)
        text.insert(at, 1, '-');
    return text;
}

Uuid UuidV7Generator::next()
{
    auto bytes = v7At(m_clock.now().milliseconds());
    if (m_last && bytes <= m_last->bytes())
        bytes = successor(m_last->bytes());
    m_last = Uuid(bytes);
    return *m_last;
}

} // namespace evenhand::base

std::size_t std::hash<evenhand::base::Uuid>::operator()(const evenhand::base::Uuid& uuid) const noexcept
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, uuid.bytes().data(), 8);
    std::memcpy(&low, uuid.bytes().data() + 8, 8);
    return high ^ (low * 0x9e3779b97f4a7c15ULL);
}
