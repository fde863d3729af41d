// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/searchmodel.h"

#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"

namespace evenhand::ui {

QString SearchModel::keyOf(const services::SearchHit& row) const
{
    return q(row.caseId.toString());
}

int SearchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SearchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == BalanceColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case DebtorColumn: return tr("Debtor");
    case PortfolioColumn: return tr("Portfolio");
    case StageColumn: return tr("Days overdue");
    case BalanceColumn: return tr("Balance");
    case StatusColumn: return tr("Status");
    case ColumnCount: break;
    }
    return {};
}

QVariant SearchModel::data(const QModelIndex& index, int role) const
{
    const services::SearchHit* row = rowAt(index);
    if (!row)
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role == IdRole)
        return keyOf(*row);
    if (role == SecondLineRole)
        return index.column() == DebtorColumn ? q(row->businessNo) : index.column() == StageColumn ? q(row->stage) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(index.column())) {
    case DebtorColumn: return q(row->debtor);
    case PortfolioColumn: return q(row->portfolio);
    case StageColumn: return Format::number(row->daysPastDue);
    case BalanceColumn: return Format::money(row->balance);
    case StatusColumn: return Words::of(row->status);
    case ColumnCount: break;
    }
    return {};
}

} // namespace evenhand::ui
