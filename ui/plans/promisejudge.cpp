// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/promisejudge.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/text/format.h"
#include "ui/text/planwords.h"

namespace evenhand::ui {

namespace {

struct PromiseJudgeText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::PromiseJudge)
};

} // namespace

PromiseJudge::PromiseJudge(const services::CaseView& view, const services::ActivePacks* packs, base::Date today) : m_balance(view.balance), m_today(today)
{
    if (packs) {
        m_rules = domain::promiseRulesOf(packs->agreements);
        m_calendar.daysOff = packs->daysOff;
    } else {
        m_rules = domain::promiseRulesOf({});
    }
    for (const auto& promise : view.promises)
        if (promise.state == domain::PromiseState::Open)
            m_open.push_back(promise);
}

std::vector<domain::PromiseFinding> PromiseJudge::findings(const base::Money& amount, const base::Date& due) const
{
    return domain::checkPromise({amount, due}, m_balance, m_today, 0, m_rules, m_calendar);
}

QString PromiseJudge::notes(const base::Money& amount, const base::Date& due) const
{
    QStringList lines;
    const auto found = findings(amount, due);
    if (const auto needed = domain::levelNeeded(found)) {
        std::vector<std::string> rules;
        for (const auto& finding : found)
            if (finding.level == domain::PromiseFinding::Level::NeedsApproval)
                rules.push_back(finding.rule);
        //: %1 is who: "a supervisor"; %2 why
        lines << PromiseJudgeText::tr("Needs the approval of %1: %2.").arg(PlanWords::of(*needed), PlanWords::rules(rules));
    }
    for (const auto& finding : found)
        if (finding.rule == "promise.holiday")
            lines << PromiseJudgeText::tr("A public holiday: banks may book later.");
    for (const auto& promise : m_open)
        //: %1 is an amount, %2 a day
        lines << PromiseJudgeText::tr("Takes the place of %1 by %2.").arg(Format::money(promise.amount), Format::date(promise.dueOn));
    return lines.join(u'\n');
}

services::PromiseDraft PromiseJudge::complete(services::PromiseDraft draft, const std::string& reason) const
{
    const auto needed = domain::levelNeeded(findings(draft.amount, draft.dueOn));
    draft.needs = needed.value_or(domain::ApprovalLevel::Self);
    if (needed)
        draft.reason = base::SensitiveText(reason);
    for (const auto& promise : m_open)
        draft.replaces.push_back(promise.id);
    return draft;
}

} // namespace evenhand::ui
