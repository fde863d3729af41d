// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/calllogpage.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>

#include "app/services/packservice.h"
#include "ui/models/calllogmodel.h"
#include "ui/models/queuemodel.h"
#include "ui/review/playerpanel.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/dateedit.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/tables.h"

namespace evenhand::ui {

namespace {
constexpr int kCallRows = 100;
}

CallLogPage::CallLogPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_count(makeLabel(this, QStringLiteral("muted"))), m_text(new QLineEdit(this)),
      m_agent(new QComboBox(this)), m_outcome(new QComboBox(this)), m_from(new DateEdit(this)), m_to(new DateEdit(this)), m_banner(new Banner(this)),
      m_model(new CallLogModel(this)), m_table(makeTable(this, QStringLiteral("callLogTable"))), m_detailHead(makeLabel(this, QStringLiteral("heading"))), m_detail(makeLabel(this)), m_player(new PlayerPanel(services, this, this))
{
    setObjectName(QStringLiteral("callLogPage"));
    nameInput(m_text, QStringLiteral("callLogText"));
    nameInput(m_agent, QStringLiteral("callLogAgent"));
    nameInput(m_outcome, QStringLiteral("callLogOutcome"));
    nameInput(m_from, QStringLiteral("callLogFrom"));
    nameInput(m_to, QStringLiteral("callLogTo"));
    layOut();
    connectParts();
    m_texts.add([this] {
        m_title->setText(tr("Review"));
        m_text->setPlaceholderText(tr("Note, case number or name"));
        m_text->setAccessibleName(tr("Search the call log"));
        m_agent->setAccessibleName(tr("Agent"));
        m_outcome->setAccessibleName(tr("Outcome"));
        m_from->setPlaceholderText(tr("From day"));
        m_from->setAccessibleName(tr("From day"));
        m_to->setPlaceholderText(tr("To day"));
        m_to->setAccessibleName(tr("To day"));
        m_table->setAccessibleName(tr("Calls"));
        fillOutcomes();
        if (m_agent->count() > 0)
            m_agent->setItemText(0, tr("Everybody"));
        m_model->refreshTexts();
        showDetail();
    });
}

void CallLogPage::layOut()
{
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_count, 1);
    down->addLayout(head);
    auto* filters = row(8);
    filters->addWidget(m_text, 3);
    filters->addWidget(m_agent, 2);
    filters->addWidget(m_outcome, 2);
    filters->addWidget(m_from, 1);
    filters->addWidget(m_to, 1);
    down->addLayout(filters);
    down->addWidget(m_banner);
    auto* across = row(12);
    QFrame* card = makeCard(this);
    column(card, 1, 0)->addWidget(m_table);
    across->addWidget(card, 7);
    QFrame* side = makeCard(this);
    auto* inside = column(side, 16, 12);
    m_detailHead->setWordWrap(true);
    inside->addWidget(m_detailHead);
    m_detail->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignTop);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setObjectName(QStringLiteral("callDetail"));
    auto* scroll = new QScrollArea(side);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_detail);
    scroll->viewport()->setAutoFillBackground(false);
    inside->addWidget(scroll, 1);
    side->setMinimumWidth(300);
    across->addWidget(side, 3);
    down->addLayout(across, 1);
    down->addWidget(m_player);
    m_table->setModel(m_model);
    const std::pair<int, int> widths[] = {{CallLogModel::WhenColumn, 150}, {CallLogModel::AgentColumn, 110}, {CallLogModel::DebtorColumn, 150},
                                          {CallLogModel::OutcomeColumn, 150}, {CallLogModel::LengthColumn, 72}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    m_table->horizontalHeader()->setSectionResizeMode(CallLogModel::NoteColumn, QHeaderView::Stretch);
}

void CallLogPage::connectParts()
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(150);
    connect(&m_typing, &QTimer::timeout, this, &CallLogPage::refresh);
    for (QLineEdit* input : {m_text, static_cast<QLineEdit*>(m_from), static_cast<QLineEdit*>(m_to)})
        connect(input, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_agent, &QComboBox::activated, this, &CallLogPage::refresh);
    connect(m_outcome, &QComboBox::activated, this, &CallLogPage::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CallLogPage::showDetail);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const services::CallLogRow* row = m_model->rowAt(index); row && row->caseId)
            Q_EMIT openCaseRequested(*row->caseId);
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &CallLogPage::loadMore);
    connect(&m_services.callLog, &services::CallLogService::changed, this, [this](const services::ChangeSet& what) {
        if (what.callLog || what.allCases)
            refresh();
    });
    connect(&m_services.packs, &services::PackService::activeChanged, this, &CallLogPage::fillOutcomes);
}

void CallLogPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void CallLogPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    loadAgents();
    refresh();
    m_table->setFocus();
}

void CallLogPage::loadAgents()
{
    whenReady(m_services.callLog.agents(), this, [this](const base::Result<std::vector<domain::UserRow>>& agents) {
        if (!agents)
            return;
        const QString chosen = m_agent->currentData().toString();
        m_agent->clear();
        m_agent->addItem(tr("Everybody"));
        for (const domain::UserRow& agent : *agents)
            m_agent->addItem(q(agent.displayName), q(agent.id.toString()));
        m_agent->setCurrentIndex(std::max(0, m_agent->findData(chosen.isEmpty() ? QVariant() : QVariant(chosen))));
    });
}

void CallLogPage::fillOutcomes()
{
    const QString chosen = m_outcome->currentData().toString();
    m_outcome->clear();
    m_outcome->addItem(tr("Any outcome"), QString());
    if (const auto packs = m_services.packs.active()) {
        m_model->setOutcomes(&packs->outcomes);
        for (const guidance::Outcome& outcome : packs->outcomes.all())
            m_outcome->addItem(outcomeLabel(&packs->outcomes, outcome.code), q(outcome.code));
    }
    m_outcome->setCurrentIndex(std::max(0, m_outcome->findData(chosen)));
}

services::CallLogFilter CallLogPage::filter() const
{
    services::CallLogFilter filter;
    filter.text = u8(m_text->text().trimmed());
    filter.outcome = u8(m_outcome->currentData().toString());
    filter.agent = domain::UserId::tryFromString(u8(m_agent->currentData().toString()));
    if (const auto day = m_from->day())
        filter.from = fromQDate(*day);
    if (const auto day = m_to->day())
        filter.to = fromQDate(*day);
    return filter;
}

void CallLogPage::refresh()
{
    if (!isVisible())
        return;
    const auto wanted = std::max<std::int64_t>(kCallRows, std::int64_t(m_model->rows().size()));
    whenLatest(m_services.callLog.list(filter(), 0, wanted), this, m_latest, [this](const base::Result<services::CallLogPage>& page) {
        if (!page) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(page.error()));
            return;
        }
        m_banner->clear();
        m_total = page->total;
        m_count->setText(tr("%n call(s)", nullptr, int(std::max<std::int64_t>(page->total, std::int64_t(page->rows.size())))));
        m_model->apply(page->rows);
        if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
        showDetail();
    });
}

void CallLogPage::loadMore()
{
    const QScrollBar* bar = m_table->verticalScrollBar();
    const auto have = std::int64_t(m_model->rows().size());
    if (m_loadingMore || have >= m_total || bar->value() < bar->maximum() - 20)
        return;
    m_loadingMore = true;
    whenReady(m_services.callLog.list(filter(), have, kCallRows), this, [this, have](const base::Result<services::CallLogPage>& page) {
        m_loadingMore = false;
        if (page && have == std::int64_t(m_model->rows().size()))
            m_model->append(page->rows);
    });
}

void CallLogPage::showDetail()
{
    const services::CallLogRow* row = m_model->rowAt(m_table->currentIndex());
    if (!row) {
        m_latestDetail.dropAll();
        m_detailHead->setText(tr("No call chosen"));
        m_detail->clear();
        m_player->clear();
        return;
    }
    m_player->showCall(*row);
    whenLatest(m_services.callLog.detail(*row), this, m_latestDetail, [this](const base::Result<services::CallDetail>& detail) {
        if (detail)
            writeDetail(*detail);
        else
            m_detail->setText(ErrorText::of(detail.error()));
    });
}

void CallLogPage::writeDetail(const services::CallDetail& detail)
{
    const services::CallLogRow& row = detail.row;
    const auto packs = m_services.packs.active();
    m_detailHead->setText(q(row.debtor) + QStringLiteral("  ·  ") + outcomeLabel(packs ? &packs->outcomes : nullptr, row.outcome));
    QStringList lines;
    const auto line = [&lines](const QString& name, const QString& value) {
        if (!value.isEmpty())
            //: %1 is the name of a fact, %2 its value
            lines << CallLogPage::tr("%1: %2").arg(name, value);
    };
    line(tr("Began"), Format::dateTime(row.at));
    line(tr("Received by the server"), row.receivedAt ? Format::dateTime(*row.receivedAt) : tr("not yet"));
    line(tr("Agent"), q(row.agent));
    line(tr("Case"), q(row.caseNo));
    if (detail.partyRole)
        line(tr("Spoke to"), Words::of(*detail.partyRole));
    line(tr("Number"), q(detail.contactPoint));
    line(tr("Length"), row.durationS > 0 ? Format::duration(row.durationS) : QString());
    if (detail.promised && detail.promiseDue)
        line(tr("Promise"), tr("%1 by %2").arg(Format::money(*detail.promised), Format::date(*detail.promiseDue)));
    if (detail.gate)
        line(tr("Contact light then"), Words::of(detail.gate->verdict));
    line(tr("Server's ruling"), Words::annotation(detail.annotation));
    if (detail.script.is_object() && detail.script.contains("id"))
        line(tr("Script"), q(detail.script.value("id", std::string()) + " " + detail.script.value("version", std::string())));
    if (!detail.phraseFindings.empty())
        line(tr("Phrases found"), Format::number(std::int64_t(detail.phraseFindings.size())));
    m_detail->setText(lines.join(u'\n') + (row.note.empty() ? QString() : QStringLiteral("\n\n") + q(row.note)));
}

} // namespace evenhand::ui
