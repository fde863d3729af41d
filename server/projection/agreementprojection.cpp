// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "server/projection/projection.h"

// What promises, plan requests and decisions about them do to a case (docs/promises-and-plans.md).
namespace evenhand::server {

using base::Result;
using domain::ApprovalLevel;
using domain::DecisionKind;
using domain::PlanState;
using domain::PromiseState;
using Level = domain::PromiseFinding::Level;

namespace {

domain::UserId nobody() { return domain::UserId(base::Uuid(std::array<std::uint8_t, 16>{})); }

// Whose word the decision is: one's own, or that of somebody outside whose written decision is named.
ApprovalLevel authorityOf(domain::UserRole role, const domain::DecisionPayload& decision)
{
    const auto own = domain::levelOf(role);
    const bool isOnRecord = own >= ApprovalLevel::Supervisor && decision.authority == ApprovalLevel::Legal && !decision.reference.empty();
    return isOnRecord ? ApprovalLevel::Legal : own;
}

int openAgreements(const CaseAgreements& agreements, const domain::PromisePayload& promise)
{
    // The parts of one agreement count once: the debtor made one promise.
    std::set<domain::EventId> open;
    for (const auto& row : agreements.promises()) {
        const bool isReplaced = std::ranges::find(promise.replaces, row.id) != promise.replaces.end();
        const bool isSamePromise = promise.groupId && (row.id == *promise.groupId || row.groupId == promise.groupId);
        if (row.state == PromiseState::Open && !isReplaced && !isSamePromise)
            open.insert(row.groupId.value_or(row.id));
    }
    return static_cast<int>(open.size());
}

} // namespace

void Projection::reject(const char* why)
{
    m_status = "rejected";
    m_remarks.emplace_back(why);
}

Result<domain::UserRole> Projection::roleOfActor() const
{
    if (!m_event.actorId)
        return domain::UserRole::Agent;
    EVENHAND_ASSIGN(const auto user, m_store.users().find(*m_event.actorId));
    return user ? user->role : domain::UserRole::Agent;
}

Projection::Judged Projection::judge(const domain::PromisePayload& promise, const CaseAgreements& agreements, domain::UserRole role) const
{
    Judged judged;
    const auto& balance = agreements.caseRow()->balance;
    const auto findings = domain::checkPromise({promise.amount, promise.dueOn}, balance, agreements.dayAt(m_event.occurredAt),
                                               openAgreements(agreements, promise), domain::promiseRulesOf(agreements.rules()), {}, domain::levelOf(role));
    judged.needs = domain::levelNeeded(findings);
    // A workstation may have a site's stricter rules; that it asks is reason enough to wait for an answer.
    if (promise.needs > judged.needs.value_or(ApprovalLevel::Self) && promise.needs > domain::levelOf(role))
        judged.needs = promise.needs;
    for (const auto& finding : findings) {
        if (finding.level == Level::NeedsApproval)
            judged.rules.push_back(finding.rule);
        else if (finding.level == Level::Refused)
            judged.breaches.push_back(finding.rule);
    }
    return judged;
}

// An earlier open promise gives way when the later one says so, or when its author could not know of it: two people were talking to the
// debtor, and the later server_seq is current.
Result<bool> Projection::takesPlace(const domain::PromisePayload& promise, const domain::PromiseRow& earlier) const
{
    if (earlier.state != PromiseState::Open)
        return false;
    if (promise.groupId && (earlier.id == *promise.groupId || earlier.groupId == promise.groupId))
        return false;
    if (std::ranges::find(promise.replaces, earlier.id) != promise.replaces.end())
        return true;
    EVENHAND_ASSIGN(const auto event, m_store.events().find(earlier.id));
    if (!event || !m_contextVersion)
        return true;
    return event->deviceId != m_event.deviceId && event->serverSeq > *m_contextVersion;
}

Result<> Projection::supersede(CaseAgreements& agreements, const domain::PromisePayload& promise, const domain::EventId& id)
{
    const auto before = agreements.promises();
    for (auto earlier : before) {
        EVENHAND_ASSIGN(const bool givesWay, takesPlace(promise, earlier));
        if (earlier.id == id || !givesWay)
            continue;
        earlier.state = PromiseState::Cancelled;
        EVENHAND_TRY(agreements.put(earlier));
        EVENHAND_TRY(annotate({earlier.id, "superseded", {}, std::nullopt, id, m_event.receivedAt}));
    }
    return {};
}

Result<> Projection::on(const domain::PromisePayload& promise)
{
    EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(m_store, m_case, m_event.serverSeq));
    EVENHAND_ASSIGN(const auto role, roleOfActor());
    const auto judged = agreements.caseRow() ? judge(promise, agreements, role) : Judged{};
    const auto zero = *base::Money::tryFromMinor(0, promise.amount.currency());
    domain::PromiseRow row{m_event.eventId, m_case, promise.partyId, promise.amount, zero, promise.dueOn, promise.method, PromiseState::Open,
                           agreements.dayAt(m_event.occurredAt), std::nullopt, promise.groupId, std::nullopt};
    if (judged.needs) {
        row.state = PromiseState::Requested;
        row.approval = domain::ApprovalRecord{*judged.needs, m_event.actorId.value_or(nobody()), m_event.occurredAt, promise.reason, judged.rules};
        m_status = "needs_approval";
        m_remarks = judged.rules;
    } else {
        EVENHAND_TRY(supersede(agreements, promise, row.id));
        if (!judged.breaches.empty()) {
            m_status = "outside_rules";
            m_remarks = judged.breaches;
        }
    }
    EVENHAND_TRY(agreements.put(std::move(row)));
    EVENHAND_TRY(agreements.settle(m_event.receivedAt));
    return {};
}

Result<> Projection::cancelOpenPromises(CaseAgreements& agreements)
{
    const auto before = agreements.promises();
    for (auto promise : before) {
        if (promise.state != PromiseState::Open && promise.state != PromiseState::Requested)
            continue;
        promise.state = PromiseState::Cancelled;
        EVENHAND_TRY(agreements.put(promise));
        EVENHAND_TRY(annotate({promise.id, "superseded", {}, std::nullopt, m_event.eventId, m_event.receivedAt}));
    }
    return {};
}

// One plan at a time: the new one takes the place of an earlier one, and of the promises it was agreed instead of.
Result<> Projection::comeIntoForce(CaseAgreements& agreements, domain::PlanRow& plan)
{
    const auto today = agreements.dayAt(m_event.occurredAt);
    const auto before = agreements.plans();
    for (auto earlier : before) {
        if (earlier.id == plan.id || domain::isEnd(earlier.state))
            continue;
        earlier.state = earlier.state == PlanState::InForce ? PlanState::Cancelled : PlanState::Withdrawn;
        earlier.endedOn = today;
        EVENHAND_TRY(agreements.put(earlier));
        EVENHAND_TRY(annotate({earlier.id, "superseded", {}, std::nullopt, plan.id, m_event.receivedAt}));
    }
    EVENHAND_TRY(cancelOpenPromises(agreements));
    plan.state = PlanState::InForce;
    plan.agreedOn = today;
    return {};
}

Result<> Projection::on(const domain::PlanRequestPayload& request)
{
    const auto schedule = domain::makeSchedule(request.terms.accounts, request.terms.offer);
    if (!schedule) {
        reject("plan.impossible");
        return {};
    }
    EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(m_store, m_case, m_event.serverSeq));
    EVENHAND_ASSIGN(const auto role, roleOfActor());
    auto verdict = domain::judgePlan(request.terms.offer, *schedule, agreements.rules(), role, agreements.dayAt(m_event.occurredAt));
    if (request.needs > verdict.needsApproval.value_or(ApprovalLevel::Self) && request.needs > domain::levelOf(role))
        verdict.needsApproval = request.needs;
    domain::ApprovalRecord approval{verdict.needsApproval.value_or(ApprovalLevel::Self), m_event.actorId.value_or(nobody()), m_event.occurredAt, request.reason, {}};
    for (const auto& reason : verdict.reasons)
        approval.rules.push_back(reason.rule);
    domain::PlanRow row{m_event.eventId, m_case, request.partyId, request.terms, PlanState::Requested, domain::standingsOf(*schedule), schedule->totalMinor,
                        schedule->waivedInterestMinor, schedule->waivedFeesMinor, request.means, request.debtorAgreed, std::nullopt, std::nullopt, std::move(approval)};
    if (schedule->totalMinor != request.totalMinor) {   // what the debtor was shown is not what these terms come to
        row.debtorAgreed = false;
        m_remarks.emplace_back("plan.other_total");
    }
    if (!verdict.allowed) {
        row.state = PlanState::Rejected;
        reject("plan.outside_limits");
        m_remarks.insert(m_remarks.end(), row.approval.rules.begin(), row.approval.rules.end());
    } else if (verdict.needsApproval) {
        m_status = "needs_approval";
        m_remarks.insert(m_remarks.end(), row.approval.rules.begin(), row.approval.rules.end());
    } else if (row.debtorAgreed) {
        EVENHAND_TRY(comeIntoForce(agreements, row));
    } else {
        row.state = PlanState::Approved;
    }
    EVENHAND_TRY(agreements.put(std::move(row)));
    EVENHAND_TRY(agreements.settle(m_event.receivedAt));
    return {};
}

Result<> Projection::on(const domain::DecisionPayload& decision)
{
    EVENHAND_ASSIGN(auto agreements, CaseAgreements::load(m_store, m_case, m_event.serverSeq));
    if (auto* plan = agreements.findPlan(decision.requestId))
        EVENHAND_TRY(decide(agreements, *plan, decision));
    else if (auto* promise = agreements.findPromise(decision.requestId))
        EVENHAND_TRY(decide(agreements, *promise, decision));
    else
        reject("decision.unknown_request");
    EVENHAND_TRY(agreements.settle(m_event.receivedAt));
    return {};
}

// Four eyes: nobody approves what they asked for, and nobody decides above their own level.
Result<bool> Projection::mayDecide(const domain::ApprovalRecord& record, const domain::DecisionPayload& decision)
{
    EVENHAND_ASSIGN(const auto role, roleOfActor());
    const bool isOwn = m_event.actorId == record.requestedBy;
    const auto authority = authorityOf(role, decision);
    switch (decision.decision) {
    case DecisionKind::Approve:
    case DecisionKind::Reject:
        if (isOwn)
            reject("decision.own_request");
        else if (decision.decision == DecisionKind::Approve ? authority < record.needs : domain::levelOf(role) < ApprovalLevel::Supervisor)
            reject("decision.level");
        break;
    case DecisionKind::Withdraw:
        if (!isOwn && domain::levelOf(role) < ApprovalLevel::Supervisor)
            reject("decision.level");
        break;
    case DecisionKind::Agree:
    case DecisionKind::Cancel: break;
    }
    return m_status != "rejected";
}

void Projection::note(domain::ApprovalRecord& record, const domain::DecisionPayload& decision) const
{
    record.decisionId = m_event.eventId;
    record.decidedBy = m_event.actorId;
    record.decidedAt = m_event.occurredAt;
    record.decisionReason = decision.reason;
    record.reference = decision.reference;
}

Result<> Projection::announceDecision(const domain::EventId& request, const char* status, const domain::DecisionPayload& decision)
{
    const auto& why = decision.reason.reveal();
    return annotate({request, status, {}, why.empty() ? std::nullopt : std::optional(why), std::nullopt, m_event.receivedAt});
}

Result<> Projection::decide(CaseAgreements& agreements, domain::PlanRow plan, const domain::DecisionPayload& decision)
{
    EVENHAND_ASSIGN(const bool may, mayDecide(plan.approval, decision));
    if (!may)
        return {};
    const bool isWaiting = plan.state == PlanState::Requested;
    const char* status = "accepted";
    if (decision.decision == DecisionKind::Approve && isWaiting) {
        note(plan.approval, decision);
        plan.state = PlanState::Approved;
        if (plan.debtorAgreed)
            EVENHAND_TRY(comeIntoForce(agreements, plan));
    } else if (decision.decision == DecisionKind::Reject && isWaiting) {
        note(plan.approval, decision);
        plan.state = PlanState::Rejected;
        status = "rejected";
    } else if (decision.decision == DecisionKind::Withdraw && (isWaiting || plan.state == PlanState::Approved)) {
        plan.state = PlanState::Withdrawn;
        status = "withdrawn";
    } else if (decision.decision == DecisionKind::Agree && plan.state == PlanState::Approved) {
        plan.debtorAgreed = true;
        EVENHAND_TRY(comeIntoForce(agreements, plan));
    } else if (decision.decision == DecisionKind::Cancel && plan.state == PlanState::InForce) {
        plan.state = PlanState::Cancelled;
        plan.endedOn = agreements.dayAt(m_event.occurredAt);
        status = "cancelled";
    } else {
        reject("decision.too_late");
        return {};
    }
    EVENHAND_TRY(announceDecision(plan.id, status, decision));
    return agreements.put(std::move(plan));
}

Result<> Projection::decide(CaseAgreements& agreements, domain::PromiseRow promise, const domain::DecisionPayload& decision)
{
    // Nobody asked for a promise within the limits; it can only be cancelled.
    const auto asked = promise.approval.value_or(domain::ApprovalRecord{ApprovalLevel::Self, nobody(), m_event.occurredAt});
    EVENHAND_ASSIGN(const bool may, mayDecide(asked, decision));
    if (!may)
        return {};
    const bool isWaiting = promise.state == PromiseState::Requested;
    const char* status = "accepted";
    if (decision.decision == DecisionKind::Approve && isWaiting) {
        note(*promise.approval, decision);
        promise.state = PromiseState::Open;
        EVENHAND_ASSIGN(const auto request, m_store.events().find(promise.id));
        const auto payload = request && request->payload ? domain::decodePayload(request->type, 1, *request->payload)
                                                         : Result<domain::EventPayload>(base::fail(base::ErrorCode::NotFound, "no payload"));
        if (const auto* asFirstSaid = payload ? std::get_if<domain::PromisePayload>(&*payload) : nullptr) {
            m_contextVersion = request->serverSeq;   // what came between was known to whoever approved
            EVENHAND_TRY(supersede(agreements, *asFirstSaid, promise.id));
        }
    } else if (decision.decision == DecisionKind::Reject && isWaiting) {
        note(*promise.approval, decision);
        promise.state = PromiseState::Rejected;
        status = "rejected";
    } else if (decision.decision == DecisionKind::Withdraw && isWaiting) {
        promise.state = PromiseState::Cancelled;
        status = "withdrawn";
    } else if (decision.decision == DecisionKind::Cancel && promise.state == PromiseState::Open) {
        promise.state = PromiseState::Cancelled;
        status = "cancelled";
    } else {
        reject("decision.too_late");
        return {};
    }
    EVENHAND_TRY(announceDecision(promise.id, status, decision));
    return agreements.put(std::move(promise));
}

} // namespace evenhand::server
