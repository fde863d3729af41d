// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/services/caseviewbuilder.h"
#include "app/services/gaterecord.h"

/// The merged timeline of a case.
namespace evenhand::services {

namespace {

struct Filler {
    TimelineItem& item;
    const CaseFacts& facts;

    void operator()(const domain::CallPayload& call) const
    {
        item.kind = call.channel == domain::Channel::Call    ? TimelineKind::Call
                    : call.channel == domain::Channel::Visit ? TimelineKind::Visit
                                                             : TimelineKind::Message;
        item.at = call.startedAt;
        item.text = call.note.reveal();
        item.content = call.content.reveal();
        item.outcome = call.outcome;
        item.channel = call.channel;
        item.direction = call.direction;
        item.result = call.result;
        item.durationS = call.durationS;
        item.rightParty = call.rightParty;
        setParty(call.partyId);
        if (call.contactPointId)
            setContactPoint(*call.contactPointId);
        if (const auto decision = decisionFromStored(call.gate))
            item.gateVerdict = decision->verdict;
        item.overrideReason = overrideReasonOf(call.gate);
    }
    void operator()(const domain::NotePayload& note) const
    {
        item.kind = TimelineKind::Note;
        item.text = note.text.reveal();
    }
    void operator()(const domain::PromisePayload& promise) const
    {
        item.kind = TimelineKind::Promise;
        item.amount = promise.amount;
        item.day = promise.dueOn;
        item.text = promise.method;
        setParty(promise.partyId);
    }
    void operator()(const domain::ReminderPayload& reminder) const
    {
        item.kind = TimelineKind::Reminder;
        item.dueAt = reminder.dueAt;
    }
    void operator()(const domain::RevealPayload& reveal) const
    {
        item.kind = TimelineKind::Reveal;
        item.field = reveal.field;
        item.text = reveal.reason;
    }
    void operator()(const domain::FlagPayload& flag) const
    {
        item.kind = TimelineKind::Flag;
        item.flag = flag.kind;
        item.flagSet = flag.set;
        item.text = flag.reason;
        if (flag.partyId)
            setParty(*flag.partyId);
    }
    void operator()(const domain::ContactPointChangePayload& change) const
    {
        item.kind = TimelineKind::ContactPointChange;
        setParty(change.partyId);
        setContactPoint(change.contactPointId);
    }
    void operator()(const domain::PlanRequestPayload& request) const
    {
        item.kind = TimelineKind::PlanRequest;
        item.plan = request.terms;
        item.amount = base::Money::tryFromMinor(request.totalMinor, request.terms.currency);
        item.day = request.terms.offer.firstDue;
        item.text = request.reason.reveal();
        setParty(request.partyId);
    }
    void operator()(const domain::DecisionPayload& decision) const
    {
        item.kind = TimelineKind::Decision;
        item.decision = decision.decision;
        item.text = decision.reason.reveal();
    }
    void operator()(const domain::EpochStartedPayload&) const {}
    void operator()(const domain::DraftRecoveredPayload&) const { item.kind = TimelineKind::DraftRecovered; }
    void operator()(const domain::AttachmentPayload& attachment) const
    {
        item.kind = TimelineKind::Recording;
        item.field = attachment.ended;
        item.durationS = attachment.durationMs / 1000;
    }
    void operator()(const domain::ReviewPayload& review) const
    {
        item.kind = TimelineKind::Review;
        item.text = review.action == "comment" ? review.text.reveal() : std::string();
        item.field = review.action;
    }

    void setParty(const domain::PartyId& id) const
    {
        const auto party = std::ranges::find(facts.detail.parties, id, &domain::PartyRow::id);
        if (party != facts.detail.parties.end())
            item.partyRole = party->role;
    }
    void setContactPoint(const domain::ContactPointId& id) const
    {
        const auto point = std::ranges::find(facts.detail.contactPoints, id, &domain::ContactPointRow::id);
        if (point != facts.detail.contactPoints.end())
            item.contactPoint = maskedContactPoint(*point);
    }
};

void addRuling(TimelineItem& item, const CaseFacts& facts, const domain::EventId& id)
{
    for (const auto& annotation : facts.detail.annotations) {
        if (annotation.eventId != id)
            continue;
        item.annotation = annotation.status;
        item.annotationText = annotation.message.value_or("");
        for (const auto& flag : annotation.flags) {
            if (std::ranges::find(item.ruleFlags, flag) == item.ruleFlags.end())
                item.ruleFlags.push_back(flag);
        }
    }
}

TimelineItem itemOf(const CaseViewInput& input, const KnownEvent& event)
{
    TimelineItem item;
    item.id = event.header.eventId.toString();
    item.at = event.header.occurredAt;
    const auto name = input.names.find(event.header.actorId);
    item.actor = name == input.names.end() ? std::string() : name->second;
    item.isOwn = event.header.actorId == input.me;
    item.delivery = event.delivery;
    item.ruleFlags = event.flags;
    item.rawType = event.header.type;
    if (event.payload)
        std::visit(Filler{item, input.facts}, *event.payload);
    addRuling(item, input.facts, event.header.eventId);
    return item;
}

TimelineItem itemOf(const domain::PaymentRow& payment)
{
    TimelineItem item;
    item.id = payment.id.toString();
    item.kind = TimelineKind::Payment;
    item.at = base::Instant::fromSeconds(static_cast<std::int64_t>(payment.paidOn.dayNumber()) * 86'400);
    item.amount = payment.amount;
    item.day = payment.paidOn;
    item.text = payment.method;
    item.isReversed = payment.reversed;
    return item;
}

} // namespace

std::vector<TimelineItem> buildTimeline(const CaseViewInput& input)
{
    std::vector<TimelineItem> items;
    for (const auto& event : input.facts.events)
        items.push_back(itemOf(input, event));
    for (const auto& payment : input.facts.detail.payments)
        items.push_back(itemOf(payment));
    // Things of one moment stand as they were recorded: the call above the promise made in it reads the wrong way round otherwise.
    std::ranges::stable_sort(items, {}, &TimelineItem::at);
    std::ranges::reverse(items);
    return items;
}

} // namespace evenhand::services
