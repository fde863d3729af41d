// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>

#include "server/store/records.h"
#include "server/store/sqlconnection.h"
#include "server/store/writecache.h"

namespace evenhand::server {

/// The projection: rows as the workstations get them. Not thread-safe: belongs to its connection's thread.
/// Writing joins the caller's transaction and does not announce anything: see ViewLog::announce.
class RowTable {
public:
    explicit RowTable(SqlConnection& connection, WriteCache* cache = nullptr) : m_connection(connection), m_cache(cache) {}
    /// For rows without a case and the rows of a case that is being created: the fast way in, which leaves the case's sum to be counted.
    [[nodiscard]] base::Result<> insert(const ProjectionRow& row);
    /// Inserts or replaces. Conflict when (kind, id) belongs to another case: ids that come from outside must not move rows.
    [[nodiscard]] base::Result<> put(const ProjectionRow& row);
    /// A row of a case under an id that is in use nowhere yet (that of a new event): as put(), without asking what was there. An error may
    /// come later: see Query::runLater.
    [[nodiscard]] base::Result<> putNew(const ProjectionRow& row);
    /// Leaves a tombstone with this version. Nothing happens when there is no such row.
    [[nodiscard]] base::Result<> remove(const std::string& kind, const base::Uuid& id, std::int64_t version);
    [[nodiscard]] base::Result<std::optional<ProjectionRow>> find(const std::string& kind, const base::Uuid& id) const;
    [[nodiscard]] base::Result<std::vector<ProjectionRow>> findCaseRows(std::span<const base::Uuid> cases) const;   ///< of kind `case`, in no order
    /// The version of a case is the highest among its rows; 0 when there are none.
    [[nodiscard]] base::Result<std::int64_t> caseVersion(const domain::CaseId& id) const;
    [[nodiscard]] base::Result<std::vector<ProjectionRow>> listOfCase(const domain::CaseId& id) const;   ///< without tombstones
    [[nodiscard]] base::Result<> forEachOfKind(const std::string& kind, const std::function<base::Result<>(const ProjectionRow&)>& visit) const;

private:
    [[nodiscard]] base::Result<> keepSum(const std::optional<ProjectionRow>& before, const ProjectionRow& after);
    [[nodiscard]] bool isCaching(const std::string& kind) const;
    SqlConnection& m_connection;
    WriteCache* m_cache;                               ///< null: none
};

} // namespace evenhand::server
