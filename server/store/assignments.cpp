// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/assignments.h"

#include <algorithm>

#include "app/domain/projection.h"
#include "server/store/casetable.h"
#include "server/store/rowtable.h"
#include "server/store/viewlog.h"
#include "server_queries.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

struct Holding {
    std::optional<domain::UserId> user;
    std::string team;
};

Result<std::vector<domain::UserId>> viewersOf(SqlConnection& connection, const Holding& holding)
{
    if (!holding.user)
        return std::vector<domain::UserId>();
    Query query(connection, sql::kFeedViewers);
    query.bind(":assigned_to", holding.user).bind(":team", holding.team);
    return query.allRows([](const SqlRow& row) { return domain::UserId(row.uuid(0)); });
}

/// Carries one move of one case through all its places. The steps share the transaction of the caller.
class Move {
public:
    Move(SqlConnection& connection, const ServerKeys& keys, domain::DatasetId dataset, base::Instant now, std::int64_t seq)
        : m_connection(connection), m_keys(keys), m_dataset(dataset), m_now(now), m_seq(seq) {}

    Result<> run(const CaseRecord& record, const Holding& next)
    {
        const Holding before{record.assignedTo, record.team};
        EVENHAND_ASSIGN(const auto oldViewers, viewersOf(m_connection, before));
        EVENHAND_ASSIGN(const auto newViewers, viewersOf(m_connection, next));
        EVENHAND_TRY(store(record.id, next));
        EVENHAND_TRY(rewriteCaseRow(record.id, next));
        for (const auto& user : oldViewers) {
            if (std::ranges::find(newViewers, user) == newViewers.end())
                EVENHAND_TRY(revoke(record.id, user, next.user ? "transferred" : "unassigned"));
        }
        for (const auto& user : newViewers) {
            const bool hadIt = std::ranges::find(oldViewers, user) != oldViewers.end();
            EVENHAND_TRY(ViewLog(m_connection).append(user, {m_seq, record.id.uuid(), hadIt ? FeedOp::Change : FeedOp::Grant}));
        }
        return {};
    }

private:
    Result<> store(const domain::CaseId& id, const Holding& next)
    {
        EVENHAND_TRY(Query(m_connection, sql::kAssignmentClose).bind(":case_id", id).bind(":to_seq", m_seq).run());
        Query update(m_connection, sql::kCaseSetAssignee);
        EVENHAND_TRY(update.bind(":case_id", id).bind(":assigned_to", next.user).bind(":team", next.team).run());
        if (!next.user)
            return {};
        Query history(m_connection, sql::kAssignmentInsert);
        return history.bind(":case_id", id).bind(":from_seq", m_seq).bind(":user_id", *next.user).bind(":team", next.team).run();
    }

    Result<> rewriteCaseRow(const domain::CaseId& id, const Holding& next)
    {
        RowTable rows(m_connection);
        EVENHAND_ASSIGN(auto row, rows.find(domain::kind::kCase, id.uuid()));
        if (!row)
            return {};   // a case whose rows are still to come
        EVENHAND_ASSIGN(const auto json, base::parseJson(*row->body));
        EVENHAND_ASSIGN(auto content, domain::caseFromJson(id, json));
        content.assignedTo = next.user;
        row->body = base::canonical(domain::toJson(content));
        row->version = m_seq;
        return rows.put(*row);
    }

    Result<> revoke(const domain::CaseId& id, const domain::UserId& user, const char* reason)
    {
        const auto revokeId = base::Uuid::random();
        const auto signedStatement = m_keys.sign({{"kind", "revoke"},
                                                  {"dataset_id", m_dataset.toString()},
                                                  {"revoke_id", revokeId.toString()},
                                                  {"user_id", user.toString()},
                                                  {"case_id", id.toString()},
                                                  {"reason", reason},
                                                  {"decided_at", m_now.toRfc3339Utc()}});
        Query query(m_connection, sql::kFeedRevokeInsert);
        query.bind(":revoke_id", revokeId).bind(":user_id", user).bind(":case_id", id).bind(":seq", m_seq);
        query.bind(":statement", base::asBytes(signedStatement.statement));
        EVENHAND_TRY(query.bind(":sig", base::ByteView(signedStatement.signature)).run());
        return ViewLog(m_connection).append(user, {m_seq, id.uuid(), FeedOp::Revoke});
    }

    SqlConnection& m_connection;
    const ServerKeys& m_keys;
    domain::DatasetId m_dataset;
    base::Instant m_now;
    std::int64_t m_seq;
};

} // namespace

Result<std::int64_t> Assignments::moveAll(std::span<const domain::CaseId> cases, const std::optional<domain::UserId>& user, const std::string& team,
                                          std::int64_t seq)
{
    Move move(m_connection, m_keys, m_dataset, m_clock.now(), seq);
    CaseTable table(m_connection);
    std::int64_t changed = 0;
    for (const auto& id : cases) {
        EVENHAND_ASSIGN(const auto record, table.find(id));
        if (!record)
            return base::fail(ErrorCode::NotFound, "there is no case " + id.toString());
        if (record->assignedTo == user && record->team == team)
            continue;
        EVENHAND_TRY(move.run(*record, {user, team}));
        ++changed;
    }
    return changed;
}

Result<std::int64_t> Assignments::assign(std::span<const domain::CaseId> cases, const UserRecord& user, std::int64_t seq)
{
    return moveAll(cases, user.id, user.team, seq);
}

Result<std::int64_t> Assignments::unassign(std::span<const domain::CaseId> cases, std::int64_t seq)
{
    return moveAll(cases, std::nullopt, std::string(), seq);
}

} // namespace evenhand::server
