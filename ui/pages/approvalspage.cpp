// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/approvalspage.h"

#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QTableView>

#include "ui/models/requestmodel.h"
#include "ui/plans/scheduletable.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/planwords.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasebox.h"
#include "ui/widgets/tables.h"

namespace evenhand::ui {

ApprovalsPage::ApprovalsPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_count(makeLabel(this, QStringLiteral("muted"))), m_banner(new Banner(this)),
      m_model(new RequestModel(services.clock, this)), m_table(makeTable(this, QStringLiteral("requestTable"))), m_empty(makeLabel(this, QStringLiteral("muted"))),
      m_side(makeCard(this)), m_head(makeLabel(this, QStringLiteral("heading"))), m_facts(makeLabel(this)), m_schedule(new ScheduleTable(this)), m_verdict(new Banner(this)),
      m_reference(new QLineEdit(this)), m_reason(new PhraseBox(PhraseUse::Internal, services.packs, this)), m_reject(makeButton(this, QStringLiteral("requestReject"))),
      m_approve(makeButton(this, QStringLiteral("requestApprove"), QStringLiteral("primary"))), m_open(makeButton(this, QStringLiteral("requestOpenCase"), QStringLiteral("flat")))
{
    setObjectName(QStringLiteral("approvalsPage"));
    nameInput(m_reference, QStringLiteral("requestReference"));
    nameInput(m_reason->edit(), QStringLiteral("requestReason"));
    layOut();
    connectParts();
    m_texts.add([this] {
        m_title->setText(tr("Approvals"));
        m_empty->setText(tr("Nothing waits for a decision."));
        m_table->setAccessibleName(tr("Requests"));
        m_reference->setPlaceholderText(tr("Number of the written decision"));
        m_reference->setAccessibleName(m_reference->placeholderText());
        m_reason->edit()->setPlaceholderText(tr("Reason; needed to turn a request down"));
        m_reason->edit()->setAccessibleName(tr("Reason for the decision"));
        m_reject->setText(tr("Turn down  (Alt+R)"));
        m_approve->setText(tr("Approve  (Alt+A)"));
        m_open->setText(tr("Open case  (Enter)"));
        m_model->refreshTexts();
        m_shown.clear();
        showDetail();
    });
}

void ApprovalsPage::layOut()
{
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_count, 1);
    down->addLayout(head);
    down->addWidget(m_banner);
    auto* across = row(12);
    QFrame* card = makeCard(this);
    auto* inCard = column(card, 1, 0);
    inCard->addWidget(m_table, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    inCard->addWidget(m_empty, 1);
    across->addWidget(card, 6);
    QWidget* side = m_side;
    auto* inside = column(side, 16, 8);
    m_head->setWordWrap(true);
    m_facts->setWordWrap(true);
    m_facts->setAlignment(Qt::AlignTop);
    m_facts->setObjectName(QStringLiteral("requestFacts"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* body = new QWidget(side);
    auto* inBody = column(body, 0, 8);
    inBody->addWidget(m_facts);
    m_schedule->setMinimumHeight(120);
    inBody->addWidget(m_schedule, 1);
    auto* scroll = new QScrollArea(side);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    inside->addWidget(m_head);
    inside->addWidget(scroll, 1);
    inside->addWidget(m_verdict);
    inside->addWidget(m_reference);
    m_reason->edit()->setMinimumHeight(48);
    m_reason->edit()->setMaximumHeight(80);
    inside->addWidget(m_reason);
    auto* buttons = row(8);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    buttons->addWidget(m_reject);
    buttons->addWidget(m_approve);
    inside->addLayout(buttons);
    side->setMinimumWidth(440);
    across->addWidget(side, 5);
    down->addLayout(across, 1);
    m_table->setModel(m_model);
    const std::pair<int, int> widths[] = {{RequestModel::SinceColumn, 110}, {RequestModel::DebtorColumn, 110}, {RequestModel::AmountColumn, 110},
                                          {RequestModel::ByColumn, 64}, {RequestModel::NeedsColumn, 90}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    m_table->horizontalHeader()->setSectionResizeMode(RequestModel::WhatColumn, QHeaderView::Stretch);
}

void ApprovalsPage::connectParts()
{
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ApprovalsPage::showDetail);
    const auto open = [this] {
        if (const auto* request = current())
            Q_EMIT openCaseRequested(request->caseId);
    };
    connect(m_table, &QAbstractItemView::activated, this, open);
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_approve, &QPushButton::clicked, this, [this] { decide(domain::DecisionKind::Approve); });
    connect(m_reject, &QPushButton::clicked, this, [this] { decide(domain::DecisionKind::Reject); });
    const std::pair<Qt::Key, domain::DecisionKind> keys[] = {{Qt::Key_A, domain::DecisionKind::Approve}, {Qt::Key_R, domain::DecisionKind::Reject}};
    for (const auto& [key, kind] : keys) {
        auto* shortcut = new QShortcut(QKeySequence(QKeyCombination(Qt::ALT, key)), this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, kind = kind] { decide(kind); });
    }
    connect(&m_services.agreements, &services::AgreementService::changed, this, [this](const services::ChangeSet& what) {
        if (!what.cases.empty() || what.allCases)
            refresh();
    });
}

void ApprovalsPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void ApprovalsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_table->setFocus();
}

const services::RequestView* ApprovalsPage::current() const
{
    return m_model->rowAt(m_table->currentIndex());
}

void ApprovalsPage::refresh()
{
    if (!isVisible())
        return;
    whenLatest(m_services.agreements.openRequests(), this, m_latest, [this](const base::Result<std::vector<services::RequestView>>& requests) {
        if (!requests) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(requests.error()));
            return;
        }
        std::vector<services::RequestView> waiting;
        for (const auto& request : *requests)
            if (!request.isDecidedHere)
                waiting.push_back(request);
        m_count->setText(tr("%n waiting", nullptr, int(waiting.size())));
        m_model->apply(std::move(waiting));
        m_table->setVisible(m_model->rowCount() > 0);
        m_empty->setVisible(m_model->rowCount() == 0);
        if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
        showDetail();
    });
}

void ApprovalsPage::showDetail()
{
    const auto* request = current();
    m_side->setEnabled(request != nullptr);
    if (!request) {
        m_shown.clear();
        for (QLabel* label : {m_head, m_facts})
            label->clear();
        m_schedule->hide();
        m_verdict->clear();
        m_reference->hide();
        return;
    }
    const QString id = q(request->id.toString());
    if (m_shown != id) {   // another one: what was typed belonged to the one before
        m_reason->startAfresh();
        m_reference->clear();
    }
    m_shown = id;
    m_head->setText(QStringLiteral("%1  ·  %2").arg(q(request->debtor), request->plan ? PlanWords::describe(request->plan->row.terms.offer) : tr("Promise above the limits")));
    writeFacts(*request);
    m_schedule->setVisible(request->plan.has_value());
    if (request->plan)
        m_schedule->show(request->plan->row.instalments, request->plan->row.terms.currency, false);
    const bool needsLegal = !request->mayDecide && !request->isOwn && request->approval.needs == domain::ApprovalLevel::Legal;
    m_reference->setVisible(needsLegal);
    m_approve->setEnabled(request->mayDecide || needsLegal);
    m_reject->setEnabled(!request->isOwn);
    if (request->isOwn)
        m_verdict->say(QStringLiteral("hold"), QStringLiteral("light-hold"), tr("You asked for this yourself: somebody else has to decide."));
    else if (needsLegal)
        m_verdict->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("Above your own limits. The legal department decides in writing; enter the number of its decision."));
    else
        m_verdict->clear();
}

void ApprovalsPage::writeFacts(const services::RequestView& request)
{
    QStringList lines;
    const auto line = [&lines](const QString& name, const QString& value) {
        if (!value.isEmpty())
            //: %1 is the name of a fact, %2 its value
            lines << ApprovalsPage::tr("%1: %2").arg(name, value);
    };
    line(tr("Why it needs you"), PlanWords::rules(request.approval.rules));
    line(tr("Reason given"), q(request.approval.reason.reveal()));
    line(tr("Asked for by"), QStringLiteral("%1, %2").arg(q(request.requestedBy), Format::dateTime(request.approval.requestedAt)));
    line(tr("Case"), QStringLiteral("%1 · %2").arg(q(request.businessNo), q(request.portfolio)));
    //: %1 and %2 are amounts, %3 a number of days
    line(tr("Debt"), tr("%1, of this %2 overdue by %n day(s)", nullptr, request.daysPastDue).arg(Format::money(request.balance), Format::money(request.overdue)));
    if (request.promise)
        line(tr("Promise"), tr("%1 by %2").arg(Format::money(request.promise->amount), Format::date(request.promise->dueOn)));
    if (request.plan) {
        const auto& row = request.plan->row;
        const auto money = [&row](std::int64_t minor) {
            const auto amount = base::Money::tryFromMinor(minor, row.terms.currency);
            return amount ? Format::money(*amount) : QString();
        };
        line(tr("Total"), money(row.totalMinor));
        if (row.waivedInterestMinor + row.waivedFeesMinor > 0)
            line(tr("Waived"), tr("interest %1, fees %2").arg(money(row.waivedInterestMinor), money(row.waivedFeesMinor)));
        if (row.means)
            line(tr("Household"), tr("income %1, expenses %2, left %3 a month, %n dependant(s)", nullptr, row.means->dependants)
                                      .arg(money(row.means->incomeMinor), money(row.means->expenseMinor), money(row.means->leftMinor())));
        line(tr("Debtor"), row.debtorAgreed ? tr("agreed to this schedule: it comes into force with your approval") : tr("has not agreed yet"));
    }
    line(tr("Earlier promises"), tr("%1 kept, %2 broken").arg(request.promisesKept).arg(request.promisesBroken));
    if (request.plansBroken > 0)
        line(tr("Broken plans"), Format::number(request.plansBroken));
    QStringList payments;
    for (const auto& payment : request.payments)
        payments << QStringLiteral("%1 %2").arg(Format::date(payment.paidOn), payment.reversed ? tr("%1 reversed").arg(Format::money(payment.amount)) : Format::money(payment.amount));
    line(tr("Last payments"), payments.isEmpty() ? tr("none") : payments.join(tr("; ")));
    QStringList holds;
    for (const auto hold : request.holds)
        holds << Words::of(hold);
    line(tr("Holds"), holds.join(tr("; ")));
    m_facts->setText(lines.join(u'\n'));
}

void ApprovalsPage::decide(domain::DecisionKind kind)
{
    const auto* request = current();
    if (!request || (kind == domain::DecisionKind::Approve ? !m_approve->isEnabled() : !m_reject->isEnabled()))
        return;
    const QString reason = m_reason->text().trimmed();
    if (kind == domain::DecisionKind::Reject && reason.isEmpty()) {
        m_verdict->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("Say why: the agent has to explain it to the debtor."));
        m_reason->edit()->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_reason->mayPass())
        return;
    const QString reference = m_reference->text().trimmed();
    const bool isLegal = request->approval.needs == domain::ApprovalLevel::Legal && !request->mayDecide;
    if (kind == domain::DecisionKind::Approve && isLegal && reference.isEmpty()) {
        m_reference->setFocus(Qt::OtherFocusReason);
        return;
    }
    domain::DecisionPayload decision{request->id, kind, base::SensitiveText(u8(reason)), isLegal ? domain::ApprovalLevel::Legal : domain::ApprovalLevel::Supervisor,
                                     u8(reference)};
    m_side->setEnabled(false);   // until it is on disk: one decision per request
    whenReady(m_services.agreements.decide({request->caseId, request->version, std::move(decision)}), this, [this](const base::Result<services::Saved>& saved) {
        m_side->setEnabled(true);
        if (!saved) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(saved.error()));
            return;
        }
        m_banner->clear();
        m_shown.clear();
        m_table->setFocus();
        refresh();
    });
}

} // namespace evenhand::ui
