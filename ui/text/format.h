// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include <QCoreApplication>
#include <QDate>
#include <QString>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/money.h"

namespace evenhand::ui {

/// Amounts, days and times as people read them, in the language of the window. Times are shown in this computer's time zone.
class Format {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::Format)

public:
    [[nodiscard]] static QString money(const base::Money& amount);                 ///< ¥12,345.00
    [[nodiscard]] static QString maskedMoney(const base::Money& amount);           ///< ¥•••••
    [[nodiscard]] static QString number(std::int64_t value);
    [[nodiscard]] static QString date(const base::Date& day);                      ///< 24 Nov 2026 · 2026年11月24日
    [[nodiscard]] static QString dateTime(base::Instant at);                       ///< 24 Nov 2026 09:30
    [[nodiscard]] static QString shortTime(base::Instant at, base::Instant now);   ///< 09:30 today, else 24 Nov 09:30
    [[nodiscard]] static QString ago(base::Instant at, base::Instant now);         ///< just now, 5 min ago, 3 h ago, 2 days ago
    [[nodiscard]] static QString in(base::Instant at, base::Instant now);          ///< now, in 12 s, in 5 min
    [[nodiscard]] static QString duration(std::int64_t seconds);                   ///< 3:05, 1:02:09
};

[[nodiscard]] QDate toQDate(const base::Date& day);
[[nodiscard]] std::optional<base::Date> fromQDate(const QDate& day);

} // namespace evenhand::ui
