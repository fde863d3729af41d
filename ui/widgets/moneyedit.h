// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QLineEdit>

#include "app/base/money.h"

namespace evenhand::ui {

/// An amount as people type it ("1,234.5", "１２３４", "¥500"). Never rounds: what cannot be read is refused with the reason.
class MoneyEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit MoneyEdit(QWidget* parent = nullptr);

    void setCurrency(base::Currency currency) { m_currency = currency; }
    void setMoney(const base::Money& amount);
    [[nodiscard]] std::optional<base::Money> money() const;      ///< nullopt when empty or unreadable
    [[nodiscard]] QString problem() const;                       ///< why money() is empty; "" when it is not
    void showProblem(bool shown);                                ///< red frame

private:
    std::optional<base::Currency> m_currency;
};

} // namespace evenhand::ui
