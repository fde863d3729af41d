// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/plancard.h"

#include <QDialog>
#include <QPushButton>

#include "ui/models/timelinemodel.h"
#include "ui/plans/scheduletable.h"
#include "ui/text/format.h"
#include "ui/text/planwords.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/flowlayout.h"

namespace evenhand::ui {

namespace {

struct PlanCardText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::PlanCard)
};

const domain::InstalmentStanding* nextDue(const domain::PlanRow& row)
{
    for (const auto& one : row.instalments)
        if (one.paidMinor < one.due.amountMinor)
            return &one;
    return nullptr;
}

QString amountOf(std::int64_t minor, base::Currency currency, bool masked)
{
    const auto money = base::Money::tryFromMinor(minor, currency);
    return !money ? QString() : masked ? Format::maskedMoney(*money) : Format::money(*money);
}

QString standing(const services::PlanView& plan, bool masked)
{
    const auto& row = plan.row;
    const auto currency = row.terms.currency;
    std::int64_t paid = 0;
    for (const auto& one : row.instalments)
        paid += one.paidMinor;
    QStringList lines;
    if (row.state == domain::PlanState::InForce) {
        if (const auto* next = nextDue(row))
            //: %1 is an amount, %2 a day
            lines << PlanCardText::tr("Next: %1 by %2").arg(amountOf(next->due.amountMinor - next->paidMinor, currency, masked), Format::date(next->due.due));
    }
    if (row.agreedOn)
        //: %1 and %2 are amounts
        lines << PlanCardText::tr("Paid %1 of %2").arg(amountOf(paid, currency, masked), amountOf(row.totalMinor, currency, masked));
    if (row.state == domain::PlanState::Requested)
        //: %1 is a person, %2 who has to approve
        lines << PlanCardText::tr("Asked for by %1; %2 has to approve").arg(q(plan.requestedBy), PlanWords::of(row.approval.needs));
    if (!plan.decidedBy.empty())
        lines << PlanCardText::tr("Decided by %1").arg(q(plan.decidedBy));
    if (!row.approval.decisionReason.reveal().empty())
        lines << q(row.approval.decisionReason.reveal());
    if (plan.delivery != services::Delivery::OnServer)
        lines << deliveryText(plan.delivery);
    return lines.join(u'\n');
}

} // namespace

PlanCard::PlanCard(const services::PlanView& plan, bool amountsMasked, QWidget* parent) : QWidget(parent)
{
    auto* down = column(this, 0, 4);
    QLabel* what = makeLabel(this);
    what->setWordWrap(true);
    what->setText(QStringLiteral("%1  ·  %2").arg(PlanWords::describe(plan.row.terms.offer), amountOf(plan.row.totalMinor, plan.row.terms.currency, amountsMasked)));
    QLabel* state = makeLabel(this, QStringLiteral("chip-") + PlanWords::lookOf(plan.row.state));
    state->setText(PlanWords::of(plan.row.state));
    state->setObjectName(QStringLiteral("planState"));
    auto* head = row(8);
    head->addWidget(what, 1);
    head->addWidget(state, 0, Qt::AlignTop);
    down->addLayout(head);
    if (const QString text = standing(plan, amountsMasked); !text.isEmpty()) {
        QLabel* more = makeLabel(this, QStringLiteral("small"));
        more->setText(text);
        more->setWordWrap(true);
        down->addWidget(more);
    }
    auto* buttons = new FlowLayout(nullptr, 6);
    const auto add = [&](const QString& name, const QString& text, auto signal) {
        QPushButton* button = makeButton(this, name, QStringLiteral("flat"));
        button->setText(text);
        connect(button, &QPushButton::clicked, this, signal);
        buttons->addWidget(button);
    };
    add(QStringLiteral("planSchedule"), tr("Schedule…"), &PlanCard::scheduleRequested);
    if (plan.row.state == domain::PlanState::Approved || plan.row.state == domain::PlanState::InForce)
        add(QStringLiteral("planAgreement"), tr("Agreement…"), &PlanCard::agreementRequested);
    if (plan.row.state == domain::PlanState::Approved)
        add(QStringLiteral("planAgreedNow"), tr("The debtor agreed"), &PlanCard::agreed);
    if (plan.isOwn && (plan.row.state == domain::PlanState::Requested || plan.row.state == domain::PlanState::Approved))
        add(QStringLiteral("planWithdraw"), tr("Withdraw"), &PlanCard::withdrawRequested);
    down->addLayout(buttons);
}

void openSchedule(const services::PlanView& plan, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("scheduleDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(PlanWords::describe(plan.row.terms.offer));
    auto* down = column(dialog, 16, 12);
    auto* table = new ScheduleTable(dialog);
    table->show(plan.row.instalments, plan.row.terms.currency, plan.row.agreedOn.has_value());
    down->addWidget(table, 1);
    QPushButton* close = makeButton(dialog, QStringLiteral("scheduleClose"), QStringLiteral("primary"));
    close->setText(PlanCardText::tr("Close"));
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    down->addWidget(close, 0, Qt::AlignRight);
    dialog->resize(820, 420);
    dialog->open();
}

} // namespace evenhand::ui
