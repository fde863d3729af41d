// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"

#include <QDateTime>
#include <QLocale>

#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

QString symbolOf(const base::Currency& currency)
{
    const std::string code = currency.code();
    if (code == "CNY")
        return QStringLiteral("¥");
    if (code == "USD")
        return QStringLiteral("$");
    return q(code) + QChar(0x00A0);
}

QDateTime localTime(base::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.milliseconds());
}

} // namespace

QString Format::money(const base::Money& amount)
{
    const QString plain = q(amount.toPlainString());
    const bool negative = plain.startsWith(u'-');
    const QString digits = negative ? plain.mid(1) : plain;
    const qsizetype dot = digits.indexOf(u'.');
    QString whole = dot < 0 ? digits : digits.left(dot);
    for (qsizetype at = whole.size() - 3; at > 0; at -= 3)
        whole.insert(at, u',');
    const QString fraction = dot < 0 ? QString() : digits.mid(dot);
    return (negative ? QStringLiteral("−") : QString()) + symbolOf(amount.currency()) + whole + fraction;
}

QString Format::maskedMoney(const base::Money& amount)
{
    return symbolOf(amount.currency()) + QStringLiteral("•••••");
}

QString Format::number(std::int64_t value)
{
    return QLocale().toString(qlonglong(value));
}

QString Format::date(const base::Date& day)
{
    //: A day as Qt's date format: day, short month, year
    return QLocale().toString(toQDate(day), tr("d MMM yyyy"));
}

QString Format::dateTime(base::Instant at)
{
    //: A day and time as Qt's date format
    return QLocale().toString(localTime(at), tr("d MMM yyyy HH:mm"));
}

QString Format::shortTime(base::Instant at, base::Instant now)
{
    const QDateTime time = localTime(at);
    const QDate today = localTime(now).date();
    if (time.date() == today)
        return time.toString(QStringLiteral("HH:mm"));
    if (time.date() == today.addDays(1))
        //: %1 is a time of day
        return tr("tomorrow %1").arg(time.toString(QStringLiteral("HH:mm")));
    //: A day without year and a time as Qt's date format
    return QLocale().toString(time, tr("d MMM HH:mm"));
}

QString Format::ago(base::Instant at, base::Instant now)
{
    const std::int64_t seconds = (now.milliseconds() - at.milliseconds()) / 1000;
    if (seconds < 60)
        return tr("just now");
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    if (seconds < 86400)
        return tr("%1 h ago").arg(seconds / 3600);
    return tr("%n day(s) ago", nullptr, int(seconds / 86400));
}

QString Format::in(base::Instant at, base::Instant now)
{
    const std::int64_t seconds = (at.milliseconds() - now.milliseconds()) / 1000;
    if (seconds <= 0)
        return tr("now");
    if (seconds < 60)
        return tr("in %1 s").arg(seconds);
    return tr("in %1 min").arg((seconds + 59) / 60);
}

QString Format::duration(std::int64_t seconds)
{
    const auto two = [](std::int64_t value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (seconds >= 3600)
        return QStringLiteral("%1:%2:%3").arg(QString::number(seconds / 3600), two(seconds / 60 % 60), two(seconds % 60));
    return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), two(seconds % 60));
}

QDate toQDate(const base::Date& day)
{
    return {day.year(), day.month(), day.day()};
}

std::optional<base::Date> fromQDate(const QDate& day)
{
    return day.isValid() ? base::Date::tryFrom(day.year(), day.month(), day.day()) : std::nullopt;
}

} // namespace evenhand::ui
