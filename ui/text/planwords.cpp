// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/planwords.h"

#include <QStringList>

#include "ui/text/strings.h"

namespace evenhand::ui {

QString PlanWords::of(domain::PlanKind value)
{
    switch (value) {
    case domain::PlanKind::Instalments: return tr("Instalments");
    case domain::PlanKind::LumpSum: return tr("Lump sum");
    case domain::PlanKind::Deferral: return tr("Deferral");
    }
    return {};
}

QString PlanWords::of(domain::PlanState value)
{
    switch (value) {
    case domain::PlanState::Requested: return tr("waits for approval");
    case domain::PlanState::Approved: return tr("approved, the debtor has to agree");
    case domain::PlanState::InForce: return tr("in force");
    case domain::PlanState::Completed: return tr("completed");
    case domain::PlanState::Broken: return tr("broken");
    case domain::PlanState::Rejected: return tr("not approved");
    case domain::PlanState::Withdrawn: return tr("withdrawn");
    case domain::PlanState::Cancelled: return tr("ended");
    }
    return {};
}

QString PlanWords::of(domain::ApprovalLevel value)
{
    switch (value) {
    case domain::ApprovalLevel::Self: return tr("yourself");
    case domain::ApprovalLevel::Supervisor: return tr("a supervisor");
    case domain::ApprovalLevel::Legal: return tr("the legal department");
    }
    return {};
}

QString PlanWords::of(domain::DecisionKind value)
{
    switch (value) {
    case domain::DecisionKind::Approve: return tr("Approved");
    case domain::DecisionKind::Reject: return tr("Not approved");
    case domain::DecisionKind::Withdraw: return tr("Request withdrawn");
    case domain::DecisionKind::Agree: return tr("The debtor agreed");
    case domain::DecisionKind::Cancel: return tr("Agreement ended");
    }
    return {};
}

QString PlanWords::lookOf(domain::PlanState value)
{
    switch (value) {
    case domain::PlanState::Requested:
    case domain::PlanState::Approved: return QStringLiteral("warn");
    case domain::PlanState::InForce:
    case domain::PlanState::Completed: return QStringLiteral("allow");
    case domain::PlanState::Broken:
    case domain::PlanState::Rejected: return QStringLiteral("block");
    case domain::PlanState::Withdrawn:
    case domain::PlanState::Cancelled: return QStringLiteral("hold");
    }
    return {};
}

QString PlanWords::describe(const domain::PlanOffer& offer)
{
    QStringList parts;
    switch (offer.kind) {
    case domain::PlanKind::Instalments: parts << tr("%n instalments", nullptr, offer.months); break;
    case domain::PlanKind::LumpSum: parts << of(offer.kind); break;
    case domain::PlanKind::Deferral: parts << tr("deferred by %n months", nullptr, offer.months); break;
    }
    if (offer.interestPercent > 0)
        parts << tr("%1 % of the interest waived").arg(offer.interestPercent);
    if (offer.feesPercent > 0)
        parts << tr("%1 % of the fees waived").arg(offer.feesPercent);
    return parts.join(tr(", "));
}

QString PlanWords::rule(const std::string& code)
{
    if (code == "promise.minimum") return tr("below the least amount");
    if (code == "promise.latest") return tr("later than an agent may agree to");
    if (code == "promise.open") return tr("too many promises are open");
    if (code == "promise.over_balance") return tr("more than the balance");
    if (code == "promise.past") return tr("the day had passed");
    if (code == "promise.zero") return tr("no amount");
    if (code == "promise.currency") return tr("another currency than the debt");
    if (code == "plan.months") return tr("more instalments than an agent may agree to");
    if (code == "plan.deferral") return tr("a longer deferral than an agent may agree to");
    if (code == "plan.interest_waiver") return tr("waives interest");
    if (code == "plan.fees_waiver") return tr("waives fees");
    if (code == "plan.min_instalment") return tr("an instalment is below the least amount");
    if (code == "plan.first_due") return tr("the first day is out of range");
    if (code == "plan.outside_limits") return tr("beyond what anybody may agree to");
    if (code == "plan.impossible") return tr("no schedule can be made of these terms");
    if (code == "plan.other_total") return tr("the total is not the one the debtor was shown");
    if (code == "decision.own_request") return tr("nobody decides their own request");
    if (code == "decision.level") return tr("above the level of whoever decided");
    if (code == "decision.too_late") return tr("it was decided before");
    if (code == "decision.unknown_request") return tr("there is no such request");
    return q(code);
}

QString PlanWords::rules(const std::vector<std::string>& codes)
{
    QStringList parts;
    for (const auto& code : codes)
        parts << rule(code);
    return parts.join(tr("; "));
}

} // namespace evenhand::ui
