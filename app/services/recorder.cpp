// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/recorder.h"

#include <algorithm>

namespace evenhand::services {

namespace {

using base::ErrorCode;

tl::unexpected<base::Error> missing(const char* what)
{
    return base::fail(ErrorCode::Invalid, what);
}

/// What a form hands in must be storable byte for byte: valid UTF-8, no fractions, plain member names.
base::Result<> checkStorable(const base::Json& json, const char* what)
{
    if (auto bytes = base::toCanonicalJson(json); !bytes)
        return base::fail(ErrorCode::Invalid, std::string(what) + ": " + bytes.error().detail);
    return {};
}

bool hasParty(const CaseFacts& facts, const domain::PartyId& id)
{
    return std::ranges::find(facts.detail.parties, id, &domain::PartyRow::id) != facts.detail.parties.end();
}

base::Result<> checkPromises(const CallDraft& draft)
{
    if (!draft.promise && !draft.furtherParts.empty())
        return missing("promise");
    const auto check = [](const PromiseDraft& part) -> base::Result<> {
        if (part.amount.isZero() || part.amount.isNegative())
            return missing("promise/amount");
        return checkStorable(part.reason.reveal(), "promise/reason");
    };
    if (draft.promise)
        EVENHAND_TRY(check(*draft.promise));
    for (const auto& part : draft.furtherParts)
        EVENHAND_TRY(check(part));
    return {};
}

base::Result<> checkPlan(const PlanDraft& plan)
{
    const auto schedule = domain::makeSchedule(plan.terms.accounts, plan.terms.offer);
    if (!schedule)
        return base::fail(ErrorCode::Invalid, "plan: " + schedule.error().detail);
    if (schedule->totalMinor != plan.totalMinor)
        return missing("plan/total: not what was shown");
    return checkStorable(plan.reason.reveal(), "plan/reason");
}

domain::PlanRequestPayload payloadOf(const PlanDraft& plan, const domain::PartyId& party, std::optional<domain::EventId> contact)
{
    return {party, plan.terms, plan.totalMinor, plan.debtorAgreed, plan.agreedHow, plan.reason, plan.means, contact, plan.needs};
}

/// `facts` are absent when the case was taken away in the middle of the work.
base::Result<> checkCall(const OpenProfile& profile, const std::optional<CaseFacts>& facts, const CallDraft& draft)
{
    const auto packs = profile.packs();
    if (draft.call.outcome.empty() && (!packs || packs->outcomes.required()))
        return missing("outcome");
    if (!draft.call.outcome.empty() && packs && packs->outcomes.find(draft.call.outcome) == nullptr)
        return missing("outcome: not one of the pack's");
    if (facts && !hasParty(*facts, draft.call.partyId))
        return missing("party: not of this case");
    if (draft.call.durationS < 0)
        return missing("duration");
    EVENHAND_TRY(checkStorable(draft.call.note.reveal(), "note"));
    EVENHAND_TRY(checkStorable(draft.call.gate, "gate"));
    EVENHAND_TRY(checkStorable(draft.call.script, "script"));
    EVENHAND_TRY(checkPromises(draft));
    if (draft.plan)
        EVENHAND_TRY(checkPlan(*draft.plan));
    EVENHAND_TRY(checkStorable(draft.call.content.reveal(), "content"));
    EVENHAND_TRY(checkStorable(draft.call.document, "document"));
    if (draft.reminder && draft.reminder->dueAt <= draft.call.startedAt)
        return missing("reminder/due_at: lies before the call");
    for (const auto& flag : draft.flags)
        EVENHAND_TRY(checkStorable(flag.reason, "flag/reason"));
    for (const auto& change : draft.contactPointChanges) {
        if (facts && !hasParty(*facts, change.partyId))
            return missing("contact_point/party: not of this case");
        if (change.added && (!change.value || change.value->reveal().empty()))
            return missing("contact_point/value");
        if (change.value)
            EVENHAND_TRY(checkStorable(change.value->reveal(), "contact_point/value"));
    }
    return {};
}

std::optional<std::int64_t> versionSeen(std::optional<std::int64_t> said, const std::optional<CaseFacts>& facts)
{
    return said || !facts ? said : std::optional(facts->detail.version);
}

Saved savedFrom(const std::vector<domain::EventEnvelope>& envelopes, base::Instant at)
{
    Saved saved{envelopes.front().eventId, {}, at};
    for (const auto& envelope : envelopes)
        saved.all.push_back(envelope.eventId);
    return saved;
}

const char* wordOf(RevealField field)
{
    switch (field) {
    case RevealField::Phone: return "phone";
    case RevealField::IdNumber: return "id_number";
    case RevealField::Address: return "address";
    case RevealField::Name: return "name";
    }
    return "";
}

const char* wordOf(RevealReason reason)
{
    switch (reason) {
    case RevealReason::Dial: return "dial";
    case RevealReason::Verify: return "verify";
    case RevealReason::Correct: return "correct";
    case RevealReason::Other: return "other";
    }
    return "";
}

base::Result<std::string> clearValue(const CaseFacts& facts, const base::Uuid& rowId, RevealField field)
{
    if (field == RevealField::Phone || field == RevealField::Address) {
        for (const auto& point : facts.detail.contactPoints) {
            if (point.id.uuid() == rowId)
                return point.value.reveal();
        }
    } else {
        for (const auto& party : facts.detail.parties) {
            if (party.id.uuid() == rowId)
                return field == RevealField::Name ? party.name.reveal() : party.idNumber.reveal();
        }
    }
    return base::fail(ErrorCode::NotFound, "nothing to show under this id");
}

} // namespace

base::Result<Saved> recordCall(OpenProfile& profile, CallDraft draft)
{
    EVENHAND_ASSIGN(const auto facts, profile.caseToRecordOn(draft.caseId));
    EVENHAND_TRY(checkCall(profile, facts, draft));
    if (facts && draft.call.accountIds.empty()) {
        for (const auto& account : facts->detail.accounts)
            draft.call.accountIds.push_back(account.id);
    }
    EVENHAND_ASSIGN(const auto callId, profile.journal().newEventId());
    const auto version = versionSeen(draft.contextVersion, facts);
    std::vector<db::NewEvent> events;
    const auto add = [&](domain::EventPayload payload, std::optional<domain::EventId> id = std::nullopt) {
        events.push_back({std::move(payload), draft.caseId, version, std::nullopt, {}, id});
    };
    const auto partyId = draft.call.partyId;
    add(std::move(draft.call), callId);
    if (draft.promise) {
        const auto promiseOf = [&](const PromiseDraft& part, std::optional<domain::EventId> group) {
            return domain::PromisePayload{partyId, part.amount, part.dueOn, part.method, callId, group, part.replaces, part.reason, part.needs};
        };
        EVENHAND_ASSIGN(const auto promiseId, profile.journal().newEventId());
        const auto group = draft.furtherParts.empty() ? std::nullopt : std::optional(promiseId);
        add(promiseOf(*draft.promise, group), promiseId);
        for (const auto& part : draft.furtherParts)
            add(promiseOf(part, group));
    }
    if (draft.plan)
        add(payloadOf(*draft.plan, partyId, callId));
    if (draft.reminder)
        add(*draft.reminder);
    for (auto& flag : draft.flags)
        add(std::move(flag));
    for (auto& change : draft.contactPointChanges)
        add(std::move(change));
    EVENHAND_ASSIGN(const auto envelopes, profile.record(events, draft.draftId));
    return savedFrom(envelopes, profile.now());
}

base::Result<Saved> recordNote(OpenProfile& profile, NoteDraft draft)
{
    if (draft.note.text.reveal().empty())
        return missing("note");
    EVENHAND_TRY(checkStorable(draft.note.text.reveal(), "note"));
    EVENHAND_ASSIGN(const auto facts, profile.caseToRecordOn(draft.caseId));
    const auto version = versionSeen(draft.contextVersion, facts);
    const db::NewEvent event{std::move(draft.note), draft.caseId, version};
    EVENHAND_ASSIGN(const auto envelopes, profile.record({&event, 1}, draft.draftId));
    return savedFrom(envelopes, profile.now());
}

base::Result<Saved> recordPlanRequest(OpenProfile& profile, const PlanRequestDraft& draft)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(draft.caseId));
    if (!hasParty(facts, draft.partyId))
        return missing("party: not of this case");
    EVENHAND_TRY(checkPlan(draft.plan));
    const auto version = draft.contextVersion ? draft.contextVersion : std::optional(facts.detail.version);
    const db::NewEvent event{payloadOf(draft.plan, draft.partyId, std::nullopt), draft.caseId, version};
    EVENHAND_ASSIGN(const auto envelopes, profile.record({&event, 1}));
    return savedFrom(envelopes, profile.now());
}

base::Result<Saved> recordDecision(OpenProfile& profile, const DecisionDraft& draft)
{
    using domain::DecisionKind;
    const auto& decision = draft.decision;
    EVENHAND_TRY(checkStorable(decision.reason.reveal(), "decision/reason"));
    EVENHAND_TRY(checkStorable(decision.reference, "decision/reference"));
    if (decision.decision == DecisionKind::Reject && decision.reason.reveal().empty())
        return missing("decision/reason");
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(draft.caseId));
    const bool isKnown = std::ranges::find(facts.detail.plans, decision.requestId, &domain::PlanRow::id) != facts.detail.plans.end()
        || std::ranges::find(facts.detail.promises, decision.requestId, &domain::PromiseRow::id) != facts.detail.promises.end();
    if (!isKnown)
        return base::fail(ErrorCode::NotFound, "the request is not of this case");
    const auto version = draft.contextVersion ? draft.contextVersion : std::optional(facts.detail.version);
    const db::NewEvent event{decision, draft.caseId, version};
    EVENHAND_ASSIGN(const auto envelopes, profile.record({&event, 1}));
    return savedFrom(envelopes, profile.now());
}

base::Result<> recordOverride(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, OverrideReason reason)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    const db::NewEvent event{domain::RevealPayload{"phone", rowId, "override_" + std::string(toWord(reason))}, caseId, facts.detail.version};
    EVENHAND_TRY(profile.record({&event, 1}));
    return {};
}

base::Result<std::string> recordReveal(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, RevealField field,
                                       RevealReason reason)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    EVENHAND_ASSIGN(auto value, clearValue(facts, rowId, field));
    const db::NewEvent event{domain::RevealPayload{wordOf(field), rowId, wordOf(reason)}, caseId, facts.detail.version};
    EVENHAND_TRY(profile.record({&event, 1}));
    return value;
}

} // namespace evenhand::services
