// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/requestmodel.h"

#include "ui/text/format.h"
#include "ui/text/planwords.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

base::Money amountOf(const services::RequestView& request)
{
    if (request.promise)
        return request.promise->amount;
    const auto& row = request.plan->row;
    return base::Money::tryFromMinor(row.totalMinor, row.terms.currency).value_or(request.balance);
}

QString RequestModel::keyOf(const services::RequestView& row) const
{
    return q(row.id.toString());
}

int RequestModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == AmountColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case SinceColumn: return tr("Waits since");
    case DebtorColumn: return tr("Debtor");
    case WhatColumn: return tr("Asked for");
    case AmountColumn: return tr("Amount");
    case ByColumn: return tr("By");
    case NeedsColumn: return tr("Needs");
    case ColumnCount: break;
    }
    return {};
}

QString RequestModel::text(const services::RequestView& row, int column) const
{
    switch (Column(column)) {
    case SinceColumn: return Format::ago(row.approval.requestedAt, m_clock.now());
    case DebtorColumn: return q(row.debtor);
    //: %1 is a day
    case WhatColumn: return row.plan ? PlanWords::describe(row.plan->row.terms.offer) : tr("Promise by %1").arg(Format::date(row.promise->dueOn));
    case AmountColumn: return Format::money(amountOf(row));
    case ByColumn: return row.isOwn ? tr("you") : q(row.requestedBy);
    case NeedsColumn: return PlanWords::of(row.approval.needs);
    case ColumnCount: break;
    }
    return {};
}

QString RequestModel::secondLine(const services::RequestView& row, int column) const
{
    switch (Column(column)) {
    case SinceColumn: return Format::dateTime(row.approval.requestedAt);
    case DebtorColumn: return q(row.businessNo);
    case WhatColumn: return PlanWords::rules(row.approval.rules);
    //: %1 is an amount
    case AmountColumn: return tr("of %1").arg(Format::money(row.balance));
    case ByColumn:
    case NeedsColumn:
    case ColumnCount: break;
    }
    return {};
}

QVariant RequestModel::data(const QModelIndex& index, int role) const
{
    const services::RequestView* row = rowAt(index);
    if (!row)
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role == IdRole)
        return keyOf(*row);
    if (role == SecondLineRole)
        return secondLine(*row, index.column());
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && index.column() == WhatColumn))
        return role == Qt::ToolTipRole ? QString(text(*row, WhatColumn) + u'\n' + secondLine(*row, WhatColumn)) : text(*row, index.column());
    return {};
}

} // namespace evenhand::ui
