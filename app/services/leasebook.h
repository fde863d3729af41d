// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>

#include "app/sync/trustedtime.h"
#include "db/casecache.h"

namespace evenhand::services {

/// Until when which case may be read without contact with the server. Kept in memory, because every list asks for every row.
/// Data thread only.
class LeaseBook {
public:
    LeaseBook(const db::CaseCache& cache, const sync::TrustedTime& time) : m_cache(cache), m_time(time) {}

    /// After a view was applied.
    [[nodiscard]] base::Result<> reload();
    /// When the lease of a case ended; absent while it may be read. A case without any lease may be read: its server knows none.
    [[nodiscard]] std::optional<base::Instant> closedSince(const domain::CaseId& id) const;
    [[nodiscard]] bool isClosed(const domain::CaseId& id) const { return closedSince(id).has_value(); }
    /// How long until the next lease ends; absent when none will.
    [[nodiscard]] std::optional<std::int64_t> nextEndInMs() const;
    [[nodiscard]] int endedLeases() const;               ///< how many of the leases known are over
    [[nodiscard]] std::optional<base::Instant> ofAllCases() const { return m_default; }

private:
    const db::CaseCache& m_cache;
    const sync::TrustedTime& m_time;
    std::optional<base::Instant> m_default{};
    std::map<domain::CaseId, base::Instant> m_single{};
};

} // namespace evenhand::services
