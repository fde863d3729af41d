// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/caseview.h"

namespace evenhand::ui {

/// One plan of a case in the facts panel: what was agreed, where it stands, the next payment, and what can be done about it.
class PlanCard : public QWidget {
    Q_OBJECT

public:
    PlanCard(const services::PlanView& plan, bool amountsMasked, QWidget* parent = nullptr);

Q_SIGNALS:
    void scheduleRequested();
    void agreementRequested();                           ///< the document
    void agreed();                                       ///< the debtor agreed to what was approved
    void withdrawRequested();
};

/// Shows a plan's schedule with what was paid. Deletes itself when closed.
void openSchedule(const services::PlanView& plan, QWidget* parent);

} // namespace evenhand::ui
