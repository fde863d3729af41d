// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queuemodel.h"

#include "app/guidance/outcomes.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"

namespace evenhand::ui {

namespace {
constexpr int kMissedAfterS = 900;
}

QString reasonOf(const services::ContactLight& light)
{
    const auto wanted = light.reason.find(packLanguage());
    if (wanted != light.reason.end())
        return q(wanted->second);
    return light.reason.empty() ? QString() : q(light.reason.begin()->second);
}

QString lookOf(const services::ContactLight& light)
{
    return light.known ? lookOf(light.level) : QStringLiteral("unknown");
}

QString outcomeLabel(const guidance::OutcomeSet* outcomes, const std::string& code)
{
    const guidance::Outcome* outcome = outcomes ? outcomes->find(code) : nullptr;
    if (!outcome)
        return q(code);
    const auto label = outcome->label.find(packLanguage());
    return q(label != outcome->label.end() ? label->second : code);
}

QueueModel::QueueModel(const base::Clock& clock, QObject* parent) : TableModel(parent), m_clock(clock) {}

QString QueueModel::keyOf(const services::QueueRow& row) const
{
    return q(row.caseId.toString());
}

int QueueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool right = section == DpdColumn || section == BalanceColumn || section == OverdueColumn;
    if (role == Qt::TextAlignmentRole)
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case LightColumn: return tr("Light");
    case DebtorColumn: return tr("Debtor");
    case NextColumn: return tr("Next step");
    case DpdColumn: return tr("Days overdue");
    case BalanceColumn: return tr("Balance");
    case OverdueColumn: return tr("Overdue");
    case LastColumn: return tr("Last contact");
    case CreditorColumn: return tr("Creditor");
    case ColumnCount: break;
    }
    return {};
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    const services::QueueRow* row = rowAt(index);
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole: return display(*row, index.column());
    case SecondLineRole: return secondLine(*row, index.column());
    case IdRole: return keyOf(*row);
    case LightRole: return index.column() == LightColumn ? lookOf(row->light) : QVariant();
    case BadgeRole: return index.column() == DebtorColumn && row->hasUnsent ? tr("not sent yet") : QVariant();
    case Qt::TextAlignmentRole: return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ToolTipRole: return index.column() == LightColumn ? reasonOf(row->light) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == LightColumn)
            return row->light.known ? QString(Words::of(row->light.level) + u' ' + reasonOf(row->light)) : tr("Not judged yet");
        return QString(display(*row, index.column()) + u' ' + secondLine(*row, index.column()));
    default: return {};
    }
}

QString QueueModel::display(const services::QueueRow& row, int column) const
{
    switch (Column(column)) {
    case DebtorColumn: return q(row.debtor);
    case NextColumn: return nextAction(row);
    case DpdColumn: return QString::number(row.daysPastDue);
    case BalanceColumn: return Format::money(row.balance);
    case OverdueColumn: return Format::money(row.overdue);
    case LastColumn: return row.lastContactAt ? Format::ago(*row.lastContactAt, m_clock.now()) : tr("never");
    case CreditorColumn: return q(row.creditor);
    case LightColumn:
    case ColumnCount: break;
    }
    return {};
}

QString QueueModel::secondLine(const services::QueueRow& row, int column) const
{
    switch (Column(column)) {
    case DebtorColumn: return q(row.businessNo);
    case NextColumn:
        if (row.light.known && row.light.level != compliance::Verdict::Allow)
            return reasonOf(row.light);
        return q(row.hotNote);
    case DpdColumn: return q(row.stage);
    case LastColumn: return row.lastOutcome.empty() ? QString() : outcomeLabel(m_outcomes, row.lastOutcome);
    case CreditorColumn: return q(row.portfolio);
    case LightColumn:
    case BalanceColumn:
    case OverdueColumn:
    case ColumnCount: break;
    }
    return {};
}

QString QueueModel::nextAction(const services::QueueRow& row) const
{
    using services::BucketKind;
    switch (row.bucket) {
    case BucketKind::CallbackDue:
        //: %1 is a time
        if (row.dueAt && row.dueAt->plusSeconds(kMissedAfterS) < m_clock.now())
            //: %1 is a time
            return tr("Missed call-back of %1").arg(Format::shortTime(*row.dueAt, m_clock.now()));
        //: %1 is a time
        return row.dueAt ? tr("Call back %1").arg(Format::shortTime(*row.dueAt, m_clock.now())) : tr("Call back");
    case BucketKind::PromiseBroken:
        //: %1 is an amount
        return row.promise ? tr("Promise of %1 broken").arg(Format::money(row.promise->amount)) : tr("Promise broken");
    case BucketKind::PromiseDue:
        //: %1 is an amount, %2 a day
        return row.promise ? tr("Promise of %1 due %2").arg(Format::money(row.promise->amount), Format::date(row.promise->dueOn)) : tr("Promise due");
    case BucketKind::Priority: return tr("Call");
    case BucketKind::HeldOut:
        //: %1 is a time
        return row.light.nextAllowedAt ? tr("Not before %1").arg(Format::shortTime(*row.light.nextAllowedAt, m_clock.now())) : tr("Not until the hold is lifted");
    case BucketKind::Worked: return tr("Done today");
    }
    return {};
}

} // namespace evenhand::ui
