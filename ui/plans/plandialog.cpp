// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/plandialog.h"

#include <QPushButton>
#include <QShortcut>

#include "ui/widgets/elements.h"

namespace evenhand::ui {

PlanDialog::PlanDialog(services::PackService& packs, PlanContext context, std::function<void(services::PlanDraft)> done, QWidget* parent)
    : QDialog(parent), m_done(std::move(done)), m_form(new PlanForm(packs, this)), m_handIn(makeButton(this, QStringLiteral("planHandIn"), QStringLiteral("primary")))
{
    setObjectName(QStringLiteral("planDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Repayment plan"));
    resize(1040, 600);
    auto* down = column(this, 16, 12);
    down->addWidget(m_form, 1);
    auto* buttons = row(8);
    QPushButton* cancel = makeButton(this, QStringLiteral("planCancel"), QStringLiteral("flat"));
    cancel->setText(tr("Cancel"));
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_handIn);
    down->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_handIn, &QPushButton::clicked, this, &PlanDialog::handIn);
    connect(m_form, &PlanForm::changed, this, &PlanDialog::nameButton);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(QKeyCombination(Qt::CTRL, key)), this);
        connect(shortcut, &QShortcut::activated, this, &PlanDialog::handIn);
    }
    m_handIn->setAutoDefault(false);   // Enter in a field must not hand a plan in
    cancel->setAutoDefault(false);
    m_form->begin(std::move(context));
    nameButton();
}

void PlanDialog::nameButton()
{
    m_handIn->setText(m_form->verdict().needsApproval ? tr("Ask for approval  (Ctrl+Enter)") : tr("Record the plan  (Ctrl+Enter)"));
    m_handIn->setEnabled(m_form->verdict().allowed);
}

void PlanDialog::handIn()
{
    auto draft = m_form->draft();
    if (!draft)
        return;
    m_done(*std::move(draft));
    accept();
}

void openPlanDialog(services::PackService& packs, PlanContext context, std::function<void(services::PlanDraft)> done, QWidget* parent)
{
    (new PlanDialog(packs, std::move(context), std::move(done), parent))->open();
}

} // namespace evenhand::ui
