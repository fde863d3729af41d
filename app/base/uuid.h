// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/bytes.h"
#include "app/base/clock.h"

namespace evenhand::base {

/// A UUID. There is no empty one: absence is std::optional.
class Uuid {
public:
    [[nodiscard]] static std::optional<Uuid> tryFromString(std::string_view text);   ///< 8-4-4-4-12, lower or upper case
    [[nodiscard]] static std::optional<Uuid> tryFromBytes(ByteView bytes);           ///< exactly 16
    [[nodiscard]] static Uuid random();                                              ///< version 4
    /// Version 8 of RFC 9562: the first 16 bytes of SHA-256(space ‖ name), so that the same name always gives the same id.
    [[nodiscard]] static Uuid fromName(std::string_view space, std::string_view name);
    explicit Uuid(const std::array<std::uint8_t, 16>& bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::string toString() const;                                      ///< lower case
    [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return m_bytes; }
    [[nodiscard]] int version() const { return m_bytes[6] >> 4; }

    friend auto operator<=>(const Uuid&, const Uuid&) = default;

private:
    std::array<std::uint8_t, 16> m_bytes;
};

/// Makes UUIDv7 values (RFC 9562) that only ever grow, also when the clock is set back: then the last value plus one.
/// Not thread-safe: one generator belongs to one thread.
class UuidV7Generator {
public:
    explicit UuidV7Generator(const Clock& clock) : m_clock(clock) {}
    void continueAfter(const Uuid& last) { m_last = last; }   ///< after a restart: never below what was already given out
    [[nodiscard]] Uuid next();

private:
    const Clock& m_clock;
    std::optional<Uuid> m_last;
};

/// A UUID that says what it identifies; ids of different things do not mix.
template <class Tag>
class Id {
public:
    explicit Id(const Uuid& value) : m_value(value) {}
    [[nodiscard]] static std::optional<Id> tryFromString(std::string_view text)
    {
        const auto uuid = Uuid::tryFromString(text);
        return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
    }
    [[nodiscard]] static Id random() { return Id(Uuid::random()); }
    [[nodiscard]] const Uuid& uuid() const { return m_value; }
    [[nodiscard]] std::string toString() const { return m_value.toString(); }
    friend auto operator<=>(const Id&, const Id&) = default;

private:
    Uuid m_value;
};

} // namespace evenhand::base

template <>
struct std::hash<evenhand::base::Uuid> {
    std::size_t operator()(const evenhand::base::Uuid& uuid) const noexcept;
};

template <class Tag>
struct std::hash<evenhand::base::Id<Tag>> {
    std::size_t operator()(const evenhand::base::Id<Tag>& id) const noexcept { return std::hash<evenhand::base::Uuid>{}(id.uuid()); }
};
