// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/casespage.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTableView>

#include "app/services/caseservice.h"
#include "ui/models/searchmodel.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/tables.h"

namespace evenhand::ui {

namespace {
constexpr int kLimit = 200;
}

CasesPage::CasesPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_title(makeLabel(this, QStringLiteral("title"))), m_search(new QLineEdit(this)), m_found(makeLabel(this, QStringLiteral("muted"))),
      m_model(new SearchModel(this)), m_table(makeTable(this, QStringLiteral("casesTable")))
{
    setObjectName(QStringLiteral("casesPage"));
    nameInput(m_search, QStringLiteral("casesSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    auto* down = column(this, 16, 12);
    auto* head = row(12);
    head->addWidget(m_title);
    head->addWidget(m_found, 1);
    down->addLayout(head);
    down->addWidget(m_search);
    QFrame* card = makeCard(this);
    column(card, 1, 0)->addWidget(m_table);
    down->addWidget(card, 1);
    m_table->setModel(m_model);
    const std::pair<int, int> widths[] = {{SearchModel::DebtorColumn, 260}, {SearchModel::StageColumn, 120}, {SearchModel::BalanceColumn, 150}, {SearchModel::StatusColumn, 150}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    m_table->horizontalHeader()->setSectionResizeMode(SearchModel::PortfolioColumn, QHeaderView::Stretch);
    connect(m_search, &QLineEdit::textChanged, this, &CasesPage::search);
    connect(m_table, &QAbstractItemView::activated, this, &CasesPage::openCurrent);
    m_texts.add([this] {
        m_title->setText(tr("Cases"));
        m_search->setPlaceholderText(tr("Name, pinyin (zhs finds 张三), number or case number"));
        m_search->setAccessibleName(tr("Search all cases"));
        m_table->setAccessibleName(tr("Cases found"));
        m_model->refreshTexts();
    });
}

void CasesPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

bool CasesPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int at = m_table->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (at >= 0 && at < m_model->rowCount())
                m_table->setCurrentIndex(m_model->index(at, 0));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CasesPage::searchFor(const QString& text)
{
    m_search->setFocus();
    if (m_search->text() == text)
        search();
    else
        m_search->setText(text);
}

void CasesPage::search()
{
    whenLatest(m_services.cases.search(u8(m_search->text().trimmed()), kLimit), this, m_latest, [this](const base::Result<std::vector<services::SearchHit>>& hits) {
        if (!hits) {
            m_found->setText(ErrorText::of(hits.error()));
            return;
        }
        m_found->setText(hits->size() >= kLimit ? tr("the first %n", nullptr, kLimit) : tr("%n found", nullptr, int(hits->size())));
        m_model->apply(*hits);
        if (!hits->empty())
            m_table->setCurrentIndex(m_model->index(0, 0));
    });
}

void CasesPage::openCurrent()
{
    if (const services::SearchHit* row = m_model->rowAt(m_table->currentIndex()))
        Q_EMIT openCaseRequested(row->caseId);
}

} // namespace evenhand::ui
