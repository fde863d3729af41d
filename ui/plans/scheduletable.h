// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QTableWidget>

#include "app/domain/agreement.h"

namespace evenhand::ui {

/// The instalments of a plan: day, amount, of which principal, interest and fees, and what was paid. Read only.
class ScheduleTable : public QTableWidget {
    Q_OBJECT

public:
    explicit ScheduleTable(QWidget* parent = nullptr);
    /// `withPayments`: shows what was paid and what was missed.
    void show(const std::vector<domain::InstalmentStanding>& instalments, base::Currency currency, bool withPayments);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    std::vector<domain::InstalmentStanding> m_instalments;
    base::Currency m_currency = *base::Currency::tryFromCode("CNY");
    bool m_withPayments = false;
};

} // namespace evenhand::ui
