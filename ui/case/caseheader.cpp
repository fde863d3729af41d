// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/caseheader.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

#include "ui/case/revealtime.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

void addFigure(QHBoxLayout* across, QLabel* label, QLabel* value)
{
    auto* down = column(nullptr, 0, 0);
    value->setAlignment(Qt::AlignRight);
    label->setAlignment(Qt::AlignRight);
    down->addWidget(label);
    down->addWidget(value);
    across->addLayout(down);
}

} // namespace

CaseHeader::CaseHeader(QWidget* parent)
    : QFrame(parent), m_back(new QToolButton(this)), m_name(makeLabel(this, QStringLiteral("title"))), m_eye(new QToolButton(this)),
      m_number(makeLabel(this, QStringLiteral("muted"))), m_stage(makeLabel(this, QStringLiteral("chip"))), m_status(makeLabel(this, QStringLiteral("chip"))),
      m_balanceLabel(makeLabel(this, QStringLiteral("small"))), m_balance(makeLabel(this, QStringLiteral("amount"))),
      m_overdueLabel(makeLabel(this, QStringLiteral("small"))), m_overdue(makeLabel(this, QStringLiteral("amount"))),
      m_dpdLabel(makeLabel(this, QStringLiteral("small"))), m_dpd(makeLabel(this, QStringLiteral("amount"))), m_next(makeButton(this, QStringLiteral("caseNext"))),
      m_call(makeButton(this, QStringLiteral("caseCall"), QStringLiteral("primary"))), m_more(new QToolButton(this))
{
    addMore();
    setProperty("look", QStringLiteral("bar"));
    m_back->setObjectName(QStringLiteral("caseBack"));
    m_eye->setObjectName(QStringLiteral("revealName"));
    m_balance->setObjectName(QStringLiteral("caseBalance"));
    m_overdue->setObjectName(QStringLiteral("caseOverdue"));
    m_name->setObjectName(QStringLiteral("caseDebtor"));
    m_number->setObjectName(QStringLiteral("caseNumber"));
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(12, 10, 16, 10);
    across->setSpacing(10);
    across->addWidget(m_back);
    auto* who = column(nullptr, 0, 2);
    auto* first = row(8);
    first->addWidget(m_name);
    first->addWidget(m_eye);
    first->addWidget(m_stage);
    first->addWidget(m_status);
    first->addStretch(1);
    who->addLayout(first);
    who->addWidget(m_number);
    across->addLayout(who, 1);
    addFigure(across, m_dpdLabel, m_dpd);
    across->addSpacing(12);
    addFigure(across, m_balanceLabel, m_balance);
    across->addSpacing(12);
    addFigure(across, m_overdueLabel, m_overdue);
    across->addSpacing(12);
    across->addWidget(m_more);
    across->addWidget(m_next);
    across->addWidget(m_call);
    connect(m_back, &QToolButton::clicked, this, &CaseHeader::backRequested);
    connect(m_call, &QPushButton::clicked, this, &CaseHeader::callRequested);
    connect(m_next, &QPushButton::clicked, this, &CaseHeader::nextRequested);
    connect(m_eye, &QToolButton::clicked, this, &CaseHeader::revealNameRequested);
    m_texts.add([this] {
        m_back->setAccessibleName(tr("Back"));
        m_back->setToolTip(tr("Back (Esc)"));
        m_eye->setAccessibleName(tr("Show the name"));
        m_eye->setToolTip(m_eye->accessibleName());
        m_balanceLabel->setText(tr("Balance"));
        m_overdueLabel->setText(tr("Overdue"));
        m_dpdLabel->setText(tr("Days overdue"));
        m_next->setText(tr("Next case"));
        m_next->setToolTip(tr("Leave this case and open the next one (Alt+N)"));
        m_call->setText(tr("Call  F9"));
        m_more->setText(tr("Other  ▾"));
        m_more->setAccessibleName(tr("Other ways to note something"));
        const std::pair<QAction*, QString> others[] = {{m_pickUp, tr("They are calling us now")}, {m_log, tr("Write down a call made elsewhere")},
                                                       {m_contactPoint, tr("Numbers and addresses …")}, {m_flag, tr("Dispute, hardship, complaint, stop …")}};
        for (const auto& [action, text] : others)
            action->setText(text);
        write();
    });
    paintIcons();
}

void CaseHeader::addMore()
{
    m_more->setObjectName(QStringLiteral("caseMore"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_more);
    m_more->setMenu(menu);
    const auto add = [this, menu](QAction*& action, const QKeySequence& keys, void (CaseHeader::*wanted)()) {
        action = menu->addAction(QString());
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);   // shown only: the page has the keys
        connect(action, &QAction::triggered, this, wanted);
    };
    add(m_log, Qt::SHIFT | Qt::Key_F9, &CaseHeader::logRequested);
    add(m_pickUp, Qt::CTRL | Qt::Key_F9, &CaseHeader::pickUpRequested);
    add(m_contactPoint, Qt::Key_F4, &CaseHeader::contactPointRequested);
    add(m_flag, Qt::Key_F7, &CaseHeader::flagRequested);
}

void CaseHeader::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange)
        paintIcons();
}

void CaseHeader::paintIcons()
{
    const Colours& c = Colours::of(palette());
    m_back->setIcon(lineIcon(QStringLiteral("back"), c.text));
    m_eye->setIcon(lineIcon(QStringLiteral("eye"), c.muted));
    m_call->setIcon(lineIcon(QStringLiteral("phone"), c.onAccent));
}

void CaseHeader::show(const services::CaseView& view)
{
    if (!m_view || !(m_view->id == view.id))
        m_clearName.clear();
    m_view = view;
    write();
}

void CaseHeader::setAmountsMasked(bool masked)
{
    m_masked = masked;
    write();
}

void CaseHeader::setCallEnabled(bool enabled)
{
    m_call->setEnabled(enabled);
    m_next->setEnabled(enabled);
    m_log->setEnabled(enabled);
    m_pickUp->setEnabled(enabled);
}

void CaseHeader::showClearName(const QString& name)
{
    m_clearName = name;
    write();
    QTimer::singleShot(kRevealMs, this, [this] {
        m_clearName.clear();
        write();
    });
}

void CaseHeader::write()
{
    if (!m_view)
        return;
    m_name->setText(m_clearName.isEmpty() ? q(m_view->debtor) : m_clearName);
    QStringList parts{q(m_view->businessNo), q(m_view->creditor), q(m_view->portfolio)};
    if (!m_view->assignedTo.empty())
        parts << q(m_view->assignedTo);
    parts.removeAll(QString());
    m_number->setText(parts.join(QStringLiteral("  ·  ")));
    m_stage->setText(q(m_view->stage));
    m_stage->setVisible(!m_view->stage.empty());
    m_status->setText(Words::of(m_view->status));
    m_status->setVisible(m_view->status != domain::CaseStatus::Open);
    m_balance->setText(m_masked ? Format::maskedMoney(m_view->balance) : Format::money(m_view->balance));
    m_overdue->setText(m_masked ? Format::maskedMoney(m_view->overdue) : Format::money(m_view->overdue));
    m_dpd->setText(Format::number(m_view->daysPastDue));
}

} // namespace evenhand::ui
