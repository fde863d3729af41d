// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ledgermodel.h"

#include <QCoreApplication>

#include "ui/models/timelinemodel.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/synctext.h"

namespace evenhand::ui {

namespace {

class LedgerText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::LedgerModel)
};

} // namespace

QString eventTypeText(const std::string& type)
{
    if (type == "call") return LedgerText::tr("Call");
    if (type == "note") return LedgerText::tr("Note");
    if (type == "promise") return LedgerText::tr("Promise");
    if (type == "reminder") return LedgerText::tr("Call-back");
    if (type == "reveal") return LedgerText::tr("Unmasked data looked at");
    if (type == "flag") return LedgerText::tr("Flag");
    if (type == "contact_point_change") return LedgerText::tr("Contact details changed");
    if (type == "epoch_started") return LedgerText::tr("This computer enrolled");
    if (type == "draft_recovered") return LedgerText::tr("Recovered draft");
    return q(type);
}

QString LedgerModel::keyOf(const services::LedgerRow& row) const
{
    return q(row.eventId.toString());
}

int LedgerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case StateColumn: return tr("Where it is");
    case WhatColumn: return tr("What");
    case WhenColumn: return tr("Recorded");
    case CaseColumn: return tr("Case");
    case WhyColumn: return tr("Details");
    case ColumnCount: break;
    }
    return {};
}

QString LedgerModel::why(const services::LedgerRow& row) const
{
    if (row.delivery == services::Delivery::OnServer && row.deliveredAt)
        //: %1 is a day and time
        return tr("received by the server on %1").arg(Format::dateTime(*row.deliveredAt));
    if (row.delivery == services::Delivery::SetAside)
        //: %1 is the reason the server gave
        return tr("the server keeps it but does not process it: %1").arg(q(row.reason));
    if (!row.attemptOutcome.empty())
        //: %1 says why an attempt failed
        return tr("last attempt: %1").arg(SyncText::problem(row.attemptOutcome));
    return row.delivery == services::Delivery::Sending ? tr("on its way now") : tr("waits for the next round");
}

/// With what stands behind the words, for whoever has to look it up.
QString LedgerModel::whyInFull(const services::LedgerRow& row) const
{
    QStringList lines{why(row)};
    if (!row.attemptDetail.empty())
        //: %1 is what the server or the network said, in English
        lines << tr("Answer: %1").arg(q(row.attemptDetail));
    if (!row.requestId.empty())
        lines << tr("Request %1").arg(q(row.requestId));
    return lines.join(u'\n');
}

QString LedgerModel::state(const services::LedgerRow& row) const
{
    if (row.delivery != services::Delivery::OnServer)
        return deliveryText(row.delivery);
    return row.isApplied ? tr("received, in the case") : tr("received, receipt is here");
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const
{
    const services::LedgerRow* row = rowAt(index);
    if (!row)
        return {};
    if (role == LightRole && index.column() == StateColumn) {
        switch (row->delivery) {
        case services::Delivery::OnServer: return QStringLiteral("allow");
        case services::Delivery::SetAside:
        case services::Delivery::Sending: return QStringLiteral("warn");
        case services::Delivery::SavedHere: return row->attemptOutcome.empty() ? QStringLiteral("warn") : QStringLiteral("block");
        }
    }
    if (role == IdRole)
        return keyOf(*row);
    if (role == Qt::ToolTipRole && index.column() == WhyColumn)
        return whyInFull(*row);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(index.column())) {
    case StateColumn: return state(*row);
    case WhatColumn: return eventTypeText(row->type);
    case WhenColumn: return Format::dateTime(row->occurredAt);
    case CaseColumn: return q(row->caseNo);
    case WhyColumn: return why(*row);
    case ColumnCount: break;
    }
    return {};
}

} // namespace evenhand::ui
