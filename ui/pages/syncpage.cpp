// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/syncpage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>

#include "app/base/clock.h"
#include "ui/models/ledgermodel.h"
#include "ui/pages/leavedialog.h"
#include "ui/prompt/userprompt.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/synctext.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/tables.h"

namespace evenhand::ui {

namespace {
constexpr int kRows = 300;
}

SyncPage::SyncPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_safety(new Banner(this)), m_banner(new Banner(this)), m_held(new Banner(this)),
      m_allow(makeButton(this, QStringLiteral("allowDeletion"), QStringLiteral("danger"))), m_view(makeLabel(this, QStringLiteral("small"))),
      m_leave(makeButton(this, QStringLiteral("leaveCheck"))), m_check(makeButton(this, QStringLiteral("checkNow"))), m_next(makeLabel(this, QStringLiteral("muted"))),
      m_sendNow(makeButton(this, QStringLiteral("sendNow"), QStringLiteral("primary"))), m_online(new QCheckBox(this)), m_renew(new QWidget(this)), m_password(new QLineEdit(m_renew)),
      m_renewButton(makeButton(m_renew, QStringLiteral("renewSession"))), m_filter(new QComboBox(this)), m_model(new LedgerModel(this))
{
    setObjectName(QStringLiteral("syncPage"));
    nameInput(m_online, QStringLiteral("onlineAllowed"));
    nameInput(m_filter, QStringLiteral("ledgerFilter"));
    nameInput(m_password, QStringLiteral("renewPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    m_online->setChecked(true);
    layOut();
    connectParts();
    m_texts.add([this] {
        m_title->setText(tr("Sync"));
        m_sendNow->setText(tr("Send now"));
        m_leave->setText(tr("What would be lost?"));
        m_check->setText(tr("Compare with the server"));
        m_check->setToolTip(tr("Reads every row here again and compares it with the server; what differs is fetched again."));
        m_allow->setText(tr("Let them go"));
        m_online->setText(tr("Use the network"));
        m_online->setAccessibleName(m_online->text());
        m_password->setPlaceholderText(tr("Password"));
        m_password->setAccessibleName(tr("Password for the server"));
        m_renewButton->setText(tr("Sign in again"));
        m_filter->setAccessibleName(tr("Which entries"));
        const QString names[] = {tr("saved on this computer"), tr("on the server"), tr("not sent yet"), tr("recordings not sent yet"), tr("set aside by the server")};
        for (int at = 0; at < 5; ++at)
            m_labels[at]->setText(names[at]);
        const QString filters[] = {tr("All entries"), tr("Not safe yet"), tr("Set aside")};
        for (int at = 0; at < 3; ++at)
            m_filter->setItemText(at, filters[at]);
        m_model->refreshTexts();
        showStatus();
    });
}

void SyncPage::layOut()
{
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_next, 1);
    head->addWidget(m_online);
    head->addWidget(m_leave);
    head->addWidget(m_sendNow);
    down->addLayout(head);
    m_safety->setObjectName(QStringLiteral("safety"));
    down->addWidget(m_safety);
    down->addWidget(m_banner);
    auto* held = row(12);
    held->addWidget(m_held, 1);
    held->addWidget(m_allow);
    down->addLayout(held);
    auto* again = new QHBoxLayout(m_renew);
    again->setContentsMargins(0, 0, 0, 0);
    again->addWidget(m_password);
    again->addWidget(m_renewButton);
    again->addStretch(1);
    down->addWidget(m_renew);
    auto* figures = row(12);
    for (int at = 0; at < 5; ++at) {
        QFrame* card = makeCard(this);
        auto* inside = column(card, 12, 2);
        m_figures[at] = makeLabel(card, QStringLiteral("figure"));
        m_figures[at]->setObjectName(QStringLiteral("syncFigure%1").arg(at));
        m_labels[at] = makeLabel(card, QStringLiteral("small"));
        inside->addWidget(m_figures[at]);
        inside->addWidget(m_labels[at]);
        figures->addWidget(card, 1);
    }
    down->addLayout(figures);
    for (int at = 0; at < 3; ++at)
        m_filter->addItem(QString());
    auto* filters = row(8);
    filters->addWidget(m_filter);
    filters->addWidget(m_view, 1);
    filters->addWidget(m_check);
    down->addLayout(filters);
    QFrame* card = makeCard(this);
    QTableView* table = makeTable(card, QStringLiteral("ledgerTable"), 36);
    table->setAccessibleName(tr("Ledger"));
    m_texts.add([table] { table->setAccessibleName(SyncPage::tr("Ledger")); });
    table->setModel(m_model);
    const std::pair<int, int> widths[] = {{LedgerModel::StateColumn, 170}, {LedgerModel::WhatColumn, 190}, {LedgerModel::WhenColumn, 170}, {LedgerModel::CaseColumn, 170}};
    for (const auto& [section, width] : widths)
        table->setColumnWidth(section, width);
    table->horizontalHeader()->setSectionResizeMode(LedgerModel::WhyColumn, QHeaderView::Stretch);
    column(card, 1, 0)->addWidget(table);
    down->addWidget(card, 1);
}

void SyncPage::connectParts()
{
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &SyncPage::showStatus);
    m_reload.setSingleShot(true);
    m_reload.setInterval(200);   // a round sends many statuses; the ledger is read once for them
    connect(&m_reload, &QTimer::timeout, this, &SyncPage::refresh);
    connect(&m_services.sync, &services::SyncService::statusChanged, this, [this] {
        showStatus();
        if (isVisible() && !m_reload.isActive())
            m_reload.start();
    });
    connect(m_sendNow, &QPushButton::clicked, this, [this] {
        m_sendNow->setEnabled(false);
        whenReady(m_services.sync.sendNow(), this, [this](const base::Result<>& started) {
            m_sendNow->setEnabled(true);
            if (!started)
                m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(started.error()));
        });
    });
    connect(m_leave, &QPushButton::clicked, this, &SyncPage::lookWhatWouldBeLost);
    const auto started = [this](const base::Result<>& result) {
        if (!result)
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(result.error()));
    };
    connect(m_check, &QPushButton::clicked, this, [this, started] { whenReady(m_services.sync.checkNow(), this, started); });
    connect(m_allow, &QPushButton::clicked, this, [this, started] {
        m_services.prompt.ask({tr("Let these cases go?"), tr("Ask your supervisor first. What you recorded about them stays and is delivered."),
                               {tr("Keep them for now"), tr("Let them go")}}, this, [this, started](std::optional<int> choice) {
            if (choice == 1)
                whenReady(m_services.sync.allowDeletion(), this, started);
        });
    });
    connect(m_online, &QCheckBox::clicked, this, [this](bool on) {
        whenReady(m_services.sync.setOnlineAllowed(on), this, [this](const base::Result<>&) { showStatus(); });
    });
    connect(m_filter, &QComboBox::currentIndexChanged, this, &SyncPage::refresh);
    connect(m_renewButton, &QPushButton::clicked, this, &SyncPage::renew);
    connect(m_password, &QLineEdit::returnPressed, this, &SyncPage::renew);
}

void SyncPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void SyncPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_tick.start();
    refresh();
    showStatus();
}

void SyncPage::renew()
{
    if (m_password->text().isEmpty())
        return;
    m_renewButton->setEnabled(false);
    whenReady(m_services.sync.renewSession(u8(m_password->text())), this, [this](const base::Result<>& renewed) {
        m_renewButton->setEnabled(true);
        m_password->clear();
        if (!renewed)
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(renewed.error()));
    });
}

void SyncPage::refresh()
{
    if (!isVisible())
        return;
    using Filter = services::SyncService::LedgerFilter;
    const Filter filters[] = {Filter::All, Filter::Unsent, Filter::SetAside};
    const auto filter = filters[std::max(m_filter->currentIndex(), 0)];
    whenLatest(m_services.sync.ledger(filter, std::nullopt, kRows), this, m_latest, [this](const base::Result<services::LedgerPage>& page) {
        if (page)
            m_model->apply(page->rows);
        else
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(page.error()));
    });
}

void SyncPage::showStatus()
{
    if (!isVisible()) {
        m_tick.stop();
        return;
    }
    const services::SyncStatus& status = m_services.sync.status();
    const base::Instant now = m_services.clock.now();
    const std::int64_t figures[] = {status.savedHere, status.onServer, status.unsent, status.unsentRecordings, status.setAside};
    for (int at = 0; at < 5; ++at)
        m_figures[at]->setText(Format::number(figures[at]));
    QStringList parts{SyncText::connection(status)};
    if (status.lastContactAt)
        parts << tr("last contact %1").arg(Format::ago(*status.lastContactAt, now));
    if (status.unsent > 0 && status.oldestUnsentAt)
        parts << tr("oldest unsent %1").arg(Format::ago(*status.oldestUnsentAt, now));
    if (status.nextAttemptAt)
        parts << tr("next attempt %1").arg(Format::in(*status.nextAttemptAt, now));
    m_next->setText(parts.join(QStringLiteral("  ·  ")));
    QString detail;
    if (status.lastFailure) {
        const QString why = status.lastFailure->problem.empty() ? ErrorText::of(status.lastFailure->code) : SyncText::problem(status.lastFailure->problem);
        detail = tr("Last failure on %1: %2").arg(Format::dateTime(status.lastFailure->at), why);
        if (!status.lastFailure->detail.empty())
            //: %1 is what the server or the network said, in English
            detail += u' ' + tr("(%1)").arg(q(status.lastFailure->detail));
        if (!status.lastFailure->requestId.empty())
            detail += u' ' + tr("Request %1.").arg(q(status.lastFailure->requestId));
    }
    const QString look = SyncText::look(status);
    const bool isSafe = look == QStringLiteral("allow") && status.isAllSafe();
    m_safety->say(isSafe ? look : look == QStringLiteral("block") ? look : QStringLiteral("warn"),
                  isSafe ? QStringLiteral("light-allow") : look == QStringLiteral("block") ? QStringLiteral("light-block") : QStringLiteral("light-warn"), SyncText::safety(status));
    const QString explanation = SyncText::explanation(status);
    m_banner->say(status.connection == services::Connection::Online ? QStringLiteral("warn") : look, SyncText::iconName(status),
                  explanation.isEmpty() && !detail.isEmpty() ? tr("The last attempt did not get through.") : explanation, detail);
    showView(status, now);
    m_renew->setVisible(status.connection == services::Connection::NeedsPassword);
    m_online->setChecked(status.connection != services::Connection::Paused);
}

/// How whole and how fresh the view is, and what was held back.
void SyncPage::showView(const services::SyncStatus& status, base::Instant now)
{
    QStringList parts;
    if (status.recordingSize > 0)
        //: %1 is how many percent of a recording were sent
        parts << tr("sending a recording: %1 %").arg(Format::number(status.recordingSent * 100 / status.recordingSize));
    else if (!status.recordingProblem.empty() && status.unsentRecordings > 0)
        //: %1 says why
        parts << tr("recordings: %1").arg(SyncText::problem(status.recordingProblem));
    if (status.checkedAt)
        parts << tr("compared with the server %1").arg(Format::ago(*status.checkedAt, now));
    if (status.repairs > 0)
        parts << tr("%n parts put right", nullptr, int(status.repairs));
    if (status.missingCases > 0)
        parts << tr("%n cases are gone from the server's view without an order; your supervisor should know", nullptr, int(status.missingCases));
    if (status.readableUntil)
        parts << (status.isClosed ? tr("cases are closed until the server is reached") : tr("readable without the network until %1").arg(Format::dateTime(*status.readableUntil)));
    m_view->setText(parts.join(QStringLiteral("  ·  ")));
    m_allow->setVisible(status.heldCases > 0);
    m_held->say(QStringLiteral("block"), QStringLiteral("light-block"),
                status.heldCases == 0 ? QString()
                                      //: %1 and %2 are counts of cases
                                      : tr("The server would take away %1 of %2 cases, and nobody ordered it. It was held back; you still see all of them.")
                                            .arg(Format::number(status.heldCases), Format::number(status.heldOf)));
}

void SyncPage::lookWhatWouldBeLost()
{
    whenReady(m_services.sync.leaveCheck(), this, [this](const base::Result<services::LeaveCheck>& check) {
        if (!check)
            return m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(check.error()));
        showLeaveCheck(window(), *check, [this] { m_sendNow->click(); }, {});
    });
}

} // namespace evenhand::ui
