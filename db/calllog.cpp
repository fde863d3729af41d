// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache_queries.h"
#include "db/cachestate.h"

// The supervisor's call log, users, and rows without a table of their own.
namespace evenhand::db {

using base::Result;
using sqlite::Row;

namespace {

void bindFilter(sqlite::Statement& query, const CallLogFilter& filter)
{
    query.bind(":from", filter.from ? filter.from->milliseconds() : INT64_MIN)
        .bind(":to", filter.to ? filter.to->milliseconds() : INT64_MAX)
        .bind(":outcome", filter.outcome)
        .bind(":text", filter.text);
    if (filter.actorId)
        query.bind(":actor_id", idBytes(*filter.actorId));
}

Result<CallLogRow> callFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::EventId>(row.blobView(0)));
    EVENHAND_ASSIGN(const auto channel, wordFrom(domain::channelFromWord(row.textView(9))));
    EVENHAND_ASSIGN(const auto direction, wordFrom(domain::directionFromWord(row.textView(10))));
    EVENHAND_ASSIGN(const auto result, wordFrom(domain::contactResultFromWord(row.textView(11))));
    return CallLogRow{id,
                      row.text(1),
                      base::Instant::fromMilliseconds(row.integer(2)),
                      base::Instant::fromMilliseconds(row.integer(3)),
                      optionalIdFrom<domain::UserId>(row.blobView(4)),
                      row.text(5),
                      optionalIdFrom<domain::CaseId>(row.blobView(6)),
                      row.text(7),
                      row.text(8),
                      channel,
                      direction,
                      result,
                      row.text(12),
                      row.integer(13),
                      row.boolean(14),
                      row.text(15),
                      row.text(16)};
}

Result<domain::UserRow> userFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, idFrom<domain::UserId>(row.blobView(0)));
    EVENHAND_ASSIGN(const auto role, wordFrom(domain::userRoleFromWord(row.textView(3))));
    return domain::UserRow{id, row.text(1), row.text(2), role, row.text(4), row.text(5)};
}

} // namespace

Result<std::vector<CallLogRow>> CaseCache::callLog(const CallLogFilter& filter, Page page) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kCallLog));
    bindFilter(query, filter);
    return query.bind(":limit", page.limit).bind(":offset", page.offset).rows(callFromRow);
}

Result<std::int64_t> CaseCache::callLogCount(const CallLogFilter& filter) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kCallLogCount));
    bindFilter(query, filter);
    EVENHAND_ASSIGN(const auto count, query.optionalRow([](Row row) { return row.integer(0); }));
    return count.value_or(0);
}

Result<std::vector<domain::UserRow>> CaseCache::users() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kUserList));
    return query.rows(userFromRow);
}

Result<std::vector<std::pair<base::Uuid, std::string>>> CaseCache::rowsOfKind(const std::string& kind) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kRowListKind));
    return query.bind(":kind", kind).rows([](Row row) -> Result<std::pair<base::Uuid, std::string>> {
        EVENHAND_ASSIGN(const auto id, idFrom<domain::CaseId>(row.blobView(0)));
        return std::pair(id.uuid(), std::string(base::asText(row.blobView(1))));
    });
}

} // namespace evenhand::db
