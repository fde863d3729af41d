// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

enum class CaseOrder { Balance, DaysPastDue, Region };

/// Portfolios and the cases in them. Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class CaseTable {
public:
    explicit CaseTable(SqlConnection& connection) : m_connection(connection) {}
    [[nodiscard]] base::Result<std::optional<PortfolioId>> findPortfolio(const std::string& name) const;
    [[nodiscard]] base::Result<PortfolioId> ensurePortfolio(const std::string& name, base::Instant now);

    [[nodiscard]] base::Result<std::vector<ImportedCase>> importIndex(const PortfolioId& portfolio) const;   ///< ordered by businessNo
    [[nodiscard]] base::Result<> insert(const CaseRecord& record);
    [[nodiscard]] base::Result<> update(const CaseRecord& record);        ///< the lender's columns; not assignedTo, not team
    [[nodiscard]] base::Result<std::optional<CaseRecord>> find(const domain::CaseId& id) const;
    [[nodiscard]] base::Result<std::vector<CaseRecord>> findMany(std::span<const base::Uuid> ids) const;   ///< in no order
    /// Open cases nobody has, the largest balance (days past due; by region then balance) first. limit < 0: all.
    [[nodiscard]] base::Result<std::vector<CaseRecord>> listUnassigned(const PortfolioId& portfolio, CaseOrder order, std::int64_t limit) const;
    [[nodiscard]] base::Result<std::vector<CaseRecord>> listAssigned(const PortfolioId& portfolio, const std::optional<domain::UserId>& user,
                                                                     std::int64_t limit) const;
    /// Every case of the portfolio (all portfolios when absent), in order of business number.
    [[nodiscard]] base::Result<> forEach(const std::optional<PortfolioId>& portfolio,
                                         const std::function<base::Result<>(const CaseRecord&)>& visit) const;

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
