// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dateedit.h"

#include <QKeyEvent>
#include <QRegularExpression>
#include <QStyle>

namespace evenhand::ui {

namespace {

std::optional<QDate> valid(const QDate& day)
{
    return day.isValid() ? std::optional(day) : std::nullopt;
}

/// A day and month without a year mean the next such day.
std::optional<QDate> nextSuch(int month, int dayOfMonth, const QDate& today)
{
    const QDate thisYear(today.year(), month, dayOfMonth);
    if (thisYear.isValid() && thisYear >= today)
        return thisYear;
    return valid(QDate(today.year() + 1, month, dayOfMonth));
}

std::optional<QDate> nextDayOfMonth(int dayOfMonth, const QDate& today)
{
    for (int ahead = 0; ahead < 12; ++ahead) {
        const QDate month = today.addMonths(ahead);
        const QDate day(month.year(), month.month(), dayOfMonth);
        if (day.isValid() && day >= today)
            return day;
    }
    return std::nullopt;
}

} // namespace

std::optional<QDate> readDay(const QString& typed, const QDate& today)
{
    const QString text = typed.normalized(QString::NormalizationForm_KC).trimmed();
    static const QRegularExpression kAhead(QStringLiteral("^\\+([0-9]{1,4})$"));
    static const QRegularExpression kFull(QStringLiteral("^([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?$"));
    static const QRegularExpression kMonthDay(QStringLiteral("^([0-9]{1,2})[-/.月]([0-9]{1,2})日?$"));
    static const QRegularExpression kFourDigits(QStringLiteral("^([0-9]{2})([0-9]{2})$"));
    static const QRegularExpression kDay(QStringLiteral("^([0-9]{1,2})[日号]?$"));
    if (const auto m = kAhead.match(text); m.hasMatch())
        return today.addDays(m.captured(1).toInt());
    if (const auto m = kFourDigits.match(text); m.hasMatch())
        return nextSuch(m.captured(1).toInt(), m.captured(2).toInt(), today);
    if (const auto m = kMonthDay.match(text); m.hasMatch())
        return nextSuch(m.captured(1).toInt(), m.captured(2).toInt(), today);
    if (const auto m = kDay.match(text); m.hasMatch())
        return nextDayOfMonth(m.captured(1).toInt(), today);
    if (const auto m = kFull.match(text); m.hasMatch())
        return valid(QDate(m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt()));
    return std::nullopt;
}

DateEdit::DateEdit(QWidget* parent) : QLineEdit(parent)
{
    setMaxLength(16);
}

void DateEdit::setDay(const QDate& day)
{
    setText(day.toString(Qt::ISODate));
}

std::optional<QDate> DateEdit::day() const
{
    return readDay(text(), m_today);
}

void DateEdit::showProblem(bool shown)
{
    setProperty("invalid", shown);
    style()->unpolish(this);
    style()->polish(this);
}

void DateEdit::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (step != 0) {
        setDay(day().value_or(m_today).addDays(step));
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void DateEdit::focusOutEvent(QFocusEvent* event)
{
    if (const auto read = day())
        setDay(*read);
    QLineEdit::focusOutEvent(event);
}

} // namespace evenhand::ui
