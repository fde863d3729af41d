// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/casefacts.h"

#include <algorithm>

#include "app/base/log.h"
#include "app/domain/plansettle.h"

namespace evenhand::services {

namespace {

std::optional<domain::EventPayload> payloadOf(const domain::EventHeader& header, const std::optional<std::string>& bytes)
{
    if (!bytes)
        return std::nullopt;
    auto payload = domain::decodePayload(header.type, header.typeVersion, *bytes);
    return payload ? std::optional(*std::move(payload)) : std::nullopt;
}

Delivery deliveryFrom(db::Delivery delivery)
{
    switch (delivery) {
    case db::Delivery::Pending: return Delivery::SavedHere;
    case db::Delivery::Sent: return Delivery::Sending;
    case db::Delivery::Acked: return Delivery::OnServer;
    case db::Delivery::Quarantined: return Delivery::SetAside;
    }
    return Delivery::SavedHere;
}

void addEchoes(CaseFacts& facts)
{
    for (const auto& echo : facts.detail.events) {
        auto header = domain::decodeHeader(echo.header);
        if (!header) {
            base::log::of(base::log::Area::App).warn("echo {} cannot be read", echo.id.toString());
            continue;
        }
        KnownEvent event{*std::move(header), std::nullopt, false, Delivery::OnServer, echo.verdict, echo.flags};
        event.payload = payloadOf(event.header, echo.payload);
        if (echo.verdict == "quarantined")
            event.delivery = Delivery::SetAside;
        facts.events.push_back(std::move(event));
    }
}

void applyFlag(CaseFacts& facts, const domain::FlagPayload& flag, base::Instant at)
{
    auto& flags = facts.detail.row.flags;
    if (flag.set) {
        flags.push_back({flag.kind, at, std::nullopt, flag.partyId, {}, flag.channel});
        return;
    }
    for (auto& existing : flags) {
        if (existing.kind == flag.kind && !existing.clearedAt && (!flag.partyId || existing.partyId == flag.partyId))
            existing.clearedAt = at;
    }
}

void applyContactPoint(CaseFacts& facts, const domain::ContactPointChangePayload& change)
{
    auto& points = facts.detail.contactPoints;
    facts.changedHere[change.contactPointId] = true;
    const auto known = std::ranges::find(points, change.contactPointId, &domain::ContactPointRow::id);
    if (known == points.end()) {
        if (change.added && change.value)
            points.push_back({change.contactPointId, facts.detail.row.id, change.partyId, change.kind, *change.value, change.source,
                              change.status.value_or(domain::ContactStatus::Active), std::nullopt, {}});
        return;
    }
    if (change.value)
        known->value = *change.value;
    if (change.status)
        known->status = *change.status;
}

void applyPromise(CaseFacts& facts, const KnownEvent& event, const domain::PromisePayload& promise)
{
    const auto nothing = base::Money::tryFromMinor(0, promise.amount.currency());
    const bool isAsked = promise.needs != domain::ApprovalLevel::Self;
    for (auto& earlier : facts.detail.promises) {
        const bool givesWay = std::ranges::find(promise.replaces, earlier.id) != promise.replaces.end();
        if (givesWay && !isAsked && earlier.state == domain::PromiseState::Open)
            earlier.state = domain::PromiseState::Cancelled;
    }
    facts.detail.promises.insert(facts.detail.promises.begin(),
                                 {event.header.eventId, facts.detail.row.id, promise.partyId, promise.amount, *nothing, promise.dueOn,
                                  promise.method, isAsked ? domain::PromiseState::Requested : domain::PromiseState::Open, std::nullopt, std::nullopt,
                                  promise.groupId});
    if (isAsked)
        facts.detail.promises.front().approval = domain::ApprovalRecord{promise.needs, event.header.actorId, event.header.occurredAt, promise.reason};
}

void setPlanHold(CaseFacts& facts, bool isHeld, base::Instant at)
{
    auto& flags = facts.detail.row.flags;
    const auto isHold = [](const domain::Flag& flag) { return flag.kind == domain::FlagKind::PlanInForce && !flag.clearedAt; };
    if (isHeld && std::ranges::none_of(flags, isHold))
        flags.push_back({domain::FlagKind::PlanInForce, at, std::nullopt, std::nullopt, {}, std::nullopt});
    if (isHeld)
        return;
    for (auto& flag : flags)
        if (isHold(flag))
            flag.clearedAt = at;
}

void applyPlan(CaseFacts& facts, const KnownEvent& event, const domain::PlanRequestPayload& request)
{
    const auto schedule = domain::makeSchedule(request.terms.accounts, request.terms.offer);
    if (!schedule)
        return;
    const auto& header = event.header;
    domain::PlanRow row{header.eventId, facts.detail.row.id, request.partyId, request.terms, domain::PlanState::Requested, domain::standingsOf(*schedule),
                        schedule->totalMinor, schedule->waivedInterestMinor, schedule->waivedFeesMinor, request.means, request.debtorAgreed, std::nullopt,
                        std::nullopt, domain::ApprovalRecord{request.needs, header.actorId, header.occurredAt, request.reason}};
    if (request.needs == domain::ApprovalLevel::Self) {
        row.state = request.debtorAgreed ? domain::PlanState::InForce : domain::PlanState::Approved;
        if (request.debtorAgreed)
            setPlanHold(facts, true, header.occurredAt);
    }
    facts.detail.plans.insert(facts.detail.plans.begin(), std::move(row));
}

void applyDecision(domain::PlanRow& plan, CaseFacts& facts, const domain::DecisionPayload& decision, base::Instant at)
{
    using enum domain::PlanState;
    const bool wasInForce = plan.state == InForce;
    switch (decision.decision) {
    case domain::DecisionKind::Approve: plan.state = plan.debtorAgreed ? InForce : Approved; break;
    case domain::DecisionKind::Reject: plan.state = Rejected; break;
    case domain::DecisionKind::Withdraw: plan.state = Withdrawn; break;
    case domain::DecisionKind::Agree: plan.state = InForce; break;
    case domain::DecisionKind::Cancel: plan.state = Cancelled; break;
    }
    if (wasInForce != (plan.state == InForce))
        setPlanHold(facts, !wasInForce, at);
}

void applyDecision(domain::PromiseRow& promise, const domain::DecisionPayload& decision)
{
    using enum domain::PromiseState;
    switch (decision.decision) {
    case domain::DecisionKind::Approve: promise.state = Open; break;
    case domain::DecisionKind::Reject: promise.state = Rejected; break;
    case domain::DecisionKind::Withdraw:
    case domain::DecisionKind::Cancel: promise.state = Cancelled; break;
    case domain::DecisionKind::Agree: break;
    }
}

void applyDecision(CaseFacts& facts, const KnownEvent& event, const domain::DecisionPayload& decision)
{
    for (auto& plan : facts.detail.plans) {
        if (plan.id == decision.requestId)
            applyDecision(plan, facts, decision, event.header.occurredAt);
    }
    for (auto& promise : facts.detail.promises) {
        if (promise.id == decision.requestId)
            applyDecision(promise, decision);
    }
}

/// Own events the server has not echoed yet change what is seen, exactly as the server will once it has them.
void applyOwn(CaseFacts& facts, const KnownEvent& event)
{
    if (!event.payload)
        return;
    if (const auto* flag = std::get_if<domain::FlagPayload>(&*event.payload))
        applyFlag(facts, *flag, event.header.occurredAt);
    else if (const auto* change = std::get_if<domain::ContactPointChangePayload>(&*event.payload))
        applyContactPoint(facts, *change);
    else if (const auto* promise = std::get_if<domain::PromisePayload>(&*event.payload))
        applyPromise(facts, event, *promise);
    else if (const auto* reminder = std::get_if<domain::ReminderPayload>(&*event.payload))
        facts.detail.row.nextActionAt = reminder->dueAt;
    else if (const auto* request = std::get_if<domain::PlanRequestPayload>(&*event.payload))
        applyPlan(facts, event, *request);
    else if (const auto* decision = std::get_if<domain::DecisionPayload>(&*event.payload))
        applyDecision(facts, event, *decision);
}

} // namespace

base::Result<std::optional<CaseFacts>> readCase(const db::Journal& journal, const db::CaseCache& cache, const domain::CaseId& id)
{
    EVENHAND_ASSIGN(auto detail, cache.caseDetail(id));
    if (!detail)
        return std::optional<CaseFacts>();
    EVENHAND_ASSIGN(const auto own, journal.eventsOfCase(id));
    CaseFacts facts{*std::move(detail), {}, {}, false};
    addEchoes(facts);
    for (const auto& event : own) {
        const auto echoed = std::ranges::find(facts.events, event.header.eventId, [](const KnownEvent& known) { return known.header.eventId; });
        if (echoed != facts.events.end()) {
            echoed->isOwn = true;
            continue;
        }
        KnownEvent known{event.header, payloadOf(event.header, event.envelope.payload), true, deliveryFrom(event.delivery), {}, {}};
        facts.hasUnsent |= known.delivery == Delivery::SavedHere || known.delivery == Delivery::Sending;
        applyOwn(facts, known);
        facts.events.push_back(std::move(known));
    }
    std::ranges::stable_sort(facts.events, {}, [](const KnownEvent& event) { return event.header.occurredAt; });
    return std::optional<CaseFacts>(std::move(facts));
}

} // namespace evenhand::services
