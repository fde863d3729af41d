// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/compliance/ruleevaluation.h"

namespace evenhand::compliance {

using base::Instant;

namespace {

bool isOpen(const Rule& rule, const LocalDays& days, Instant at)
{
    const int second = days.secondOfDay(at);
    return std::any_of(rule.allowed.begin(), rule.allowed.end(),
                       [second](const ClockWindow& window) { return second >= window.from && second < window.until; });
}

/// The next instant after `at` at which a window begins on the local clock.
Instant nextOpening(const Rule& rule, LocalDays& days, Instant at)
{
    for (auto day = days.dayOf(at);; day = day.plusDays(1))
        for (const auto& window : rule.allowed) {
            const auto opens = days.instantOf(day, window.from);
            if (opens > at)
                return opens;
        }
}

/// Keeps the earlier of the two; absent means never.
void keepEarlier(std::optional<Instant>& kept, std::optional<Instant> other)
{
    if (other && (!kept || *other < *kept))
        kept = other;
}

} // namespace

Finding evaluateHours(const Rule& rule, Inquiry& inquiry, Instant at)
{
    if (inquiry.zones().empty())
        return Finding::lacks("time_zone");
    // The time must be fine in every zone the person may be in, so the last zone to open decides when to look again.
    std::optional<Instant> opens;
    for (auto& days : inquiry.zones())
        if (!isOpen(rule, days, at))
            opens = std::max(opens, std::optional(nextOpening(rule, days, at)));
    if (!opens || (rule.liftedBy && inquiry.isLifted(rule, at)))
        return Finding::pass();
    keepEarlier(opens, rule.liftedBy ? inquiry.nextConsent(rule, at) : std::nullopt);
    return Finding::fails(opens);
}

Finding evaluateHoliday(const Rule& rule, Inquiry& inquiry, Instant at, const HolidayCalendar& calendar)
{
    if (inquiry.zones().empty())
        return Finding::lacks("time_zone");
    std::optional<Instant> dayEnds;
    for (auto& days : inquiry.zones()) {
        const auto day = days.dayOf(at);
        if (!calendar.covers(day))
            return Finding::lacks("holiday_calendar");
        if (calendar.daysOff.count(day) > 0)
            dayEnds = std::max(dayEnds, std::optional(days.startOfNextDay(at)));
    }
    if (!dayEnds || (rule.liftedBy && inquiry.isLifted(rule, at)))
        return Finding::pass();
    keepEarlier(dayEnds, rule.liftedBy ? inquiry.nextConsent(rule, at) : std::nullopt);
    return Finding::fails(dayEnds);
}

} // namespace evenhand::compliance
