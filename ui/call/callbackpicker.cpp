// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callbackpicker.h"

#include <QEvent>
#include <QLineEdit>
#include <QSpinBox>

#include "ui/models/queuemodel.h"
#include "ui/text/format.h"
#include "ui/widgets/dateedit.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
const QTime kMorning(9, 30);
constexpr int kUsualPayDay = 10;
}

QDateTime afterPayDay(const QDateTime& now, int payDay)
{
    const auto inMonthOf = [payDay](const QDate& month) { return QDate(month.year(), month.month(), std::min(payDay, month.daysInMonth())); };
    QDate paid = inMonthOf(now.date());
    if (paid < now.date())
        paid = inMonthOf(QDate(now.date().year(), now.date().month(), 1).addMonths(1));
    return {paid.addDays(1), kMorning};
}

QDateTime laterToday(const QDateTime& now)
{
    QDateTime then = now.addSecs(2 * 3600);
    const int minutes = then.time().hour() * 60 + then.time().minute();
    const int rounded = (minutes + 29) / 30 * 30;
    then = QDateTime(then.date(), QTime(0, 0)).addSecs(rounded * 60);
    if (then.date() != now.date() || then.time() > QTime(19, 30))
        return QDateTime(now.date().addDays(1), QTime(9, 0));
    if (then.time() < QTime(9, 0))
        return QDateTime(now.date(), QTime(9, 0));
    return then;
}

CallbackPicker::CallbackPicker(const base::Clock& clock, QWidget* parent)
    : QWidget(parent), m_clock(clock), m_later(makeButton(this, QStringLiteral("callbackLater"))), m_tomorrow(makeButton(this, QStringLiteral("callbackTomorrow"))),
      m_nextWeek(makeButton(this, QStringLiteral("callbackNextWeek"))),
      m_payDay(makeButton(this, QStringLiteral("callbackPayDay"))), m_payDayOn(new QSpinBox(this)), m_clear(makeButton(this, QStringLiteral("callbackClear"), QStringLiteral("flat"))),
      m_day(new DateEdit(this)), m_time(new QLineEdit(this)), m_told(makeLabel(this, QStringLiteral("small"))), m_advice(makeLabel(this, QStringLiteral("small")))
{
    nameInput(m_payDayOn, QStringLiteral("callbackPayDayOn"));
    m_payDayOn->setRange(1, 31);
    m_payDayOn->setValue(kUsualPayDay);
    m_advice->setWordWrap(true);
    m_advice->setObjectName(QStringLiteral("callbackAdvice"));
    nameInput(m_day, QStringLiteral("callbackDay"));
    nameInput(m_time, QStringLiteral("callbackTime"));
    m_time->setMaxLength(5);
    auto* down = column(this, 0, 6);
    auto* shortcuts = row(6);
    for (QPushButton* button : {m_later, m_tomorrow, m_nextWeek, m_payDay}) {
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        shortcuts->addWidget(button);
    }
    down->addLayout(shortcuts);
    auto* fields = row(6);
    fields->addWidget(m_day, 3);
    fields->addWidget(m_time, 2);
    fields->addWidget(m_payDayOn, 2);
    fields->addWidget(m_clear);
    down->addLayout(fields);
    down->addWidget(m_told);
    down->addWidget(m_advice);
    m_advice->hide();
    const auto now = [this] { return QDateTime::fromMSecsSinceEpoch(m_clock.now().milliseconds()); };
    connect(m_later, &QPushButton::clicked, this, [this, now] { shortcut(laterToday(now())); });
    connect(m_tomorrow, &QPushButton::clicked, this, [this, now] { shortcut(QDateTime(now().date().addDays(1), kMorning)); });
    connect(m_nextWeek, &QPushButton::clicked, this, [this, now] { shortcut(QDateTime(now().date().addDays(7), kMorning)); });
    connect(m_payDay, &QPushButton::clicked, this, [this, now] { shortcut(afterPayDay(now(), m_payDayOn->value())); });
    connect(m_clear, &QPushButton::clicked, this, [this] { set(std::nullopt); });
    connect(m_day, &QLineEdit::textEdited, this, &CallbackPicker::readFields);
    connect(m_time, &QLineEdit::textEdited, this, &CallbackPicker::readFields);
    m_texts.add([this] {
        m_later->setText(tr("Later today"));
        m_tomorrow->setText(tr("Tomorrow"));
        m_nextWeek->setText(tr("Next week"));
        m_payDay->setText(tr("After pay-day"));
        m_payDayOn->setAccessibleName(tr("Pay-day, day of the month"));
        m_payDayOn->setToolTip(m_payDayOn->accessibleName());
        //: before the day of the month on which somebody is paid
        m_payDayOn->setPrefix(tr("Pay-day "));
        m_clear->setText(tr("None"));
        m_day->setPlaceholderText(tr("Day: 1130, +3"));
        m_day->setAccessibleName(tr("Day of the call-back"));
        m_time->setPlaceholderText(tr("Time: 1430"));
        m_time->setAccessibleName(tr("Time of the call-back"));
        tell();
    });
}

void CallbackPicker::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

std::optional<base::Instant> CallbackPicker::at() const
{
    return m_at ? std::optional(base::Instant::fromMilliseconds(m_at->toMSecsSinceEpoch())) : std::nullopt;
}

void CallbackPicker::set(const std::optional<base::Instant>& at)
{
    if (at) {
        propose(QDateTime::fromMSecsSinceEpoch(at->milliseconds()));
        return;
    }
    m_at.reset();
    m_advice->hide();
    m_day->clear();
    m_time->clear();
    tell();
    Q_EMIT changed();
}

void CallbackPicker::setPayDay(int day)
{
    m_payDayOn->setValue(day);
}

void CallbackPicker::shortcut(const QDateTime& when)
{
    propose(when);
    m_mayMove = true;
    askAdvice();
}

void CallbackPicker::askAdvice()
{
    m_advice->hide();
    if (m_at)
        Q_EMIT adviceWanted(*at());
}

void CallbackPicker::showAdvice(const services::CallbackAdvice& advice)
{
    if (!m_at || !(*at() == advice.wished))
        return;   // another time was chosen meanwhile
    const bool isAllowed = advice.allowedAt && *advice.allowedAt == advice.wished;
    const QString reason = reasonOf(advice.light);
    if (isAllowed) {
        m_advice->hide();
        return;
    }
    if (advice.allowedAt && m_mayMove) {
        propose(QDateTime::fromMSecsSinceEpoch(advice.allowedAt->milliseconds()));
        //: %1 is a sentence with the reason
        m_advice->setText(tr("Moved to the next time that is allowed. %1").arg(reason));
        setLook(m_advice, QStringLiteral("small"));
    } else {
        m_advice->setText(advice.allowedAt ? tr("No call may be made then. %1 Possible from %2.").arg(reason, Format::dateTime(*advice.allowedAt))
                                           : tr("No call may be made then. %1").arg(reason));
        setLook(m_advice, QStringLiteral("error"));
    }
    m_advice->show();
}

void CallbackPicker::propose(const QDateTime& when)
{
    m_at = when;
    m_day->setDay(when.date());
    m_time->setText(when.time().toString(QStringLiteral("HH:mm")));
    tell();
    Q_EMIT changed();
}

void CallbackPicker::readFields()
{
    QString digits = m_time->text().normalized(QString::NormalizationForm_KC);
    digits.remove(u':');
    const QTime time = QTime::fromString(digits.size() <= 2 ? digits.rightJustified(2, u'0') + QStringLiteral("00") : digits.rightJustified(4, u'0'), QStringLiteral("HHmm"));
    const auto day = m_day->day();
    m_at = day && time.isValid() ? std::optional(QDateTime(*day, time)) : std::nullopt;
    m_mayMove = false;
    tell();
    Q_EMIT changed();
    askAdvice();
}

void CallbackPicker::tell()
{
    m_clear->setEnabled(m_at || !m_day->text().isEmpty() || !m_time->text().isEmpty());
    if (m_at)
        //: %1 is a day and time
        m_told->setText(tr("Call back on %1").arg(Format::dateTime(*at())));
    else if (!m_day->text().isEmpty() || !m_time->text().isEmpty())
        m_told->setText(tr("Day or time cannot be read yet."));
    else
        m_told->clear();
    m_told->setVisible(!m_told->text().isEmpty());
}

} // namespace evenhand::ui
