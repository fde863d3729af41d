// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/eventtable.h"

#include <algorithm>

#include "server/store/keylist.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr std::size_t kMissingRangesLimit = 1000;

std::string joinedFlags(const std::vector<std::string>& flags)
{
    std::string text;
    for (const auto& flag : flags)
        text += (text.empty() ? "" : " ") + flag;
    return text;
}

std::vector<std::string> splitFlags(const std::string& text)
{
    std::vector<std::string> flags;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        flags.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return flags;
}

template <std::size_t N>
void copyInto(std::array<std::uint8_t, N>& target, base::ByteView bytes)
{
    std::copy_n(bytes.begin(), std::min(bytes.size(), N), target.begin());
}

std::optional<std::string> optionalText(const SqlRow& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.text(column));
}

std::string blobText(const SqlRow& row, int column) { return std::string(base::asText(row.blob(column))); }

EventRecord eventFromRow(const SqlRow& row)
{
    EventRecord event{row.integer(0), domain::EventId(row.uuid(1)), domain::DeviceId(row.uuid(2)), domain::EpochId(row.uuid(3)), row.integer(4), {}, {}, row.text(7)};
    if (const auto id = row.optionalUuid(5))
        event.caseId = domain::CaseId(*id);
    if (const auto id = row.optionalUuid(6))
        event.actorId = domain::UserId(*id);
    event.occurredAt = row.instant(8);
    event.receivedAt = row.instant(9);
    event.header = blobText(row, 10);
    copyInto(event.hash, row.blob(11));
    copyInto(event.signature, row.blob(12));
    if (!row.isNull(13))
        event.payload = blobText(row, 13);
    if (!row.isNull(14))
        event.salt = row.bytes(14);
    event.verdict = row.text(15);
    event.reason = optionalText(row, 16);
    event.flags = splitFlags(row.text(17));
    event.receipt.statement = blobText(row, 18);
    copyInto(event.receipt.signature, row.blob(19));
    return event;
}

std::optional<base::ByteView> view(const std::optional<std::string>& text)
{
    return text ? std::optional(base::asBytes(*text)) : std::nullopt;
}

Result<> insertInto(SqlConnection& connection, std::string_view sql, const EventRecord& event)
{
    const auto flags = joinedFlags(event.flags);
    Query query(connection, sql);   // by places: twenty names to look up for each event would show
    query.add(event.serverSeq).add(event.eventId).add(event.deviceId).add(event.epoch).add(event.seq).add(event.caseId).add(event.actorId);
    query.add(event.type).add(event.occurredAt).add(event.receivedAt).add(base::asBytes(event.header)).add(base::ByteView(event.hash));
    query.add(base::ByteView(event.signature)).add(view(event.payload)).add(event.salt ? std::optional(base::ByteView(*event.salt)) : std::nullopt);
    query.add(event.verdict).add(event.reason).add(flags).add(base::asBytes(event.receipt.statement)).add(base::ByteView(event.receipt.signature));
    return query.runLater();
}

EpochRecord epochFromRow(const SqlRow& row)
{
    EpochRecord epoch{domain::DeviceId(row.uuid(0)), domain::EpochId(row.uuid(1)), row.integer(2), row.integer(3)};
    if (!row.isNull(4))
        copyInto(epoch.knownHeadHash.emplace(), row.blob(4));
    return epoch;
}

std::vector<domain::wire::SeqRange> gaps(const EpochRecord& epoch, const std::vector<std::int64_t>& stored)
{
    std::vector<domain::wire::SeqRange> ranges;
    std::int64_t next = epoch.ackedUpto + 1;
    for (const auto seq : stored) {
        if (seq > next && ranges.size() < kMissingRangesLimit)
            ranges.push_back({next, seq - 1});
        next = std::max(next, seq + 1);
    }
    if (next <= epoch.knownHeadSeq && ranges.size() < kMissingRangesLimit)
        ranges.push_back({next, epoch.knownHeadSeq});
    return ranges;
}

} // namespace

Result<> EventTable::insert(const EventRecord& event) { return insertInto(m_connection, sql::kEventInsert, event); }
Result<> EventTable::insertConflict(const EventRecord& event) { return insertInto(m_connection, sql::kEventConflictInsert, event); }

Result<std::optional<EventRecord>> EventTable::find(const domain::EventId& id) const
{
    return Query(m_connection, sql::kEventFind).bind(":event_id", id).optionalRow(eventFromRow);
}

Result<std::vector<EventRecord>> EventTable::findMany(std::span<const base::Uuid> ids) const
{
    return rowsForKeys(m_connection, sql::kEventFindMany, ids, eventFromRow);
}

Result<std::vector<EventRecord>> EventTable::findRange(const domain::DeviceId& device, const domain::EpochId& epoch, std::int64_t from,
                                                       std::int64_t to) const
{
    Query query(m_connection, sql::kEventFindRange);
    return query.bind(":device_id", device).bind(":epoch", epoch).bind(":from", from).bind(":to", to).allRows(eventFromRow);
}

Result<std::int64_t> EventTable::quarantinedBytes(const domain::DeviceId& device, base::Instant since) const
{
    Query query(m_connection, sql::kEventQuarantinedBytes);
    query.bind(":device_id", device).bind(":since", since);
    EVENHAND_ASSIGN(const auto bytes, query.optionalRow([](const SqlRow& row) { return row.integer(0); }));
    return bytes.value_or(0);
}

Result<std::optional<EventRecord>> EventTable::findAt(const domain::DeviceId& device, const domain::EpochId& epoch, std::int64_t seq) const
{
    return Query(m_connection, sql::kEventFindAt).bind(":device_id", device).bind(":epoch", epoch).bind(":seq", seq).optionalRow(eventFromRow);
}

Result<std::optional<EventRecord>> EventTable::findConflict(const domain::EventId& id, const base::Hash256& hash) const
{
    return Query(m_connection, sql::kEventConflictFind).bind(":event_id", id).bind(":hash", base::ByteView(hash)).optionalRow(eventFromRow);
}

Result<> EventTable::forEach(const std::string& type, base::Instant from, base::Instant to,
                             const std::function<Result<>(const EventRecord&)>& visit) const
{
    Query query(m_connection, sql::kEventListOfType);
    query.bind(":type", type).bind(":from", from).bind(":to", to);
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return {};
        EVENHAND_TRY(visit(eventFromRow(query.row())));
    }
}

Result<std::optional<EpochRecord>> EventTable::findEpoch(const domain::DeviceId& device, const domain::EpochId& epoch) const
{
    return Query(m_connection, sql::kEpochFind).bind(":device_id", device).bind(":epoch", epoch).optionalRow(epochFromRow);
}

Result<std::vector<EpochRecord>> EventTable::listEpochs(const domain::DeviceId& device) const
{
    return Query(m_connection, sql::kEpochList).bind(":device_id", device).allRows(epochFromRow);
}

Result<> EventTable::putEpoch(const EpochRecord& epoch)
{
    Query query(m_connection, sql::kEpochPut);
    query.bind(":device_id", epoch.deviceId).bind(":epoch", epoch.epoch).bind(":acked_upto", epoch.ackedUpto);
    query.bind(":known_head_seq", epoch.knownHeadSeq);
    return query.bind(":known_head_hash", epoch.knownHeadHash ? std::optional(base::ByteView(*epoch.knownHeadHash)) : std::nullopt).run();
}

Result<EventTable::DeviceCalls> EventTable::callsOf(const domain::DeviceId& device, const domain::CaseId& caseId, base::Instant since) const
{
    Query query(m_connection, sql::kEventCallsOfDevice);
    query.bind(":device_id", device).bind(":case_id", caseId).bind(":since", since);
    EVENHAND_ASSIGN(const auto found, query.optionalRow([](const SqlRow& row) { return DeviceCalls{row.integer(0), row.instant(1)}; }));
    return found.value_or(DeviceCalls{});
}

Result<std::vector<std::int64_t>> EventTable::seqsAfter(const EpochRecord& epoch) const
{
    Query after(m_connection, sql::kEventSeqsAfter);
    after.bind(":device_id", epoch.deviceId).bind(":epoch", epoch.epoch).bind(":after", epoch.ackedUpto);
    return after.allRows([](const SqlRow& row) { return row.integer(0); });
}

Result<EventTable::Progress> EventTable::advance(const domain::DeviceId& device, const domain::EpochId& epoch)
{
    EVENHAND_ASSIGN(const auto found, findEpoch(device, epoch));
    Progress progress{found.value_or(EpochRecord{device, epoch})};
    auto& state = progress.epoch;
    EVENHAND_ASSIGN(const auto stored, seqsAfter(state));
    for (const auto seq : stored) {
        if (seq == state.ackedUpto + 1)
            state.ackedUpto = seq;
    }
    if (!stored.empty() && stored.back() > state.knownHeadSeq) {
        EVENHAND_ASSIGN(const auto head, findAt(device, epoch, stored.back()));
        state.knownHeadSeq = stored.back();
        state.knownHeadHash = head ? std::optional(head->hash) : std::nullopt;
    }
    progress.missing = gaps(state, stored);
    EVENHAND_TRY(putEpoch(state));
    return progress;
}

Result<> EventTable::advanceEpoch(const domain::DeviceId& device, const domain::EpochId& epoch)
{
    EVENHAND_ASSIGN(const auto progress, advance(device, epoch));
    (void)progress;
    return {};
}

Result<std::vector<domain::wire::SeqRange>> EventTable::missing(const EpochRecord& epoch) const
{
    EVENHAND_ASSIGN(const auto stored, seqsAfter(epoch));
    return gaps(epoch, stored);
}

} // namespace evenhand::server
