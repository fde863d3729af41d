// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timelinemodel.h"

#include <QCoreApplication>

#include "ui/models/queuemodel.h"
#include "ui/text/format.h"
#include "ui/text/planwords.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"

namespace evenhand::ui {

namespace {

QString iconOf(const services::TimelineItem& item)
{
    using services::TimelineKind;
    switch (item.kind) {
    case TimelineKind::Call: return item.durationS > 0 || item.rightParty ? QStringLiteral("phone") : QStringLiteral("phone-off");
    case TimelineKind::Message: return QStringLiteral("message");
    case TimelineKind::Visit: return QStringLiteral("visit");
    case TimelineKind::Note: return QStringLiteral("note");
    case TimelineKind::Promise: return QStringLiteral("promise");
    case TimelineKind::Payment: return QStringLiteral("payment");
    case TimelineKind::Reminder: return QStringLiteral("clock");
    case TimelineKind::Flag: return QStringLiteral("flag");
    case TimelineKind::Reveal: return QStringLiteral("eye");
    case TimelineKind::ContactPointChange: return QStringLiteral("user");
    case TimelineKind::DraftRecovered: return QStringLiteral("history");
    case TimelineKind::PlanRequest: return QStringLiteral("calendar");
    case TimelineKind::Decision: return QStringLiteral("check");
    case TimelineKind::Recording: return QStringLiteral("mic");
    case TimelineKind::Review: return QStringLiteral("play");
    case TimelineKind::Other: return QStringLiteral("status");
    }
    return {};
}

QString annotationLook(const services::TimelineItem& item)
{
    if (item.annotation == "outside_rules" || item.annotation == "rejected")
        return QStringLiteral("block");
    if (item.annotation == "needs_approval" || item.delivery == services::Delivery::SetAside)
        return QStringLiteral("warn");
    return item.delivery == services::Delivery::OnServer ? QString() : QStringLiteral("warn");
}

} // namespace

QString deliveryText(services::Delivery delivery)
{
    switch (delivery) {
    case services::Delivery::SavedHere: return QCoreApplication::translate("evenhand::ui::TimelineModel", "saved here");
    case services::Delivery::Sending: return QCoreApplication::translate("evenhand::ui::TimelineModel", "being sent");
    case services::Delivery::OnServer: return QCoreApplication::translate("evenhand::ui::TimelineModel", "on the server");
    case services::Delivery::SetAside: return QCoreApplication::translate("evenhand::ui::TimelineModel", "set aside by the server");
    }
    return {};
}

void TimelineModel::setItems(std::vector<services::TimelineItem> items)
{
    beginResetModel();   // a list that is read, not worked in: no selection to keep
    m_items = std::move(items);
    endResetModel();
}

void TimelineModel::setOutcomes(const guidance::OutcomeSet* outcomes)
{
    m_outcomes = outcomes;
    refreshTexts();
}

void TimelineModel::setAmountsMasked(bool masked)
{
    m_amountsMasked = masked;
    refreshTexts();
}

void TimelineModel::refreshTexts()
{
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(int(m_items.size()) - 1));
}

int TimelineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_items.size()))
        return {};
    const services::TimelineItem& item = m_items[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return headline(item);
    case MetaRole: return meta(item);
    case BodyRole: return body(item);
    case IconRole: return iconOf(item);
    case StateRole:
        if (!item.annotation.empty() && item.annotation != "accepted")
            return Words::annotation(item.annotation);
        return item.delivery == services::Delivery::OnServer ? QString() : deliveryText(item.delivery);
    case StateLookRole: return annotationLook(item);
    case IdRole: return q(item.id);
    case AskedRole: return item.gateVerdict.has_value();
    case Qt::ToolTipRole: return item.gateVerdict ? tr("Enter: why was this allowed?") : QString();
    case Qt::AccessibleTextRole: return QString(headline(item) + QStringLiteral(". ") + meta(item) + QStringLiteral(". ") + q(item.text));
    default: return {};
    }
}

QString TimelineModel::body(const services::TimelineItem& item) const
{
    QStringList lines;
    for (const auto* text : {&item.text, &item.content, &item.annotationText})
        if (!text->empty())
            lines << q(*text);
    // What limit was exceeded, or why a decision did not count; other remarks of the server are for the call log.
    std::vector<std::string> rules;
    for (const auto& flag : item.ruleFlags)
        if (flag.starts_with("promise.") || flag.starts_with("plan.") || flag.starts_with("decision."))
            rules.push_back(flag);
    if (!rules.empty())
        lines << PlanWords::rules(rules);
    return lines.join(u'\n');
}

QString TimelineModel::amount(const services::TimelineItem& item) const
{
    if (!item.amount)
        return {};
    return m_amountsMasked ? Format::maskedMoney(*item.amount) : Format::money(*item.amount);
}

QString TimelineModel::headline(const services::TimelineItem& item) const
{
    using services::TimelineKind;
    const QString day = item.day ? Format::date(*item.day) : QString();
    switch (item.kind) {
    case TimelineKind::Call:
    case TimelineKind::Message:
    case TimelineKind::Visit: {
        const QString what = !item.outcome.empty() ? outcomeLabel(m_outcomes, item.outcome) : item.result ? Words::of(*item.result) : QString();
        //: %1 is the channel (Call), %2 what came of it
        return what.isEmpty() ? Words::of(item.channel) : tr("%1: %2").arg(Words::of(item.channel), what);
    }
    case TimelineKind::Note: return tr("Note");
    //: %1 is an amount, %2 a day
    case TimelineKind::Promise: return tr("Promised %1 by %2").arg(amount(item), day);
    //: %1 is an amount
    case TimelineKind::Payment: return item.isReversed ? tr("Payment of %1 was reversed").arg(amount(item)) : tr("Paid %1").arg(amount(item));
    //: %1 is a day and time
    case TimelineKind::Reminder: return item.dueAt ? tr("Call back on %1").arg(Format::dateTime(*item.dueAt)) : tr("Call back");
    case TimelineKind::Flag:
        if (!item.flag)
            return tr("Flag");
        //: %1 is a flag such as "Disputed"
        return item.flagSet ? tr("%1: set").arg(Words::of(*item.flag)) : tr("%1: lifted").arg(Words::of(*item.flag));
    case TimelineKind::Reveal: return tr("Looked at unmasked data");
    case TimelineKind::ContactPointChange: return tr("Contact details changed");
    case TimelineKind::DraftRecovered: return tr("Recovered draft");
    //: %1 says what was asked for ("6 instalments"), %2 is the sum of it
    case TimelineKind::PlanRequest: return item.plan ? tr("Plan asked for: %1, %2").arg(PlanWords::describe(item.plan->offer), amount(item)) : tr("Plan asked for");
    case TimelineKind::Decision: return item.decision ? PlanWords::of(*item.decision) : QString();
    case TimelineKind::Recording: return item.field == "recovered" ? tr("Recording, recovered after a crash") : tr("Recording");
    case TimelineKind::Review:
        return item.field == "export" ? tr("Recording exported") : item.field == "comment" ? tr("Comment on the recording") : tr("Recording played");
    case TimelineKind::Other: return q(item.rawType);
    }
    return {};
}

QString TimelineModel::meta(const services::TimelineItem& item) const
{
    QStringList parts;
    parts << (item.kind == services::TimelineKind::Payment && item.day ? Format::date(*item.day) : Format::dateTime(item.at));
    if (!item.actor.empty())
        parts << q(item.actor);
    if (item.partyRole)
        parts << Words::of(*item.partyRole);
    if (!item.contactPoint.empty())
        parts << q(item.contactPoint);
    if (item.durationS > 0)
        parts << Format::duration(item.durationS);
    if (item.rightParty)
        parts << tr("right party");
    if (!item.overrideReason.empty() && item.gateVerdict)
        //: %1 is a verdict such as "warning", %2 the reason somebody gave for going on
        parts << tr("in spite of \"%1\": %2").arg(Words::of(*item.gateVerdict), Words::overrideReason(item.overrideReason));
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace evenhand::ui
