// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/caseviewbuilder.h"

#include <algorithm>
#include <iterator>

#include "app/services/localday.h"

namespace evenhand::services {

namespace {

constexpr std::size_t kAttemptsShown = 20;

std::string nameOf(const DisplayNames& names, const domain::UserId& id)
{
    const auto found = names.find(id);
    return found == names.end() ? std::string() : found->second;
}

std::vector<AttemptView> attemptsAt(const CaseViewInput& input, const domain::ContactPointId& id)
{
    std::vector<AttemptView> attempts;
    for (auto event = input.facts.events.rbegin(); event != input.facts.events.rend() && attempts.size() < kAttemptsShown; ++event) {
        const auto* call = event->payload ? std::get_if<domain::CallPayload>(&*event->payload) : nullptr;
        if (call == nullptr || call->contactPointId != id)
            continue;
        attempts.push_back({event->header.eventId, call->startedAt, call->channel, call->direction, call->result, call->outcome, call->durationS,
                            call->rightParty, nameOf(input.names, event->header.actorId)});
    }
    return attempts;
}

ContactPointView contactPointView(const CaseViewInput& input, const domain::ContactPointRow& row, const domain::PartyRow& party)
{
    ContactPointView view{row.id, row.partyId, row.kind, row.source, row.status, maskedContactPoint(row), row.label.value_or(""),
                          row.timeZone.empty() ? party.timeZone : row.timeZone};
    if (input.light)
        view.light = input.light({input.facts.detail.row.id, row.partyId, row.id, usualChannel(row.kind)});
    view.attempts = attemptsAt(input, row.id);
    view.isUnsentChange = input.facts.changedHere.count(row.id) > 0;
    return view;
}

PartyView partyView(const CaseViewInput& input, const domain::PartyRow& row)
{
    PartyView view{row.id, row.role, base::maskName(row.name.reveal()), base::maskIdNumber(row.idNumber.reveal()), row.timeZone,
                   row.gender.value_or(""), row.relation.value_or(""), row.employer.value_or(""), row.optedOut};
    for (const auto& point : input.facts.detail.contactPoints) {
        if (point.partyId == row.id)
            view.contactPoints.push_back(contactPointView(input, point, row));
    }
    std::ranges::stable_sort(view.contactPoints, {}, [](const ContactPointView& point) {
        return point.status == domain::ContactStatus::Invalid || point.status == domain::ContactStatus::Lost ? 1 : 0;
    });
    return view;
}

Delivery deliveryOf(const CaseFacts& facts, const domain::EventId& id)
{
    const auto event = std::ranges::find(facts.events, id, [](const KnownEvent& known) { return known.header.eventId; });
    return event == facts.events.end() ? Delivery::OnServer : event->delivery;
}

std::vector<PromiseView> promiseViews(const CaseFacts& facts)
{
    std::vector<PromiseView> views;
    for (const auto& row : facts.detail.promises)
        views.push_back({row.id, row.amount, row.paid, row.dueOn, row.method, row.state, deliveryOf(facts, row.id), row.deadline, row.groupId, row.approval});
    return views;
}

std::vector<PlanView> planViews(const CaseViewInput& input)
{
    std::vector<PlanView> views;
    for (const auto& row : input.facts.detail.plans)
        views.push_back({row, nameOf(input.names, row.approval.requestedBy), row.approval.decidedBy ? nameOf(input.names, *row.approval.decidedBy) : std::string(),
                         row.approval.requestedBy == input.me, deliveryOf(input.facts, row.id)});
    return views;
}

std::string firstCharacter(const std::string& text)
{
    std::size_t end = text.empty() ? 0 : 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        ++end;
    return text.substr(0, end);
}

bool isInForce(const domain::Flag& flag, base::Instant now)
{
    return flag.setAt <= now && (!flag.clearedAt || *flag.clearedAt > now);
}

} // namespace

std::string maskedContactPoint(const domain::ContactPointRow& row)
{
    const auto& value = row.value.reveal();
    switch (row.kind) {
    case domain::ContactPointKind::Mobile:
    case domain::ContactPointKind::Landline: return base::maskPhone(value);
    case domain::ContactPointKind::Address: return base::maskAddress(value);
    case domain::ContactPointKind::Email: return firstCharacter(value) + "***" + value.substr(std::min(value.find('@'), value.size()));
    case domain::ContactPointKind::Im: return firstCharacter(value) + "***";
    }
    return row.value.masked();
}

domain::Channel usualChannel(domain::ContactPointKind kind)
{
    switch (kind) {
    case domain::ContactPointKind::Mobile:
    case domain::ContactPointKind::Landline: return domain::Channel::Call;
    case domain::ContactPointKind::Address: return domain::Channel::Visit;
    case domain::ContactPointKind::Email: return domain::Channel::Email;
    case domain::ContactPointKind::Im: return domain::Channel::Im;
    }
    return domain::Channel::Call;
}

const KnownEvent* lastOwnCall(const CaseFacts& facts, const domain::UserId& me, base::Instant since)
{
    for (auto event = facts.events.rbegin(); event != facts.events.rend() && event->header.occurredAt >= since; ++event) {
        if (event->header.actorId == me && event->header.type == domain::eventtype::kCall)
            return &*event;
    }
    return nullptr;
}

CaseView buildCaseView(const CaseViewInput& input)
{
    const auto& row = input.facts.detail.row;
    CaseView view{row.id, input.facts.detail.version, row.businessNo, row.portfolio, row.creditor, row.status, row.balance, row.overdue,
                  row.daysPastDue, row.bucket, row.priority, base::maskName(row.debtorName.reveal()), row.hotNote.value_or("")};
    std::ranges::copy_if(row.flags, std::back_inserter(view.flags), [&](const domain::Flag& flag) { return isInForce(flag, input.now); });
    view.consents = row.consents;
    view.nextActionAt = row.nextActionAt;
    view.assignedTo = row.assignedTo ? nameOf(input.names, *row.assignedTo) : std::string();
    for (const auto& party : input.facts.detail.parties)
        view.parties.push_back(partyView(input, party));
    view.accounts = input.facts.detail.accounts;
    view.promises = promiseViews(input.facts);
    view.plans = planViews(input);
    view.payments = input.facts.detail.payments;
    view.timeline = buildTimeline(input);
    for (const auto& other : input.otherCases)
        view.otherCases.push_back({other.id, other.businessNo, other.portfolio, other.status, other.balance, other.daysPastDue});
    view.workedToday = lastOwnCall(input.facts, input.me, startOfLocalDay(input.now)) != nullptr;
    view.leaseUntil = input.facts.detail.leaseUntil;
    return view;
}

} // namespace evenhand::services
