// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDateTime>
#include <QWidget>

#include "app/base/clock.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace evenhand::ui {

class DateEdit;

/// When to call back: later today, tomorrow, next week, or a day and time of one's own. Shortcuts never propose a night hour.
class CallbackPicker : public QWidget {
    Q_OBJECT

public:
    CallbackPicker(const base::Clock& clock, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<base::Instant> at() const;
    void set(const std::optional<base::Instant>& at);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void propose(const QDateTime& when);
    void readFields();
    void tell();

    const base::Clock& m_clock;
    Retranslator m_texts;
    QPushButton* m_later;
    QPushButton* m_tomorrow;
    QPushButton* m_nextWeek;
    QPushButton* m_clear;
    DateEdit* m_day;
    QLineEdit* m_time;
    QLabel* m_told;
    std::optional<QDateTime> m_at;
};

/// Two hours on, to the next half hour; after 19:30 or before 08:00 the next morning at nine.
[[nodiscard]] QDateTime laterToday(const QDateTime& now);

} // namespace evenhand::ui
