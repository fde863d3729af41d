// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"

#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>

namespace evenhand::base {

namespace {

using namespace std::chrono;

// Reads exactly `digits` decimal digits at `at`; -1 when there are none.
int number(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at + digits > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<std::int64_t> dateAndTimeMs(std::string_view text)
{
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')
        || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto y = number(text, 0, 4), mo = number(text, 5, 2), d = number(text, 8, 2);
    const auto h = number(text, 11, 2), mi = number(text, 14, 2), s = number(text, 17, 2);
    const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (y < 0 || mo < 0 || d < 0 || !date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return std::nullopt;
    const auto days = sys_days(date).time_since_epoch().count();
    return (static_cast<std::int64_t>(days) * 86400 + h * 3600 + mi * 60 + s) * 1000;
}

std::optional<int> offsetMinutes(std::string_view text)
{
    if (text == "Z" || text == "z")
        return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto h = number(text, 1, 2), m = number(text, 4, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59)
        return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (h * 60 + m);
}

struct CivilTime {
    int year;
    unsigned month, day;
    int hour, minute, second, millisecond;
};

CivilTime civil(std::int64_t ms)
{
    const sys_time<milliseconds> point{milliseconds(ms)};
    const auto days = floor<std::chrono::days>(point);
    const year_month_day date{days};
    const hh_mm_ss time{point - days};
    return {int(date.year()), unsigned(date.month()), unsigned(date.day()), static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count())};
}

std::string format(const char* pattern, const CivilTime& t)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), pattern, t.year, t.month, t.day, t.hour, t.minute, t.second, t.millisecond);
    return text.data();
}

} // namespace

std::optional<Instant> Instant::tryFromRfc3339(std::string_view text)
{
    const auto base = dateAndTimeMs(text);
    if (!base)
        return std::nullopt;
    std::size_t at = 19;
    int fraction = 0;
    if (text[at] == '.') {
        std::size_t end = ++at;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0)
            ++end;
        if (end == at || end - at > 9)
            return std::nullopt;
        std::string digits(text.substr(at, end - at));
        digits.resize(3, '0');
        fraction = number(digits, 0, 3);
        at = end;
    }
    const auto offset = offsetMinutes(text.substr(at));
    if (!offset)
        return std::nullopt;
    return fromMilliseconds(*base + fraction - std::int64_t{*offset} * 60000);
}

std::string Instant::toRfc3339Utc() const
{
    return format("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", civil(m_ms));
}

std::string Instant::toRfc3339(int utcOffsetMinutes) const
{
    const auto t = civil(m_ms + std::int64_t{utcOffsetMinutes} * 60000);
    std::string text = t.millisecond == 0 ? format("%04d-%02u-%02uT%02d:%02d:%02d", t) : format("%04d-%02u-%02uT%02d:%02d:%02d.%03d", t);
    std::array<char, 32> offset{};
    const int size = std::abs(utcOffsetMinutes);
    std::snprintf(offset.data(), offset.size(), "%c%02d:%02d", utcOffsetMinutes < 0 ? '-' : '+', size / 60, size % 60);
    return text + offset.data();
}

Instant SystemClock::now() const
{
    return Instant::fromMilliseconds(floor<milliseconds>(system_clock::now()).time_since_epoch().count());
}

std::int64_t SystemClock::monotonicMs() const
{
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1000000;
}

std::string SystemClock::bootId() const
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id.size() == 36 ? id : "00000000-0000-4000-8000-000000000000";
}

} // namespace evenhand::base
