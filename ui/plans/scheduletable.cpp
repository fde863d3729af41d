// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/scheduletable.h"

#include <QEvent>
#include <QHeaderView>

#include "ui/text/format.h"

namespace evenhand::ui {

namespace {

QString amountText(std::int64_t minor, base::Currency currency)
{
    const auto money = base::Money::tryFromMinor(minor, currency);
    return money ? Format::money(*money) : QString();
}

} // namespace

ScheduleTable::ScheduleTable(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("schedule"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void ScheduleTable::changeEvent(QEvent* event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        write();
}

void ScheduleTable::show(const std::vector<domain::InstalmentStanding>& instalments, base::Currency currency, bool withPayments)
{
    m_instalments = instalments;
    m_currency = currency;
    m_withPayments = withPayments;
    write();
}

void ScheduleTable::write()
{
    QStringList heads{tr("No."), tr("Day"), tr("Amount"), tr("Principal"), tr("Interest"), tr("Fees")};
    if (m_withPayments)
        heads << tr("Paid");
    setColumnCount(int(heads.size()));
    setHorizontalHeaderLabels(heads);
    setRowCount(int(m_instalments.size()));
    setAccessibleName(tr("Schedule"));
    for (int row = 0; row < rowCount(); ++row) {
        const auto& one = m_instalments[std::size_t(row)];
        QStringList cells{QString::number(row + 1), Format::date(one.due.due), amountText(one.due.amountMinor, m_currency),
                          amountText(one.due.principalMinor, m_currency), amountText(one.due.interestMinor, m_currency), amountText(one.due.feesMinor, m_currency)};
        if (m_withPayments)
            cells << (one.isMissed ? tr("%1, missed").arg(amountText(one.paidMinor, m_currency)) : amountText(one.paidMinor, m_currency));
        for (int at = 0; at < cells.size(); ++at) {
            auto* item = new QTableWidgetItem(cells[at]);
            item->setTextAlignment(Qt::Alignment(at < 2 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            setItem(row, at, item);
        }
    }
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

} // namespace evenhand::ui
