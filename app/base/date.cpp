// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <QDateTime>
#include <QTimeZone>

namespace evenhand::base {

namespace {

/// The offsets of one zone as plain numbers. A queue asks for millions of local times, and QTimeZone takes a microsecond for each.
struct ZoneTransitions {
    std::string name;
    QTimeZone zone;
    std::vector<std::int64_t> from;   ///< milliseconds since 1970, ascending; the first is kTableBegin
    std::vector<int> minutes;         ///< east of UTC, from there on
};

using namespace std::chrono;

year_month_day ymd(int days) { return year_month_day(sys_days(std::chrono::days(days))); }

std::optional<int> parseInt(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<Date> Date::tryFromIso(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto y = parseInt(text.substr(0, 4)), m = parseInt(text.substr(5, 2)), d = parseInt(text.substr(8, 2));
    return y && m && d ? tryFrom(*y, *m, *d) : std::nullopt;
}

std::optional<Date> Date::tryFrom(int y, int m, int d)
{
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31)
        return std::nullopt;
    const year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
    return date.ok() ? std::optional(Date(static_cast<int>(sys_days(date).time_since_epoch().count()))) : std::nullopt;
}

int Date::year() const { return int(ymd(m_days).year()); }
int Date::month() const { return static_cast<int>(unsigned(ymd(m_days).month())); }
int Date::day() const { return static_cast<int>(unsigned(ymd(m_days).day())); }
int Date::weekday() const { return static_cast<int>(std::chrono::weekday(sys_days(std::chrono::days(m_days))).iso_encoding()); }

Date Date::plusMonths(int months) const
{
    auto moved = ymd(m_days) + std::chrono::months(months);
    if (!moved.ok())
        moved = moved.year() / moved.month() / last;
    return Date(static_cast<int>(sys_days(moved).time_since_epoch().count()));
}

std::string Date::toIso() const
{
    const auto date = ymd(m_days);
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    return text.data();
}

namespace {

constexpr std::int64_t kTableBegin = 0;                    // 1970
constexpr std::int64_t kTableEnd = 2'114'380'800'000;      // 2037: further Qt does not list changes, it only works them out

int slowOffset(const QTimeZone& zone, std::int64_t ms) { return zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)) / 60; }

std::unique_ptr<const ZoneTransitions> readZone(const std::string& name)
{
    const auto id = QByteArray::fromStdString(name);
    if (name.empty() || !QTimeZone::isTimeZoneIdAvailable(id))
        return nullptr;
    auto zone = std::make_unique<ZoneTransitions>(ZoneTransitions{name, QTimeZone(id), {}, {}});
    zone->from.push_back(kTableBegin);
    zone->minutes.push_back(slowOffset(zone->zone, kTableBegin));
    const auto at = [](std::int64_t ms) { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC); };
    for (const auto& change : zone->zone.transitions(at(kTableBegin + 1), at(kTableEnd))) {
        zone->from.push_back(change.atUtc.toMSecsSinceEpoch());
        zone->minutes.push_back(change.offsetFromUtc / 60);
    }
    return zone;
}

/// Null: no such zone. One table per name, for the life of the program.
const ZoneTransitions* zoneNamed(const std::string& name)
{
    static thread_local const ZoneTransitions* last = nullptr;   // nearly always the same one again
    if (last != nullptr && last->name == name)
        return last;
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<const ZoneTransitions>> zones;
    const std::lock_guard lock(mutex);
    const auto known = zones.find(name);
    if (known != zones.end())
        return last = known->second.get();
    auto zone = readZone(name);
    return zone ? last = zones.emplace(name, std::move(zone)).first->second.get() : nullptr;
}

} // namespace

std::optional<TimeZone> TimeZone::tryFromName(std::string_view ianaName)
{
    std::string name(ianaName);
    return zoneNamed(name) == nullptr ? std::nullopt : std::optional(TimeZone(std::move(name)));
}

int TimeZone::utcOffsetMinutes(Instant at) const
{
    const auto* zone = zoneNamed(m_name);
    const auto ms = at.milliseconds();
    if (ms < kTableBegin || ms >= kTableEnd)
        return slowOffset(QTimeZone(zone->zone), ms);   // a copy: QTimeZone may be read by one thread only
    const auto next = std::upper_bound(zone->from.begin(), zone->from.end(), ms);
    return zone->minutes[static_cast<std::size_t>(next - zone->from.begin()) - 1];
}

namespace {

std::int64_t localMs(const TimeZone& zone, Instant at)
{
    return at.milliseconds() + std::int64_t{zone.utcOffsetMinutes(at)} * 60000;
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

} // namespace

Date TimeZone::dateAt(Instant at) const
{
    return Date::fromDayNumber(static_cast<int>(floorDiv(localMs(*this, at), 86400000)));
}

int TimeZone::secondOfDayAt(Instant at) const
{
    const auto local = localMs(*this, at);
    return static_cast<int>((local - floorDiv(local, 86400000) * 86400000) / 1000);
}

Instant TimeZone::instantOf(const Date& date, int secondOfDay) const
{
    const auto target = (std::int64_t{date.dayNumber()} * 86400 + secondOfDay) * 1000;
    // The earliest instant whose local clock has reached the target: a search within the largest offsets that exist.
    std::int64_t low = target - 18 * 3600000LL;
    std::int64_t high = target + 18 * 3600000LL;
    const auto reached = [&](std::int64_t ms) { return localMs(*this, Instant::fromMilliseconds(ms)) >= target; };
    // Offsets change at most once in such a window, so at most one of the two candidates below is not exact.
    for (const auto probe : {low, high}) {
        const auto candidate = target - std::int64_t{utcOffsetMinutes(Instant::fromMilliseconds(probe))} * 60000;
        if (localMs(*this, Instant::fromMilliseconds(candidate)) == target)
            return Instant::fromMilliseconds(candidate);
    }
    while (high - low > 1) {
        const auto middle = low + (high - low) / 2;
        (reached(middle) ? high : low) = middle;
    }
    return Instant::fromMilliseconds(high);
}

} // namespace evenhand::base
