// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDateTime>
#include <QWidget>

#include "app/base/clock.h"
#include "app/services/callservice.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace evenhand::ui {

class DateEdit;

/// When to call back: later today, tomorrow, next week, after pay-day, or a day and time of one's own. Every choice is put before the
/// gate (adviceWanted); a shortcut that falls into a forbidden hour moves to the next allowed one, what was typed is only remarked on.
class CallbackPicker : public QWidget {
    Q_OBJECT

public:
    CallbackPicker(const base::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<base::Instant> at() const;
    void set(const std::optional<base::Instant>& at);
    void setPayDay(int day);                             ///< 1 … 31, as far as it is known
    void showAdvice(const services::CallbackAdvice& advice);

Q_SIGNALS:
    void changed();
    void adviceWanted(const evenhand::base::Instant& wished);

protected:
    void changeEvent(QEvent* event) override;

private:
    void propose(const QDateTime& when);
    void shortcut(const QDateTime& when);
    void askAdvice();
    void readFields();
    void tell();

    const base::Clock& m_clock;
    Retranslator m_texts;
    QPushButton* m_later;
    QPushButton* m_tomorrow;
    QPushButton* m_nextWeek;
    QPushButton* m_payDay;
    QSpinBox* m_payDayOn;
    QPushButton* m_clear;
    DateEdit* m_day;
    QLineEdit* m_time;
    QLabel* m_told;
    QLabel* m_advice;
    std::optional<QDateTime> m_at;
    bool m_mayMove = false;                              ///< chosen by a shortcut
};

/// Two hours on, to the next half hour; after 19:30 or before 08:00 the next morning at nine.
[[nodiscard]] QDateTime laterToday(const QDateTime& now);
/// The morning after the next pay-day; in a short month the last day stands for one that does not exist.
[[nodiscard]] QDateTime afterPayDay(const QDateTime& now, int payDay);

} // namespace evenhand::ui
