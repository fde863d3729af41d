// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"

namespace evenhand::base {

/// A calendar day without a time zone ("2026-04-05"); always valid.
class Date {
public:
    [[nodiscard]] static std::optional<Date> tryFromIso(std::string_view text);
    [[nodiscard]] static std::optional<Date> tryFrom(int year, int month, int day);   ///< nullopt for 31 February
    [[nodiscard]] static Date fromDayNumber(int daysSince1970) { return Date(daysSince1970); }

    [[nodiscard]] int dayNumber() const { return m_days; }
    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;
    [[nodiscard]] int day() const;
    [[nodiscard]] int weekday() const;                         ///< 1 Monday … 7 Sunday
    [[nodiscard]] Date plusDays(int days) const { return Date(m_days + days); }
    [[nodiscard]] Date plusMonths(int months) const;           ///< the day is cut to the length of the month: 31 January + 1 = 28 February
    [[nodiscard]] std::string toIso() const;
    friend auto operator<=>(const Date&, const Date&) = default;

private:
    explicit Date(int days) : m_days(days) {}
    int m_days;
};

/// A named IANA time zone, as the system's database knows it. Cheap to copy. Thread-safe.
class TimeZone {
public:
    [[nodiscard]] static std::optional<TimeZone> tryFromName(std::string_view ianaName);
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] int utcOffsetMinutes(Instant at) const;
    [[nodiscard]] Date dateAt(Instant at) const;
    [[nodiscard]] int secondOfDayAt(Instant at) const;          ///< 0 … 86399 on the local clock
    /// The first instant whose local clock shows this day and second. If the clock jumps over it, the instant of the jump.
    [[nodiscard]] Instant instantOf(const Date& date, int secondOfDay) const;
    friend bool operator==(const TimeZone& a, const TimeZone& b) { return a.m_name == b.m_name; }

private:
    explicit TimeZone(std::string name) : m_name(std::move(name)) {}
    std::string m_name;
};

} // namespace evenhand::base
