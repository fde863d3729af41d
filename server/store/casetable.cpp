// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/casetable.h"

#include <algorithm>
#include <limits>

#include "server/store/keylist.h"
#include "server_queries.h"

namespace evenhand::server {

using base::Result;

namespace {

base::Hash256 hashFrom(base::ByteView bytes)
{
    base::Hash256 hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

CaseRecord caseFromRow(const SqlRow& row)
{
    CaseRecord record{domain::CaseId(row.uuid(0)), PortfolioId(row.uuid(1)), row.text(2)};
    record.contentHash = hashFrom(row.blob(3));
    record.status = domain::caseStatusFromWord(row.text(4)).value_or(domain::CaseStatus::Closed);
    record.balanceMinor = row.integer(5);
    record.daysPastDue = static_cast<int>(row.integer(6));
    record.region = row.text(7);
    if (!row.isNull(8))
        record.assignedTo = domain::UserId(row.uuid(8));
    record.team = row.text(9);
    return record;
}

// LIMIT for "all of them" that every database takes.
std::int64_t limitOrAll(std::int64_t limit) { return limit < 0 ? std::numeric_limits<std::int64_t>::max() : limit; }

std::string_view unassignedQuery(CaseOrder order)
{
    switch (order) {
    case CaseOrder::Balance: return sql::kCaseListUnassignedByBalance;
    case CaseOrder::DaysPastDue: return sql::kCaseListUnassignedByDpd;
    case CaseOrder::Region: return sql::kCaseListUnassignedByRegion;
    }
    return sql::kCaseListUnassignedByBalance;
}

void bindLenderColumns(Query& query, const CaseRecord& record)
{
    query.bind(":case_id", record.id).bind(":content_hash", base::ByteView(record.contentHash)).bind(":status", domain::toWord(record.status));
    query.bind(":balance_minor", record.balanceMinor).bind(":days_past_due", record.daysPastDue).bind(":region", record.region);
}

} // namespace

Result<std::optional<PortfolioId>> CaseTable::findPortfolio(const std::string& name) const
{
    return Query(m_connection, sql::kCasePortfolioFind).bind(":name", name).optionalRow([](const SqlRow& row) { return PortfolioId(row.uuid(0)); });
}

Result<PortfolioId> CaseTable::ensurePortfolio(const std::string& name, base::Instant now)
{
    EVENHAND_ASSIGN(const auto found, findPortfolio(name));
    if (found)
        return *found;
    const auto id = PortfolioId::random();
    Query query(m_connection, sql::kCasePortfolioInsert);
    EVENHAND_TRY(query.bind(":portfolio_id", id).bind(":name", name).bind(":created_at", now).run());
    return id;
}

Result<std::vector<ImportedCase>> CaseTable::importIndex(const PortfolioId& portfolio) const
{
    return Query(m_connection, sql::kCaseImportIndex).bind(":portfolio_id", portfolio).allRows([](const SqlRow& row) {
        return ImportedCase{row.text(0), domain::CaseId(row.uuid(1)), hashFrom(row.blob(2))};
    });
}

Result<> CaseTable::insert(const CaseRecord& record)
{
    Query query(m_connection, sql::kCaseInsert);
    bindLenderColumns(query, record);
    return query.bind(":portfolio_id", record.portfolioId).bind(":business_no", record.businessNo).run();
}

Result<> CaseTable::update(const CaseRecord& record)
{
    Query query(m_connection, sql::kCaseUpdate);
    bindLenderColumns(query, record);
    return query.run();
}

Result<std::optional<CaseRecord>> CaseTable::find(const domain::CaseId& id) const
{
    return Query(m_connection, sql::kCaseFind).bind(":case_id", id).optionalRow(caseFromRow);
}

Result<std::vector<CaseRecord>> CaseTable::findMany(std::span<const base::Uuid> ids) const
{
    return rowsForKeys(m_connection, sql::kCaseFindMany, ids, caseFromRow);
}

Result<std::vector<CaseRecord>> CaseTable::listUnassigned(const PortfolioId& portfolio, CaseOrder order, std::int64_t limit) const
{
    return Query(m_connection, unassignedQuery(order)).bind(":portfolio_id", portfolio).bind(":limit", limitOrAll(limit)).allRows(caseFromRow);
}

Result<std::vector<CaseRecord>> CaseTable::listAssigned(const PortfolioId& portfolio, const std::optional<domain::UserId>& user,
                                                        std::int64_t limit) const
{
    Query query(m_connection, sql::kCaseListAssigned);
    return query.bind(":portfolio_id", portfolio).bind(":user_id", user).bind(":limit", limitOrAll(limit)).allRows(caseFromRow);
}

Result<> CaseTable::forEach(const std::optional<PortfolioId>& portfolio, const std::function<Result<>(const CaseRecord&)>& visit) const
{
    Query query(m_connection, sql::kCaseListAll);
    query.bind(":portfolio_id", portfolio);
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return {};
        EVENHAND_TRY(visit(caseFromRow(query.row())));
    }
}

} // namespace evenhand::server
