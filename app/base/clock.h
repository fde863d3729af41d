// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evenhand::base {

/// A point in time, UTC, to the millisecond. Counts from 1970-01-01T00:00:00Z.
class Instant {
public:
    constexpr Instant() = default;   ///< 1970, only for containers
    [[nodiscard]] static constexpr Instant fromMilliseconds(std::int64_t ms) { return Instant(ms); }
    [[nodiscard]] static constexpr Instant fromSeconds(std::int64_t s) { return Instant(s * 1000); }
    /// RFC 3339 with any offset and zero to nine decimals ("2026-03-02T21:59:59+08:00"); digits below a millisecond are cut.
    [[nodiscard]] static std::optional<Instant> tryFromRfc3339(std::string_view text);

    [[nodiscard]] constexpr std::int64_t milliseconds() const { return m_ms; }
    [[nodiscard]] constexpr Instant plusMilliseconds(std::int64_t ms) const { return Instant(m_ms + ms); }
    [[nodiscard]] constexpr Instant plusSeconds(std::int64_t s) const { return Instant(m_ms + s * 1000); }
    [[nodiscard]] std::string toRfc3339Utc() const;                              ///< "2026-03-02T13:59:59.000Z": the wire format
    [[nodiscard]] std::string toRfc3339(int utcOffsetMinutes) const;             ///< "2026-03-02T21:59:59+08:00", decimals only if not zero

    friend constexpr auto operator<=>(const Instant&, const Instant&) = default;

private:
    explicit constexpr Instant(std::int64_t ms) : m_ms(ms) {}
    std::int64_t m_ms = 0;
};

/// Where the time comes from. Passed in everywhere, so that tests and replays decide what time it is. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;                    ///< wall clock
    [[nodiscard]] virtual std::int64_t monotonicMs() const = 0;       ///< milliseconds since boot, sleep included; never goes back
    [[nodiscard]] virtual std::string bootId() const = 0;             ///< UUID text that changes with each boot
};

/// The clock of this computer.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::int64_t monotonicMs() const override;
    [[nodiscard]] std::string bootId() const override;
};

} // namespace evenhand::base
