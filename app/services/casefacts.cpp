// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/casefacts.h"

#include <algorithm>

#include "app/base/log.h"

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
    facts.detail.promises.insert(facts.detail.promises.begin(),
                                 {event.header.eventId, facts.detail.row.id, promise.partyId, promise.amount, *nothing, promise.dueOn,
                                  promise.method, domain::PromiseState::Open});
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
