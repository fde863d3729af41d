// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/domain/planrules.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// The rules of promises and plans this office works by (setting "agreements.rules"), and when time alone changes something about the
/// promises or the plan of a case next. Not thread-safe: belongs to its connection's thread. Writing joins the caller's transaction.
class AgreementTable {
public:
    explicit AgreementTable(SqlConnection& connection) : m_connection(connection) {}

    /// One per pack, lowest layer first; empty when no pack was ever read here: then nothing is limited.
    [[nodiscard]] base::Result<std::vector<domain::AgreementRules>> rules() const;
    /// True if they differ from what was there.
    [[nodiscard]] base::Result<bool> writeRules(const std::vector<domain::AgreementRules>& rules);

    /// Replaces the time; without one nothing is waited for any more.
    [[nodiscard]] base::Result<> setDueAt(const domain::CaseId& id, std::optional<base::Instant> at);
    /// Cases whose time has come, the longest waiting first.
    [[nodiscard]] base::Result<std::vector<domain::CaseId>> dueBy(base::Instant at, std::int64_t limit) const;
    /// Everything that waits is due now: the rules changed.
    [[nodiscard]] base::Result<> setAllDue(base::Instant at);

private:
    SqlConnection& m_connection;
};

} // namespace evenhand::server
