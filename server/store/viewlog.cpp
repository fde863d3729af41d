// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/viewlog.h"

#include <algorithm>

#include "server/store/visibility.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;

namespace {

bool isTeamEntry(const FeedEntry& entry) { return entry.caseId.bytes() == std::array<std::uint8_t, 16>{}; }

FeedEntry entryFromRow(const SqlRow& row) { return {row.integer(0), row.uuid(1), static_cast<FeedOp>(row.integer(2))}; }

FeedRow feedRowFromRow(const SqlRow& row)
{
    const auto caseId = row.optionalUuid(3);
    return {row.integer(0),
            {row.text(1), row.uuid(2), caseId ? std::optional(domain::CaseId(*caseId)) : std::nullopt, row.integer(4),
             row.isNull(5) ? std::nullopt : std::optional(row.text(5))}};
}

} // namespace

Result<> ViewLog::announce(const domain::CaseId& caseId, std::int64_t seq)
{
    if (m_cache && m_cache->isOn()) {
        EVENHAND_ASSIGN(const auto record, m_cache->caseOf(caseId));
        if (!record)
            return {};
        EVENHAND_ASSIGN(const auto viewers, m_cache->viewersOf(*record));
        for (const auto& user : viewers)
            EVENHAND_TRY(append(user, {seq, caseId.uuid(), FeedOp::Change}));
        return {};
    }
    return Query(m_connection, sql::kFeedAnnounce).bind(":case_id", caseId).bind(":seq", seq).run();
}

Result<> ViewLog::announceTeam(const std::string& team, std::int64_t seq)
{
    Query members(m_connection, sql::kUserListTeam);
    EVENHAND_ASSIGN(const auto users, members.bind(":team", team).allRows([](const SqlRow& row) { return domain::UserId(row.uuid(0)); }));
    for (const auto& user : users)
        EVENHAND_TRY(append(user, {seq, base::Uuid(std::array<std::uint8_t, 16>{}), FeedOp::Change}));
    return {};
}

Result<> ViewLog::append(const domain::UserId& user, const FeedEntry& entry)
{
    return Query(m_connection, sql::kFeedAppend).add(user).add(entry.seq).add(entry.caseId).add(static_cast<int>(entry.op)).runLater();
}

Result<std::vector<FeedEntry>> ViewLog::entriesAfter(const domain::UserId& user, const FeedPosition& after, std::int64_t upto,
                                                     std::int64_t limit) const
{
    std::vector<FeedEntry> entries;
    if (after.row >= 0) {   // the entry that was cut by the end of the last page
        Query current(m_connection, sql::kFeedEntryAt);
        current.bind(":user_id", user).bind(":seq", after.seq).bind(":case_id", after.caseId);
        EVENHAND_ASSIGN(entries, current.allRows(entryFromRow));
    }
    Query query(m_connection, sql::kFeedEntries);
    query.bind(":user_id", user).bind(":seq", after.seq).bind(":case_id", after.caseId).bind(":upto", upto).bind(":limit", limit);
    EVENHAND_ASSIGN(const auto following, query.allRows(entryFromRow));
    entries.insert(entries.end(), following.begin(), following.end());
    return entries;
}

Result<bool> ViewLog::isVisible(const UserRecord& user, const domain::CaseId& caseId) const
{
    Query query(m_connection, sql::kFeedIsVisible);
    return query.bind(":case_id", caseId).bind(":user_id", user.id).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team).step();
}

Result<bool> ViewLog::wasEverVisible(const UserRecord& user, const domain::CaseId& caseId) const
{
    Query query(m_connection, sql::kAssignmentEverHad);
    return query.bind(":case_id", caseId).bind(":user_id", user.id).bind(":sees_team", seesTeam(user.role)).bind(":team", user.team).step();
}

Result<std::vector<FeedRow>> ViewLog::rowsOf(const UserRecord& user, const FeedEntry& entry, std::int64_t afterRow, std::int64_t limit) const
{
    if (isTeamEntry(entry)) {
        Query query(m_connection, sql::kFeedRowsOfTeam);
        query.bind(":user_id", user.id).bind(":team", user.team).bind(":any_version", entry.op == FeedOp::Grant).bind(":seq", entry.seq);
        return query.bind(":after", afterRow).bind(":limit", limit).allRows(feedRowFromRow);
    }
    Query query(m_connection, entry.op == FeedOp::Grant ? sql::kFeedRowsOfGrant : sql::kFeedRowsOfChange);
    query.bind(":case_id", entry.caseId).bind(":after", afterRow).bind(":limit", limit);
    if (entry.op != FeedOp::Grant)
        query.bind(":seq", entry.seq);
    return query.allRows(feedRowFromRow);
}

Result<std::vector<domain::UserId>> ViewLog::changedUsers(std::int64_t after, std::int64_t upto) const
{
    Query query(m_connection, sql::kFeedChangedUsers);
    return query.bind(":after", after).bind(":upto", upto).allRows([](const SqlRow& row) { return domain::UserId(row.uuid(0)); });
}

Result<std::optional<RevokeRecord>> ViewLog::revokeOf(const domain::UserId& user, const FeedEntry& entry) const
{
    Query query(m_connection, sql::kFeedRevokeFind);
    query.bind(":user_id", user).bind(":case_id", entry.caseId).bind(":seq", entry.seq);
    return query.optionalRow([](const SqlRow& row) {
        RevokeRecord record{row.uuid(0), {std::string(base::asText(row.blob(1))), {}}};
        const auto sig = row.blob(2);
        std::copy_n(sig.begin(), std::min(sig.size(), record.statement.signature.size()), record.statement.signature.begin());
        return record;
    });
}

} // namespace evenhand::server
