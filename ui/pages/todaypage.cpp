// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/todaypage.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QScrollBar>
#include <QTableView>

#include "app/base/clock.h"
#include "app/services/packservice.h"
#include "ui/models/queuemodel.h"
#include "ui/pages/bucketbar.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/tables.h"

namespace evenhand::ui {

namespace {
constexpr int kPageRows = 100;
}

TodayPage::TodayPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_sub(makeLabel(this, QStringLiteral("muted"))), m_search(new QLineEdit(this)),
      m_banner(new Banner(this)), m_buckets(new BucketBar(services.clock, this)), m_busy(new QProgressBar(this)), m_model(new QueueModel(services.clock, this)),
      m_table(makeTable(this, QStringLiteral("queueTable"))), m_empty(makeLabel(this, QStringLiteral("muted")))
{
    setObjectName(QStringLiteral("todayPage"));
    nameInput(m_search, QStringLiteral("todaySearch"));
    layOut();
    m_table->installEventFilter(this);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { Q_EMIT searchRequested(m_search->text()); });
    connect(m_search, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (!text.trimmed().isEmpty()) {
            Q_EMIT searchRequested(text);
            m_search->clear();
        }
    });
    connect(m_buckets, &BucketBar::chosenChanged, this, [this] {
        loadRows();
        m_table->scrollToTop();
    });
    connect(m_table, &QAbstractItemView::activated, this, &TodayPage::openCurrent);
    connect(m_table, &QAbstractItemView::clicked, this, [this] { m_rowChosen = true; });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &TodayPage::loadMore);
    connect(&services.queue, &services::QueueService::changed, this, [this](const services::ChangeSet& what) {
        if (what.queue || what.allCases || !what.cases.empty())
            refresh();
    });
    const auto usePacks = [this] {
        if (const auto packs = m_services.packs.active())
            m_model->setOutcomes(&packs->outcomes);
    };
    usePacks();
    connect(&services.packs, &services::PackService::activeChanged, this, usePacks);
    m_texts.add([this] {
        m_title->setText(tr("Today"));
        m_search->setPlaceholderText(tr("Search name, pinyin, number or case  (Ctrl+F)"));
        m_search->setAccessibleName(tr("Search all cases"));
        m_table->setAccessibleName(tr("Queue in working order"));
        m_empty->setText(tr("Nothing here. Cases appear when they are assigned to you and have arrived from the server."));
        writeCount();
        m_model->refreshTexts();
        m_buckets->rewrite();
    });
}

void TodayPage::layOut()
{
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_sub, 1);
    m_search->setMinimumWidth(360);
    head->addWidget(m_search);
    down->addLayout(head);
    down->addWidget(m_banner);
    down->addWidget(m_buckets);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->hide();
    down->addWidget(m_busy);
    QFrame* card = makeCard(this);
    auto* inside = column(card, 1, 0);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMinimumHeight(120);
    m_empty->hide();
    inside->addWidget(m_empty);
    inside->addWidget(m_table, 1);
    down->addWidget(card, 1);
    m_table->setModel(m_model);
    QHeaderView* header = m_table->horizontalHeader();
    const std::pair<int, int> widths[] = {{QueueModel::LightColumn, 56}, {QueueModel::DebtorColumn, 200}, {QueueModel::DpdColumn, 108},
                                          {QueueModel::BalanceColumn, 124}, {QueueModel::OverdueColumn, 124}, {QueueModel::LastColumn, 132}, {QueueModel::CreditorColumn, 168}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    header->setSectionResizeMode(QueueModel::NextColumn, QHeaderView::Stretch);
}

void TodayPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void TodayPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_rowChosen = false;
    m_table->setFocus();
}

bool TodayPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        m_rowChosen = true;
        auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
        if (plain && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            openCurrent();
            return true;
        }
        if (plain && !key->text().isEmpty() && key->text().front().isLetterOrNumber()) {
            Q_EMIT searchRequested(key->text());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TodayPage::refresh()
{
    if (m_model->rows().empty())
        m_busy->show();
    whenLatest(m_services.queue.today(), this, m_latestView, [this](const base::Result<services::TodayView>& view) {
        m_busy->hide();
        if (!view) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(view.error()));
            return;
        }
        m_banner->clear();
        m_view = *view;
        m_isLoaded = true;
        m_buckets->show(*view);
        writeCount();
        loadRows();
    });
}

void TodayPage::writeCount()
{
    if (!m_isLoaded)
        return;
    m_sub->setText(tr("%n case(s)", nullptr, int(m_view.cases)) + (m_view.lightsComplete ? QString() : QStringLiteral("  ·  ") + tr("lights are being worked out …")));
}

void TodayPage::loadRows()
{
    const auto kind = m_buckets->chosen();
    if (!kind) {
        m_latestRows.dropAll();
        m_total = std::int64_t(m_view.first.size());
        showRows(m_view.first);
        return;
    }
    const auto wanted = std::max<std::int64_t>(kPageRows, std::int64_t(m_model->rows().size()));
    whenLatest(m_services.queue.rows(*kind, 0, wanted), this, m_latestRows, [this](const base::Result<services::QueuePage>& page) {
        if (!page) {
            m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(page.error()));
            return;
        }
        m_total = page->total;
        showRows(page->rows);
    });
}

void TodayPage::loadMore()
{
    const QScrollBar* bar = m_table->verticalScrollBar();
    const auto have = std::int64_t(m_model->rows().size());
    if (m_loadingMore || !m_buckets->chosen() || have >= m_total || bar->value() < bar->maximum() - 20)
        return;
    m_loadingMore = true;
    whenReady(m_services.queue.rows(*m_buckets->chosen(), have, kPageRows), this, [this, kind = m_buckets->chosen(), have](const base::Result<services::QueuePage>& page) {
        m_loadingMore = false;
        if (page && kind == m_buckets->chosen() && have == std::int64_t(m_model->rows().size()))
            m_model->append(page->rows);
    });
}

void TodayPage::showRows(std::vector<services::QueueRow> rows)
{
    m_model->apply(std::move(rows));
    m_empty->setVisible(m_model->rows().empty());
    m_table->setVisible(!m_model->rows().empty());
    // Until somebody chooses a row, the next case in working order is the chosen one, however the order changes meanwhile.
    const QModelIndex current = m_rowChosen ? m_table->currentIndex() : QModelIndex();
    if (!m_model->rows().empty())
        m_table->setCurrentIndex(current.isValid() ? current : m_model->index(0, QueueModel::DebtorColumn));
    if (isVisible() && !m_search->hasFocus())
        m_table->setFocus();
}

void TodayPage::openCurrent()
{
    if (const services::QueueRow* row = m_model->rowAt(m_table->currentIndex()))
        Q_EMIT openCaseRequested(row->caseId);
}

} // namespace evenhand::ui
