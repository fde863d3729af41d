// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDate>
#include <QLineEdit>

namespace evenhand::ui {

/// Reads a day as an agent types it in a hurry, seen from `today`: "+3" (days), "30" (the next 30th), "1130", "11-30", "11/30",
/// "2026-11-30", "20261130", also with full-width digits. nullopt for 31 February and for anything else.
[[nodiscard]] std::optional<QDate> readDay(const QString& text, const QDate& today);

/// A day typed by keyboard; arrow up and down move by a day.
class DateEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit DateEdit(QWidget* parent = nullptr);

    void setToday(const QDate& today) { m_today = today; }
    void setDay(const QDate& day);
    [[nodiscard]] std::optional<QDate> day() const;              ///< nullopt when empty or unreadable
    [[nodiscard]] bool isBlank() const { return text().trimmed().isEmpty(); }
    void showProblem(bool shown);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QDate m_today = QDate::currentDate();
};

} // namespace evenhand::ui
