// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/writecache.h"

#include "app/domain/projection.h"
#include "server/store/casetable.h"
#include "server/store/digesttable.h"
#include "server/store/rowtable.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;
using domain::DigestSum;

void WriteCache::begin()
{
    forget();
    m_on = true;
}

void WriteCache::end()
{
    forget();
    m_on = false;
}

void WriteCache::forget()
{
    m_cases.clear();
    m_caseRows.clear();
    m_sums.clear();
    m_changed.clear();
    m_holdings.clear();
}

Result<> WriteCache::prefetch(std::span<const base::Uuid> cases)
{
    std::vector<base::Uuid> unknown;
    for (const auto& id : cases) {
        if (m_on && m_cases.emplace(domain::CaseId(id), std::nullopt).second)
            unknown.push_back(id);
    }
    if (unknown.empty())
        return {};
    EVENHAND_ASSIGN(auto records, CaseTable(m_connection).findMany(unknown));
    EVENHAND_ASSIGN(auto rows, RowTable(m_connection).findCaseRows(unknown));
    EVENHAND_ASSIGN(const auto sums, DigestTable(m_connection).findMany(unknown));
    for (const auto& id : unknown) {
        m_caseRows.try_emplace(id);
        m_sums.try_emplace(domain::CaseId(id));
    }
    for (auto& record : records)
        m_cases.insert_or_assign(record.id, std::move(record));
    for (auto& row : rows)
        m_caseRows.insert_or_assign(row.id, std::move(row));
    for (const auto& [caseId, sum] : sums)
        m_sums[caseId].value = sum;
    return {};
}

Result<std::optional<CaseRecord>> WriteCache::caseOf(const domain::CaseId& id)
{
    if (!m_on)
        return CaseTable(m_connection).find(id);
    if (const auto known = m_cases.find(id); known != m_cases.end())
        return known->second;
    EVENHAND_ASSIGN(auto record, CaseTable(m_connection).find(id));
    m_cases.emplace(id, record);
    return record;
}

Result<std::vector<domain::UserId>> WriteCache::viewersOf(const CaseRecord& record)
{
    for (const auto& holding : m_holdings) {
        if (holding.user == record.assignedTo && holding.team == record.team)
            return holding.viewers;
    }
    Query query(m_connection, sql::kFeedViewers);
    query.bind(":assigned_to", record.assignedTo).bind(":team", record.team);
    EVENHAND_ASSIGN(auto viewers, query.allRows([](const SqlRow& row) { return domain::UserId(row.uuid(0)); }));
    if (m_on)
        m_holdings.push_back({record.assignedTo, record.team, viewers});
    return viewers;
}

std::optional<std::optional<ProjectionRow>> WriteCache::caseRow(const base::Uuid& id) const
{
    const auto known = m_caseRows.find(id);
    return known == m_caseRows.end() ? std::nullopt : std::optional(known->second);
}

void WriteCache::keepCaseRow(const base::Uuid& id, std::optional<ProjectionRow> row)
{
    if (m_on)
        m_caseRows.insert_or_assign(id, std::move(row));
}

Result<std::optional<DigestSum>> WriteCache::sumOf(const domain::CaseId& id)
{
    if (const auto known = m_sums.find(id); known != m_sums.end())
        return known->second.value;
    EVENHAND_ASSIGN(const auto stored, DigestTable(m_connection).find(id));
    m_sums.emplace(id, Sum{stored});
    return stored;
}

void WriteCache::setSum(const domain::CaseId& id, const DigestSum& sum)
{
    auto& kept = m_sums[id];
    kept.value = sum;
    if (!std::exchange(kept.isChanged, true))
        m_changed.push_back(id);
}

Result<> WriteCache::writeSums()
{
    for (const auto& id : m_changed) {
        auto& sum = m_sums[id];
        EVENHAND_TRY(DigestTable(m_connection).putLater(id, *sum.value));
        sum.isChanged = false;
    }
    m_changed.clear();
    return {};
}

} // namespace evenhand::server
