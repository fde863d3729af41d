// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/rowtable.h"

#include "app/domain/projection.h"
#include "server/store/digesttable.h"
#include "server/store/keylist.h"
#include "server_queries.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

ProjectionRow rowFromRow(const SqlRow& row)
{
    const auto caseId = row.optionalUuid(2);
    return {row.text(0), row.uuid(1), caseId ? std::optional(domain::CaseId(*caseId)) : std::nullopt, row.integer(3),
            row.isNull(4) ? std::nullopt : std::optional(row.text(4))};
}

void bindRow(Query& query, const ProjectionRow& row)
{
    query.add(row.kind).add(row.id).add(row.caseId).add(row.version).add(row.body);   // the order of both statements
}

base::Result<> foreignRow(const ProjectionRow& row)
{
    return base::fail(ErrorCode::Conflict, "row " + row.id.toString() + " of kind " + row.kind + " belongs to another case");
}

} // namespace

bool RowTable::isCaching(const std::string& kind) const { return m_cache && m_cache->isOn() && kind == domain::kind::kCase; }

Result<> RowTable::insert(const ProjectionRow& row)
{
    if (isCaching(row.kind))
        m_cache->keepCaseRow(row.id, row);
    Query query(m_connection, sql::kRowInsert);
    bindRow(query, row);
    return query.run();
}

Result<> RowTable::put(const ProjectionRow& row)
{
    EVENHAND_ASSIGN(const auto before, find(row.kind, row.id));
    if (before && before->caseId != row.caseId)
        return foreignRow(row);
    Query query(m_connection, sql::kRowPut);
    bindRow(query, row);
    if (before) {
        EVENHAND_TRY(query.runLater());
    } else {   // a tombstone may lie there, and be another case's
        EVENHAND_TRY(query.run());
        if (m_connection.changes() == 0)
            return foreignRow(row);
    }
    if (isCaching(row.kind))
        m_cache->keepCaseRow(row.id, row);
    return keepSum(before, row);
}

Result<> RowTable::putNew(const ProjectionRow& row)
{
    Query query(m_connection, sql::kRowInsert);
    bindRow(query, row);
    EVENHAND_TRY(query.runLater());
    return keepSum(std::nullopt, row);
}

// The sum of the case follows in the same transaction. A case that has none yet is counted once, with what was just written.
Result<> RowTable::keepSum(const std::optional<ProjectionRow>& before, const ProjectionRow& after)
{
    if (!after.caseId)
        return {};
    DigestTable digests(m_connection);
    const bool isCached = m_cache && m_cache->isOn();
    EVENHAND_ASSIGN(auto sum, isCached ? m_cache->sumOf(*after.caseId) : digests.find(*after.caseId));
    if (sum) {
        if (before && before->body)
            sum->remove(domain::RowDigest::ofRow(before->kind, before->id, before->version, *before->body));
        if (after.body)
            sum->add(domain::RowDigest::ofRow(after.kind, after.id, after.version, *after.body));
    } else {
        EVENHAND_ASSIGN(sum, digests.count(*after.caseId));
    }
    if (!isCached)
        return digests.put(*after.caseId, *sum);
    m_cache->setSum(*after.caseId, *sum);
    return {};
}

Result<> RowTable::remove(const std::string& kind, const base::Uuid& id, std::int64_t version)
{
    EVENHAND_ASSIGN(const auto before, find(kind, id));
    if (!before)
        return {};
    if (isCaching(kind))
        m_cache->keepCaseRow(id, std::nullopt);
    EVENHAND_TRY(Query(m_connection, sql::kRowRemove).bind(":kind", kind).bind(":id", id).bind(":version", version).run());
    return keepSum(before, {kind, id, before->caseId, version, std::nullopt});
}

Result<std::optional<ProjectionRow>> RowTable::find(const std::string& kind, const base::Uuid& id) const
{
    if (isCaching(kind)) {
        if (auto known = m_cache->caseRow(id))
            return *std::move(known);
    }
    EVENHAND_ASSIGN(auto row, Query(m_connection, sql::kRowFind).bind(":kind", kind).bind(":id", id).optionalRow(rowFromRow));
    if (isCaching(kind))
        m_cache->keepCaseRow(id, row);
    return row;
}

Result<std::vector<ProjectionRow>> RowTable::findCaseRows(std::span<const base::Uuid> cases) const
{
    return rowsForKeys(m_connection, sql::kRowFindCaseRows, cases, rowFromRow);
}

Result<std::int64_t> RowTable::caseVersion(const domain::CaseId& id) const
{
    Query query(m_connection, sql::kRowCaseVersion);
    EVENHAND_ASSIGN(const auto version, query.bind(":case_id", id).optionalRow([](const SqlRow& row) { return row.integer(0); }));
    return version.value_or(0);
}

Result<std::vector<ProjectionRow>> RowTable::listOfCase(const domain::CaseId& id) const
{
    return Query(m_connection, sql::kRowListOfCase).bind(":case_id", id).allRows(rowFromRow);
}

Result<> RowTable::forEachOfKind(const std::string& kind, const std::function<Result<>(const ProjectionRow&)>& visit) const
{
    Query query(m_connection, sql::kRowListOfKind);
    query.bind(":kind", kind);
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return {};
        EVENHAND_TRY(visit(rowFromRow(query.row())));
    }
}

} // namespace evenhand::server
