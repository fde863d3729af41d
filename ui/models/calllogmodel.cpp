// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/calllogmodel.h"

#include "ui/models/queuemodel.h"
#include "ui/models/timelinemodel.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"

namespace evenhand::ui {

QString CallLogModel::keyOf(const services::CallLogRow& row) const
{
    return q(row.eventId.toString());
}

int CallLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CallLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case WhenColumn: return tr("When");
    case AgentColumn: return tr("Agent");
    case DebtorColumn: return tr("Debtor");
    case OutcomeColumn: return tr("Outcome");
    case LengthColumn: return tr("Length");
    case NoteColumn: return tr("Note");
    case ColumnCount: break;
    }
    return {};
}

QString CallLogModel::secondLine(const services::CallLogRow& row, int column) const
{
    switch (Column(column)) {
    case WhenColumn: return row.delivery == services::Delivery::OnServer ? Words::of(row.direction) : deliveryText(row.delivery);
    case DebtorColumn: return q(row.caseNo);
    case OutcomeColumn: return row.rightParty ? tr("right party") : Words::of(row.result);
    case AgentColumn:
    case LengthColumn:
    case NoteColumn:
    case ColumnCount: break;
    }
    return {};
}

QVariant CallLogModel::data(const QModelIndex& index, int role) const
{
    const services::CallLogRow* row = rowAt(index);
    if (!row)
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role == IdRole)
        return keyOf(*row);
    if (role == SecondLineRole)
        return secondLine(*row, index.column());
    if (role == Qt::ToolTipRole && index.column() == NoteColumn)
        return q(row->note);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(index.column())) {
    case WhenColumn: return Format::dateTime(row->at);
    case AgentColumn: return q(row->agent);
    case DebtorColumn: return q(row->debtor);
    case OutcomeColumn: return outcomeLabel(m_outcomes, row->outcome);
    case LengthColumn: return row->durationS > 0 ? Format::duration(row->durationS) : QStringLiteral("–");
    case NoteColumn: return q(row->note).simplified();
    case ColumnCount: break;
    }
    return {};
}

} // namespace evenhand::ui
