// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/caseagreements.h"

#include <algorithm>
#include <tuple>

namespace evenhand::server {

using base::Date;
using base::Result;
using domain::PlanState;
using domain::PromiseState;

namespace {

// A promise of before the day was kept with it; payments of so long before its due day were meant for it.
constexpr int kDaysBeforeDue = 31;

bool isJudged(PromiseState state)
{
    return state == PromiseState::Open || state == PromiseState::Kept || state == PromiseState::PartlyKept || state == PromiseState::Broken;
}

bool wasAgreed(const domain::PlanRow& plan)
{
    return plan.agreedOn && (plan.state == PlanState::InForce || plan.state == PlanState::Completed || plan.state == PlanState::Broken);
}

std::vector<domain::ReceivedPayment> received(const std::vector<domain::PaymentRow>& rows)
{
    std::vector<domain::ReceivedPayment> payments;
    for (const auto& row : rows) {
        const auto reversedOn = row.reversed ? std::optional(row.reversedOn.value_or(row.paidOn)) : std::nullopt;
        payments.push_back({row.id.toString(), row.paidOn, row.amount, reversedOn});
    }
    // Rows come in the order of their import; the same payments must mean the same whatever that was.
    std::ranges::sort(payments, {}, [](const domain::ReceivedPayment& one) { return std::tie(one.on, one.id); });
    return payments;
}

template <class T>
T* findById(std::vector<T>& rows, const domain::EventId& id)
{
    const auto found = std::ranges::find(rows, id, &T::id);
    return found == rows.end() ? nullptr : &*found;
}

template <class T, class Id>
void keep(std::vector<T>& rows, T row, Id T::*id)
{
    const auto found = std::ranges::find(rows, row.*id, id);
    if (found == rows.end())
        rows.push_back(std::move(row));
    else
        *found = std::move(row);
}

} // namespace

domain::PlanPatience patienceOf(const std::vector<domain::AgreementRules>& rules)
{
    const auto promises = domain::promiseRulesOf(rules);
    domain::PlanPatience patience{promises.graceDays, promises.toleranceMinor};
    if (!rules.empty())
        patience.mostMissed = std::ranges::max_element(rules, {}, [](const auto& one) { return one.plans.mostMissed; })->plans.mostMissed;
    return patience;
}

Result<CaseAgreements> CaseAgreements::load(Store& store, const domain::CaseId& id, std::int64_t seq)
{
    CaseAgreements agreements(store, id, seq);
    EVENHAND_ASSIGN(agreements.m_rules, store.agreements().rules());
    EVENHAND_ASSIGN(const auto rows, store.rows().listOfCase(id));
    for (const auto& row : rows)
        EVENHAND_TRY(agreements.readRow(row));
    agreements.m_hadPlanInForce = std::ranges::any_of(agreements.m_plans, [](const auto& plan) { return plan.state == PlanState::InForce; });
    return agreements;
}

Result<> CaseAgreements::readRow(const ProjectionRow& row)
{
    const auto body = [&row] { return base::parseJson(row.body.value_or("")); };
    if (row.kind == domain::kind::kCase) {
        EVENHAND_ASSIGN(const auto json, body());
        EVENHAND_ASSIGN(m_case, domain::caseFromJson(m_id, json));
    } else if (row.kind == domain::kind::kParty) {
        EVENHAND_ASSIGN(const auto json, body());
        EVENHAND_ASSIGN(const auto party, domain::partyFromJson(domain::PartyId(row.id), m_id, json));
        const auto zone = base::TimeZone::tryFromName(party.timeZone);
        if (party.role == domain::PartyRole::Debtor && zone)
            m_zone = *zone;
    } else if (row.kind == domain::kind::kPromise) {
        EVENHAND_ASSIGN(const auto json, body());
        EVENHAND_ASSIGN(auto promise, domain::promiseFromJson(domain::EventId(row.id), m_id, json));
        m_promises.push_back(std::move(promise));
    } else if (row.kind == domain::kind::kPlan) {
        EVENHAND_ASSIGN(const auto json, body());
        EVENHAND_ASSIGN(auto plan, domain::planFromJson(domain::EventId(row.id), m_id, json));
        m_plans.push_back(std::move(plan));
    } else if (row.kind == domain::kind::kPayment) {
        EVENHAND_ASSIGN(const auto json, body());
        EVENHAND_ASSIGN(auto payment, domain::paymentFromJson(row.id, m_id, json));
        m_payments.push_back(std::move(payment));
    }
    return {};
}

domain::PromiseRow* CaseAgreements::findPromise(const domain::EventId& id) { return findById(m_promises, id); }
domain::PlanRow* CaseAgreements::findPlan(const domain::EventId& id) { return findById(m_plans, id); }

Result<> CaseAgreements::write(const char* kind, const base::Uuid& id, const base::Json& body)
{
    m_wrote = true;
    return m_store.rows().put({kind, id, m_id, m_seq, base::canonical(body)});
}

Result<> CaseAgreements::put(domain::PromiseRow row)
{
    EVENHAND_TRY(write(domain::kind::kPromise, row.id.uuid(), domain::toJson(row)));
    keep(m_promises, std::move(row), &domain::PromiseRow::id);
    return {};
}

Result<> CaseAgreements::put(domain::PlanRow row)
{
    EVENHAND_TRY(write(domain::kind::kPlan, row.id.uuid(), domain::toJson(row)));
    keep(m_plans, std::move(row), &domain::PlanRow::id);
    return {};
}

Result<> CaseAgreements::put(domain::PaymentRow row)
{
    EVENHAND_TRY(write(domain::kind::kPayment, row.id, domain::toJson(row)));
    keep(m_payments, std::move(row), &domain::PaymentRow::id);
    return {};
}

void CaseAgreements::waitFor(std::optional<Date> day)
{
    if (day && (!m_nextDay || *day < *m_nextDay))
        m_nextDay = day;
}

Result<bool> CaseAgreements::settle(base::Instant at)
{
    const auto today = dayAt(at);
    m_nextDay.reset();
    EVENHAND_TRY(settlePromises(today, domain::promiseRulesOf(m_rules)));
    EVENHAND_TRY(settlePlans(today, patienceOf(m_rules)));
    EVENHAND_TRY(setHold(at));
    EVENHAND_TRY(m_store.agreements().setDueAt(m_id, m_nextDay ? std::optional(m_zone.instantOf(*m_nextDay, 0)) : std::nullopt));
    return m_wrote;
}

Result<> CaseAgreements::settlePromises(Date today, const domain::PromiseRules& rules)
{
    std::vector<domain::PromiseTerms> terms;
    std::vector<domain::PromiseRow*> judged;
    for (auto& row : m_promises) {
        if (!isJudged(row.state))
            continue;
        judged.push_back(&row);
        terms.push_back({row.id.toString(), row.madeOn.value_or(row.dueOn.plusDays(-kDaysBeforeDue)), row.dueOn, row.amount, std::nullopt});
    }
    const auto standings = domain::judgePromises(terms, received(m_payments), today, rules);
    for (std::size_t i = 0; i < standings.size(); ++i) {
        auto& row = *judged[i];
        const auto& standing = standings[i];
        if (standing.state == PromiseState::Open)
            waitFor(standing.deadline.plusDays(1));
        const auto paid = *base::Money::tryFromMinor(standing.paidMinor, row.amount.currency());
        if (row.state == standing.state && row.paid == paid && row.deadline == standing.deadline)
            continue;
        row.state = standing.state;
        row.paid = paid;
        row.deadline = standing.deadline;
        EVENHAND_TRY(write(domain::kind::kPromise, row.id.uuid(), domain::toJson(row)));
    }
    return {};
}

Result<> CaseAgreements::settlePlans(Date today, const domain::PlanPatience& patience)
{
    const auto payments = received(m_payments);
    for (auto& row : m_plans) {
        if (!wasAgreed(row))
            continue;
        auto standing = domain::settlePlan(domain::scheduleOf(row), row.terms.currency, *row.agreedOn, payments, today, patience);
        waitFor(standing.nextChangeOn);
        const auto before = domain::toJson(row);
        row.state = standing.state;
        row.instalments = std::move(standing.instalments);
        row.endedOn = standing.endedOn;
        if (const auto after = domain::toJson(row); after != before)
            EVENHAND_TRY(write(domain::kind::kPlan, row.id.uuid(), after));
    }
    return {};
}

// The hold follows the plan; a flag that somebody set by hand while no plan of ours was in force is left alone.
Result<> CaseAgreements::setHold(base::Instant at)
{
    const bool isInForce = std::ranges::any_of(m_plans, [](const auto& plan) { return plan.state == PlanState::InForce; });
    if (!m_case || isInForce == m_hadPlanInForce)
        return {};
    m_hadPlanInForce = isInForce;
    const auto isHold = [](const domain::Flag& flag) { return flag.kind == domain::FlagKind::PlanInForce && !flag.clearedAt && !flag.partyId; };
    if (isInForce) {
        if (std::ranges::any_of(m_case->flags, isHold))
            return {};
        // Since the word that brought it about, not since the server heard of it: a workstation's clock may be behind the server's.
        auto since = at;
        for (const auto& plan : m_plans) {
            const auto said = plan.approval.decidedAt.value_or(plan.approval.requestedAt);
            if (plan.state == PlanState::InForce && plan.agreedOn == dayAt(said))
                since = std::min(since, said);
        }
        m_case->flags.push_back({domain::FlagKind::PlanInForce, since, std::nullopt, std::nullopt, {}, std::nullopt});
    } else {
        for (auto& flag : m_case->flags)
            if (isHold(flag))
                flag.clearedAt = at;
    }
    return write(domain::kind::kCase, m_id.uuid(), domain::toJson(*m_case));
}

} // namespace evenhand::server
