// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/localday.h"

#include <QDateTime>

namespace evenhand::services {

namespace {

constexpr int kFirstDay = 2'440'588;   // Julian day number of 1970-01-01

} // namespace

base::Date localDay(base::Instant at)
{
    return base::Date::fromDayNumber(static_cast<int>(QDateTime::fromMSecsSinceEpoch(at.milliseconds()).date().toJulianDay() - kFirstDay));
}

base::Instant startOfLocalDay(const base::Date& day)
{
    return base::Instant::fromMilliseconds(QDate::fromJulianDay(day.dayNumber() + kFirstDay).startOfDay().toMSecsSinceEpoch());
}

base::Instant startOfLocalDay(base::Instant at)
{
    return startOfLocalDay(localDay(at));
}

int localOffsetMinutes(base::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.milliseconds()).offsetFromUtc() / 60;
}

} // namespace evenhand::services
