// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "app/domain/rowdigest.h"
#include "server/store/records.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// The sums by which a workstation finds out that it holds what the server does. RowTable keeps the sum of a case in the transaction that
/// writes its rows; here they are added up per person. Not thread-safe: belongs to its connection's thread.
class DigestTable {
public:
    explicit DigestTable(SqlConnection& connection) : m_connection(connection) {}
    /// Over everything the user may see at this moment, by bucket.
    [[nodiscard]] base::Result<std::array<domain::DigestSum, domain::kBuckets>> ofUser(const UserRecord& user) const;
    /// The stored sum, or the rows counted when there is none.
    [[nodiscard]] base::Result<domain::DigestSum> ofCase(const domain::CaseId& caseId) const;
    [[nodiscard]] base::Result<std::optional<domain::DigestSum>> find(const domain::CaseId& caseId) const;
    [[nodiscard]] base::Result<std::vector<std::pair<domain::CaseId, domain::DigestSum>>> findMany(std::span<const base::Uuid> cases) const;
    [[nodiscard]] base::Result<> put(const domain::CaseId& caseId, const domain::DigestSum& sum);
    [[nodiscard]] base::Result<> putLater(const domain::CaseId& caseId, const domain::DigestSum& sum);   ///< see Query::runLater
    [[nodiscard]] base::Result<domain::DigestSum> count(const domain::CaseId& caseId) const;   ///< from the rows themselves
    /// Cases the user may see, in the order of their ids.
    [[nodiscard]] base::Result<std::vector<domain::CaseId>> visibleAfter(const UserRecord& user, const base::Uuid& after, std::int64_t limit) const;

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
