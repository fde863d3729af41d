// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "app/compliance/gatejson.h"
#include "app/services/queuebook.h"
#include "db/casecache.h"
#include "db/journal.h"

namespace evenhand::services {

/// Judges all cases of a queue from their gists, some hundred at a time, where reading each in full would take half a minute for a large
/// portfolio. Leaves out what a gist does not say enough about: cases with own events that the server has not echoed, and cases of people
/// who are in another case too; QueueBook::judgeSome() judges those. Data thread only.
class QueueSweep {
public:
    using Judge = std::function<QueueJudgement(const db::CaseGist&, compliance::GateQuestion)>;

    QueueSweep(const db::Journal& journal, const db::CaseCache& cache, QueueBook& queue) : m_journal(journal), m_cache(cache), m_queue(queue) {}

    /// From the first case on, with what is own and shared now.
    [[nodiscard]] base::Result<> begin();
    /// The next `limit` cases; false when there are none left.
    [[nodiscard]] base::Result<bool> step(int limit, base::Instant now, const Judge& judge);

private:
    [[nodiscard]] bool isWhole(const db::CaseGist& gist) const;

    const db::Journal& m_journal;
    const db::CaseCache& m_cache;
    QueueBook& m_queue;
    std::set<domain::EventId> m_own;
    std::map<domain::CaseId, std::vector<domain::EventId>> m_ownOfCase;
    std::set<domain::CaseId> m_shared;
    std::optional<domain::CaseId> m_after;
};

} // namespace evenhand::services
