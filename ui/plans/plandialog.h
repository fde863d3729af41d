// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QDialog>

#include "ui/plans/planform.h"

namespace evenhand::ui {

/// Asks for a plan in a window of its own. `done` gets the draft when it is handed in; nothing is saved here.
class PlanDialog : public QDialog {
    Q_OBJECT

public:
    PlanDialog(services::PackService& packs, PlanContext context, std::function<void(services::PlanDraft)> done, QWidget* parent);
    [[nodiscard]] PlanForm& form() { return *m_form; }

private:
    void handIn();
    void nameButton();

    std::function<void(services::PlanDraft)> m_done;
    PlanForm* m_form;
    QPushButton* m_handIn;
};

/// Opens it without waiting: it deletes itself when it is closed.
void openPlanDialog(services::PackService& packs, PlanContext context, std::function<void(services::PlanDraft)> done, QWidget* parent);

} // namespace evenhand::ui
