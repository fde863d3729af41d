// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/factspanel.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>
#include <QToolButton>

#include "ui/case/contactpointrow.h"
#include "ui/case/pressuremeter.h"
#include "ui/plans/plancard.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

bool isPhone(const services::ContactPointView& point)
{
    return point.kind == domain::ContactPointKind::Mobile || point.kind == domain::ContactPointKind::Landline;
}

bool usable(const services::ContactPointView& point)
{
    return point.light.known && (point.light.level == compliance::Verdict::Allow || point.light.level == compliance::Verdict::Warn);
}

void addPair(QGridLayout* grid, QWidget* parent, const QString& name, const QString& value)
{
    const int at = grid->rowCount();
    QLabel* left = makeLabel(parent, QStringLiteral("small"));
    left->setText(name);
    QLabel* right = makeLabel(parent);
    right->setText(value);
    right->setWordWrap(true);
    right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(left, at, 0);
    grid->addWidget(right, at, 1);
}

} // namespace

FactsPanel::FactsPanel(const base::Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock)
{
    setObjectName(QStringLiteral("factsPanel"));
    auto* body = new QWidget(this);
    m_list = column(body, 0, 12);
    m_list->setContentsMargins(0, 0, 4, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    column(this)->addWidget(scroll);
}

void FactsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
}

void FactsPanel::show(const services::CaseView& view)
{
    if (!m_view || !(m_view->id == view.id))
        m_chosen.reset();
    m_view = view;
    rebuild();
}

void FactsPanel::setAmountsMasked(bool masked)
{
    if (masked == m_masked)
        return;
    m_masked = masked;
    rebuild();
}

QString FactsPanel::amount(const base::Money& money) const
{
    return m_masked ? Format::maskedMoney(money) : Format::money(money);
}

void FactsPanel::showClear(const base::Uuid& row, const QString& value)
{
    for (ContactPointRow* point : m_points)
        if (point->point().id.uuid() == row)
            point->showClear(value);
}

const services::ContactPointView* FactsPanel::callTarget() const
{
    const services::ContactPointView* fallback = nullptr;
    for (const ContactPointRow* row : m_points) {
        const services::ContactPointView& point = row->point();
        if (!isPhone(point))
            continue;
        if (m_chosen && point.id == *m_chosen)
            return &point;
        if (!m_chosen && usable(point) && point.partyId == m_view->parties.front().id)
            return &point;
        fallback = fallback ? fallback : &point;
    }
    return fallback;
}

void FactsPanel::rebuild()
{
    clearLayout(m_list);
    m_points.clear();
    if (!m_view)
        return;
    for (const services::PartyView& party : m_view->parties)
        addParty(party);
    addAccounts();
    addPlans();
    addPromises();
    addOtherCases();
    m_list->addStretch(1);
}

QVBoxLayout* FactsPanel::addSection(const QString& title, int count)
{
    QFrame* card = makeCard(this);
    auto* down = column(card, 12, 6);
    auto* head = row(8);
    QLabel* name = makeLabel(card, QStringLiteral("section"));
    name->setText(title);
    head->addWidget(name);
    head->addStretch(1);
    if (count >= 0) {
        QLabel* number = makeLabel(card, QStringLiteral("chip"));
        number->setText(Format::number(count));
        head->addWidget(number);
    }
    down->addLayout(head);
    m_list->addWidget(card);
    return down;
}

void FactsPanel::addParty(const services::PartyView& party)
{
    QFrame* card = makeCard(this);
    auto* down = column(card, 8, 2);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(6, 2, 2, 4);
    head->setSpacing(8);
    QLabel* name = makeLabel(card, QStringLiteral("heading"));
    name->setText(q(party.name));
    head->addWidget(name);
    QLabel* role = makeLabel(card, party.role == domain::PartyRole::Debtor ? QStringLiteral("chip") : QStringLiteral("chip-warn"));
    role->setText(party.relation.empty() ? Words::of(party.role) : Words::of(party.role) + QStringLiteral(" · ") + Words::relation(party.relation));
    head->addWidget(role);
    head->addStretch(1);
    if (!party.idNumber.empty()) {
        QLabel* id = makeLabel(card, QStringLiteral("small"));
        id->setText(q(party.idNumber));
        id->setToolTip(tr("Identity number"));
        head->addWidget(id);
        auto* eye = new QToolButton(card);
        eye->setObjectName(QStringLiteral("revealId_") + q(party.id.toString()));
        eye->setAccessibleName(tr("Show the identity number"));
        eye->setToolTip(eye->accessibleName());
        eye->setIcon(lineIcon(QStringLiteral("eye"), Colours::of(palette()).muted));
        connect(eye, &QToolButton::clicked, this, [this, id = party.id] { Q_EMIT revealRequested(id.uuid(), services::RevealField::IdNumber); });
        head->addWidget(eye);
    }
    down->addLayout(head);
    if (party.role == domain::PartyRole::Debtor)
        down->addWidget(new PressureMeter(m_view->pressure, m_clock.now(), card));
    for (const services::ContactPointView& point : party.contactPoints) {
        auto* line = new ContactPointRow(point, m_clock.now(), card);
        line->setChecked(m_chosen && *m_chosen == point.id);
        connect(line, &QAbstractButton::clicked, this, [this, id = point.id] { m_chosen = id; });
        const auto field = point.kind == domain::ContactPointKind::Address ? services::RevealField::Address : services::RevealField::Phone;
        connect(line, &ContactPointRow::revealRequested, this, [this, id = point.id, field] { Q_EMIT revealRequested(id.uuid(), field); });
        down->addWidget(line);
        m_points.push_back(line);
    }
    m_list->addWidget(card);
}

void FactsPanel::addAccounts()
{
    if (m_view->accounts.empty())
        return;
    QVBoxLayout* down = addSection(tr("Accounts"), int(m_view->accounts.size()));
    bool first = true;
    for (const domain::AccountRow& account : m_view->accounts) {
        if (!first)
            down->addWidget(makeLine(this));
        first = false;
        auto* grid = new QGridLayout;
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setVerticalSpacing(3);
        grid->setColumnStretch(1, 1);
        addPair(grid, this, q(account.product), q(account.accountNo));
        addPair(grid, this, tr("Overdue"), amount(account.overdue));
        addPair(grid, this, tr("Principal"), amount(account.principal));
        addPair(grid, this, tr("Interest"), amount(account.interest));
        addPair(grid, this, tr("Fees"), amount(account.fees));
        addPair(grid, this, tr("Days overdue"), Format::number(account.daysPastDue));
        if (account.dueOn)
            addPair(grid, this, tr("Due since"), Format::date(*account.dueOn));
        for (const auto& [name, value] : account.facts)
            if (!m_masked)
                addPair(grid, this, q(name), q(value));
        down->addLayout(grid);
    }
}

void FactsPanel::addPromises()
{
    if (m_view->promises.empty())
        return;
    QVBoxLayout* down = addSection(tr("Promises"), int(m_view->promises.size()));
    for (const services::PromiseView& promise : m_view->promises) {
        auto* across = row(8);
        QLabel* text = makeLabel(this);
        //: %1 is an amount, %2 a day
        text->setText(tr("%1 by %2").arg(amount(promise.amount), Format::date(promise.dueOn)));
        if (!promise.paid.isZero())
            //: %1 is an amount
            text->setText(text->text() + QStringLiteral("  ·  ") + tr("paid %1").arg(amount(promise.paid)));
        if (promise.approval && !promise.approval->decisionReason.reveal().empty())
            text->setToolTip(q(promise.approval->decisionReason.reveal()));
        across->addWidget(text);
        across->addStretch(1);
        QString look = QStringLiteral("chip");
        if (promise.state == domain::PromiseState::Requested)
            look = QStringLiteral("chip-warn");
        else if (promise.state == domain::PromiseState::Broken || promise.state == domain::PromiseState::Rejected)
            look = QStringLiteral("chip-block");
        else if (promise.state == domain::PromiseState::Kept)
            look = QStringLiteral("chip-allow");
        QLabel* state = makeLabel(this, look);
        state->setText(Words::of(promise.state));
        across->addWidget(state);
        down->addLayout(across);
    }
}

void FactsPanel::addPlans()
{
    QVBoxLayout* down = addSection(tr("Plans and letters"), m_view->plans.empty() ? -1 : int(m_view->plans.size()));
    for (const services::PlanView& plan : m_view->plans) {
        auto* card = new PlanCard(plan, m_masked, this);
        connect(card, &PlanCard::scheduleRequested, this, [this, plan] { openSchedule(plan, window()); });
        connect(card, &PlanCard::agreementRequested, this, [this, plan] { Q_EMIT agreementRequested(plan); });
        connect(card, &PlanCard::agreed, this, [this, plan] { Q_EMIT planDecided(plan, domain::DecisionKind::Agree); });
        connect(card, &PlanCard::withdrawRequested, this, [this, plan] { Q_EMIT planDecided(plan, domain::DecisionKind::Withdraw); });
        down->addWidget(card);
        down->addWidget(makeLine(this));
    }
    auto* buttons = row(8);
    QPushButton* plan = makeButton(this, QStringLiteral("casePlan"));
    plan->setText(tr("Plan…  (Alt+P)"));
    connect(plan, &QPushButton::clicked, this, &FactsPanel::planRequested);
    QPushButton* letter = makeButton(this, QStringLiteral("caseLetter"));
    letter->setText(tr("Write…  (Alt+W)"));
    connect(letter, &QPushButton::clicked, this, &FactsPanel::letterRequested);
    buttons->addWidget(plan);
    buttons->addWidget(letter);
    buttons->addStretch(1);
    down->addLayout(buttons);
}

void FactsPanel::addOtherCases()
{
    if (m_view->otherCases.empty())
        return;
    QVBoxLayout* down = addSection(tr("Other cases of this person"), int(m_view->otherCases.size()));
    for (const services::OtherCase& other : m_view->otherCases) {
        QPushButton* open = makeButton(this, QStringLiteral("otherCase_") + q(other.caseId.toString()), QStringLiteral("choice"));
        open->setText(QStringLiteral("%1  ·  %2  ·  %3").arg(q(other.businessNo), amount(other.balance), Words::of(other.status)));
        open->setAccessibleName(open->text());
        connect(open, &QPushButton::clicked, this, [this, id = other.caseId] { Q_EMIT caseRequested(id); });
        down->addWidget(open);
    }
}

} // namespace evenhand::ui
