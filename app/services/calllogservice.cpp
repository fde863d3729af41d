// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/calllogservice.h"

#include <algorithm>

#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/localday.h"

namespace evenhand::services {

namespace {

db::CallLogFilter filterFrom(const CallLogFilter& filter)
{
    db::CallLogFilter out{std::nullopt, std::nullopt, filter.agent, filter.outcome, filter.text};
    if (filter.from)
        out.from = startOfLocalDay(*filter.from);
    if (filter.to)
        out.to = startOfLocalDay(filter.to->plusDays(1));
    return out;
}

CallLogRow rowFrom(const db::CallLogRow& row)
{
    return {row.eventId, row.at, row.receivedAt, row.actorId, row.actorName, row.caseId, row.businessNo, base::maskName(row.debtorName), row.channel,
            row.direction, row.result, row.outcome, row.durationS, row.rightParty, row.note,
            row.verdict == "quarantined" ? Delivery::SetAside : Delivery::OnServer};
}

CallLogRow rowFrom(const CaseFacts& facts, const KnownEvent& event, const domain::CallPayload& call, const DisplayNames& names)
{
    const auto name = names.find(event.header.actorId);
    return {event.header.eventId, call.startedAt, std::nullopt, event.header.actorId, name == names.end() ? std::string() : name->second,
            facts.detail.row.id, facts.detail.row.businessNo, base::maskName(facts.detail.row.debtorName.reveal()), call.channel, call.direction,
            call.result, call.outcome, call.durationS, call.rightParty, call.note.reveal(), event.delivery};
}

bool fits(const db::CallLogFilter& filter, const CallLogRow& row)
{
    const auto contains = [&](const std::string& text) { return text.find(filter.text) != std::string::npos; };
    return (!filter.from || row.at >= *filter.from) && (!filter.to || row.at < *filter.to) && (!filter.actorId || row.agentId == filter.actorId)
           && (filter.outcome.empty() || row.outcome == filter.outcome) && (filter.text.empty() || contains(row.note) || contains(row.caseNo));
}

/// Own calls the server has not echoed yet stand on top: nobody looks for what they just did in vain.
base::Result<std::vector<CallLogRow>> ownRows(OpenProfile& profile, const db::CallLogFilter& filter, const DisplayNames& names)
{
    std::vector<CallLogRow> rows;
    EVENHAND_ASSIGN(const auto marks, profile.journal().marksSince(filter.from.value_or(profile.now().plusSeconds(-7 * 86'400))));
    for (const auto& mark : marks) {
        if (mark.type != domain::eventtype::kCall || !mark.caseId)
            continue;
        EVENHAND_ASSIGN(const auto isEchoed, profile.cache().echoExists(mark.eventId));
        if (isEchoed)
            continue;
        EVENHAND_ASSIGN(const auto facts, readCase(profile.journal(), profile.cache(), *mark.caseId));
        if (!facts)
            continue;
        const auto event = std::ranges::find(facts->events, mark.eventId, [](const KnownEvent& known) { return known.header.eventId; });
        const auto* call = event != facts->events.end() && event->payload ? std::get_if<domain::CallPayload>(&*event->payload) : nullptr;
        if (call == nullptr)
            continue;
        if (auto row = rowFrom(*facts, *event, *call, names); fits(filter, row))
            rows.push_back(std::move(row));
    }
    std::ranges::reverse(rows);
    return rows;
}

base::Result<CallLogPage> listCalls(OpenProfile& profile, const CallLogFilter& asked, std::int64_t offset, std::int64_t limit)
{
    const auto filter = filterFrom(asked);
    EVENHAND_ASSIGN(const auto names, profile.names());
    CallLogPage page;
    EVENHAND_ASSIGN(page.total, profile.cache().callLogCount(filter));
    if (offset == 0) {
        EVENHAND_ASSIGN(page.rows, ownRows(profile, filter, names));
    }
    EVENHAND_ASSIGN(const auto rows, profile.cache().callLog(filter, {static_cast<int>(offset), static_cast<int>(limit)}));
    for (const auto& row : rows)
        page.rows.push_back(rowFrom(row));
    std::erase_if(page.rows, [&](const CallLogRow& row) { return row.caseId && profile.leases().isClosed(*row.caseId); });
    return page;
}

base::Result<CallDetail> detailOf(OpenProfile& profile, const domain::EventId& id, const CaseFacts& facts)
{
    EVENHAND_ASSIGN(const auto names, profile.names());
    const auto event = std::ranges::find(facts.events, id, [](const KnownEvent& known) { return known.header.eventId; });
    const auto* call = event != facts.events.end() && event->payload ? std::get_if<domain::CallPayload>(&*event->payload) : nullptr;
    if (call == nullptr)
        return base::fail(base::ErrorCode::NotFound, "this call cannot be read any more");
    CallDetail detail{rowFrom(facts, *event, *call, names), std::nullopt, {}, std::nullopt, std::nullopt, {}, event->flags,
                      decisionFromStored(call->gate), call->script, call->phraseFindings};
    for (const auto& echo : facts.detail.events) {
        if (echo.id == id)
            detail.row.receivedAt = echo.receivedAt;
    }
    for (const auto& party : facts.detail.parties) {
        if (party.id == call->partyId)
            detail.partyRole = party.role;
    }
    for (const auto& point : facts.detail.contactPoints) {
        if (point.id == call->contactPointId)
            detail.contactPoint = maskedContactPoint(point);
    }
    for (const auto& other : facts.events) {
        const auto* promise = other.payload ? std::get_if<domain::PromisePayload>(&*other.payload) : nullptr;
        if (promise != nullptr && promise->contactEventId == id) {
            detail.promised = promise->amount;
            detail.promiseDue = promise->dueOn;
        }
    }
    for (const auto& annotation : facts.detail.annotations) {
        if (annotation.eventId == id)
            detail.annotation = annotation.status;
    }
    return detail;
}

} // namespace

CallLogService::CallLogService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::changed, this, &CallLogService::changed);
}

QFuture<base::Result<CallLogPage>> CallLogService::list(CallLogFilter filter, std::int64_t offset, std::int64_t limit)
{
    return m_data.run<CallLogPage>([filter = std::move(filter), offset, limit](DataRoom& room) -> base::Result<CallLogPage> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return listCalls(*profile, filter, offset, limit);
    });
}

QFuture<base::Result<CallDetail>> CallLogService::detail(CallLogRow row)
{
    return m_data.run<CallDetail>([row = std::move(row)](DataRoom& room) -> base::Result<CallDetail> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        if (!row.caseId)
            return base::fail(base::ErrorCode::NotFound, "this call belongs to no case");
        EVENHAND_ASSIGN(const auto facts, profile->requireCase(*row.caseId));
        return detailOf(*profile, row.eventId, facts);
    });
}

QFuture<base::Result<std::vector<domain::UserRow>>> CallLogService::agents()
{
    return m_data.run<std::vector<domain::UserRow>>([](DataRoom& room) -> base::Result<std::vector<domain::UserRow>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->cache().users();
    });
}

} // namespace evenhand::services
