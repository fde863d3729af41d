// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/queuesweep.h"

#include <algorithm>

#include "app/services/casefacts.h"

namespace evenhand::services {

base::Result<> QueueSweep::begin()
{
    m_after.reset();
    m_own.clear();
    m_ownOfCase.clear();
    EVENHAND_ASSIGN(const auto marks, m_journal.marksSince(base::Instant::fromMilliseconds(0)));
    for (const auto& mark : marks) {
        m_own.insert(mark.eventId);
        if (mark.caseId)
            m_ownOfCase[*mark.caseId].push_back(mark.eventId);
    }
    EVENHAND_ASSIGN(const auto shared, m_cache.casesWithSharedPersons());
    m_shared = {shared.begin(), shared.end()};
    return {};
}

/// False when something the gate needs is not in the gist.
bool QueueSweep::isWhole(const db::CaseGist& gist) const
{
    if (m_shared.contains(gist.id))
        return false;
    const auto own = m_ownOfCase.find(gist.id);
    return own == m_ownOfCase.end()
        || std::ranges::all_of(own->second, [&](const domain::EventId& id) { return std::ranges::find(gist.echoes, id) != gist.echoes.end(); });
}

base::Result<bool> QueueSweep::step(int limit, base::Instant now, const Judge& judge)
{
    EVENHAND_ASSIGN(const auto gists, m_cache.gists(m_after, limit));
    for (const auto& gist : gists) {
        if (m_queue.wantsJudgement(gist.id, now) && isWhole(gist))
            m_queue.take(gist.id, judge(gist, gateQuestion(gist, m_own, now)));
    }
    if (gists.empty())
        return false;
    m_after = gists.back().id;
    return true;
}

} // namespace evenhand::services
