// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/trustedtime.h"

#include <algorithm>

namespace evenhand::sync {

TrustedTime::TrustedTime(const base::Clock& clock, const std::optional<db::TimeAnchor>& known) : m_clock(clock), m_baseMonoMs(clock.monotonicMs())
{
    m_base = clock.now();
    if (!known)
        return;
    const bool isSameBoot = known->bootId == clock.bootId() && known->monotonicMs <= m_baseMonoMs;
    m_base = std::max(m_base, isSameBoot ? known->at.plusMilliseconds(m_baseMonoMs - known->monotonicMs) : known->at);
}

void TrustedTime::heard(base::Instant serverTime)
{
    m_base = serverTime;
    m_baseMonoMs = m_clock.monotonicMs();
    m_isFromServer = true;
}

base::Instant TrustedTime::now() const
{
    const auto counted = m_base.plusMilliseconds(std::max<std::int64_t>(0, m_clock.monotonicMs() - m_baseMonoMs));
    return m_isFromServer ? counted : std::max(counted, m_clock.now());
}

db::TimeAnchor TrustedTime::anchor() const
{
    return {now(), m_clock.bootId(), m_clock.monotonicMs()};
}

} // namespace evenhand::sync
