// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "db/cachestate.h"

namespace evenhand::db {

/// Applies operations of a checkpoint inside the caller's transaction: the verbatim row, its typed copy, and at the end what
/// depends on several rows of a case (version, promises, search).
class CheckpointApplier {
public:
    CheckpointApplier(sqlite::Connection& db, SearchIndex& search, std::vector<base::Uuid> refusedRevokes = {})
        : m_db(db), m_search(search), m_refused(std::move(refusedRevokes)) {}
    [[nodiscard]] base::Result<> apply(const domain::wire::PullOp& op);
    /// Takes one row out, whatever its version; for repairs.
    [[nodiscard]] base::Result<> takeOut(const std::string& kind, const base::Uuid& id, const std::optional<domain::CaseId>& caseId);
    [[nodiscard]] base::Result<> forgetCase(const domain::CaseId& id);
    [[nodiscard]] base::Result<ApplyOutcome> finish();

private:
    struct Touched {
        std::int64_t version = 0;
        bool promises = false;
        bool searchTexts = false;
    };
    [[nodiscard]] base::Result<> put(const domain::wire::PullOp& op, const std::string& kind);
    [[nodiscard]] base::Result<> remove(const domain::wire::PullOp& op);
    [[nodiscard]] base::Result<> lease(const domain::wire::PullOp& op);
    [[nodiscard]] base::Result<> revoke(const domain::wire::PullOp& op);
    [[nodiscard]] base::Result<std::optional<domain::RowDigest>> digestOf(const std::string& kind, const base::Uuid& id,
                                                                           const std::optional<domain::CaseId>& caseId) const;
    [[nodiscard]] domain::DigestSum& changeOf(const std::optional<domain::CaseId>& caseId);
    [[nodiscard]] base::Result<> flushSums();
    [[nodiscard]] base::Result<> refresh(const domain::CaseId& id, const Touched& touched);
    void touch(const std::optional<domain::CaseId>& id, std::int64_t seq, std::string_view kind);

    sqlite::Connection& m_db;
    SearchIndex& m_search;
    std::vector<base::Uuid> m_refused;
    std::map<int, domain::DigestSum> m_sums;         ///< what to add to the running sums; counts may be negative
    ApplyOutcome m_outcome;
    std::map<domain::CaseId, Touched> m_touched;
    std::map<domain::CaseId, bool> m_revoked;
};

} // namespace evenhand::db
