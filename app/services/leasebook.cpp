// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/leasebook.h"

#include <algorithm>

namespace evenhand::services {

base::Result<> LeaseBook::reload()
{
    EVENHAND_ASSIGN(const auto leases, m_cache.leases());
    m_default.reset();
    m_single.clear();
    for (const auto& [caseId, until] : leases) {
        if (caseId)
            m_single[*caseId] = until;
        else
            m_default = until;
    }
    return {};
}

std::optional<base::Instant> LeaseBook::closedSince(const domain::CaseId& id) const
{
    const auto own = m_single.find(id);
    const auto until = own != m_single.end() ? std::optional(own->second) : m_default;
    return until && *until <= m_time.now() ? until : std::nullopt;
}

std::optional<std::int64_t> LeaseBook::nextEndInMs() const
{
    const auto now = m_time.now();
    std::optional<std::int64_t> next;
    const auto look = [&](base::Instant until) {
        if (until > now)
            next = std::min(next.value_or(INT64_MAX), until.milliseconds() - now.milliseconds());
    };
    if (m_default)
        look(*m_default);
    for (const auto& [id, until] : m_single)
        look(until);
    return next;
}

int LeaseBook::endedLeases() const
{
    const auto now = m_time.now();
    const auto single = std::ranges::count_if(m_single, [&](const auto& lease) { return lease.second <= now; });
    return static_cast<int>(single) + (m_default && *m_default <= now ? 1 : 0);
}

} // namespace evenhand::services
