// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/base/log.h"
#include "app/services/openprofile.h"

/// OpenProfile: what may be read without contact with the server, and for how long.
namespace evenhand::services {

namespace {

constexpr std::int64_t kKeepTimeMs = 60'000;                 // how often the trusted time goes to disk
constexpr std::int64_t kWipeAfterMs = 30LL * 86'400'000;     // after the end of the lease, without contact

} // namespace

void OpenProfile::heardServerTime(base::Instant serverTime)
{
    m_time.heard(serverTime);
    keepTime();
}

void OpenProfile::keepTime()
{
    if (auto kept = m_cache.setTimeAnchor(m_time.anchor()); !kept)
        base::log::of(base::log::Area::App).warn("the trusted time was not kept: {}", kept.error().detail);
}

/// Leases were read again, or time went by: whoever shows a case that closed or opened is told.
void OpenProfile::lookAtLeases()
{
    if (auto read = m_leases.reload(); !read)
        base::log::of(base::log::Area::App).error("leases: {}", read.error().detail);
    if (const int ended = m_leases.endedLeases(); ended != m_endedLeases) {
        m_endedLeases = ended;
        m_surroundings.changed({.allCases = true, .queue = true, .callLog = true});
        m_surroundings.statusChanged();
    }
    const auto wait = std::min(kKeepTimeMs, m_leases.nextEndInMs().value_or(kKeepTimeMs) + 5);
    m_leaseAlarm->set(wait, [this] {
        keepTime();
        wipeLongUnread();
        lookAtLeases();
    });
}

/// What could not be read for a month is not kept. Own unsent work is in the journal and stays.
void OpenProfile::wipeLongUnread()
{
    const auto until = m_leases.ofAllCases();
    if (!until || m_time.now() < until->plusMilliseconds(kWipeAfterMs))
        return;
    base::log::of(base::log::Area::App).warn("cases were not readable for a month: their rows are deleted here");
    if (auto forgotten = m_cache.restartPull(0, true); !forgotten)
        base::log::of(base::log::Area::App).error("rows of unreadable cases: {}", forgotten.error().detail);
    m_queue->forgetAll();
    m_surroundings.changed({.allCases = true, .queue = true, .callLog = true});
}

base::Result<CaseFacts> OpenProfile::requireCase(const domain::CaseId& id) const
{
    if (m_leases.isClosed(id))
        return base::fail(base::ErrorCode::Forbidden, "the lease of this case ended; it can be read again after contact with the server");
    EVENHAND_ASSIGN(auto facts, readCase(m_journal, m_cache, id));
    if (!facts)
        return base::fail(base::ErrorCode::NotFound, "case " + id.toString() + " is not here");
    return *std::move(facts);
}

/// What happened can be recorded though the case cannot be read any more: its lease ended, or it was taken away in the middle of the work.
base::Result<std::optional<CaseFacts>> OpenProfile::caseToRecordOn(const domain::CaseId& id) const
{
    EVENHAND_ASSIGN(auto facts, readCase(m_journal, m_cache, id));
    EVENHAND_ASSIGN(const bool wasTaken, m_journal.isRevoked(id));
    if (!facts && !wasTaken)
        return base::fail(base::ErrorCode::NotFound, "case " + id.toString() + " is not here");
    return facts;
}

/// The shell of a case: enough to record what happened, nothing about anybody.
base::Result<CaseView> OpenProfile::closedView(const domain::CaseId& id, base::Instant since) const
{
    EVENHAND_ASSIGN(const auto row, m_cache.listRow(id));
    if (!row)
        return base::fail(base::ErrorCode::NotFound, "case " + id.toString() + " is not here");
    const auto nothing = *base::Money::tryFromMinor(0, row->balance.currency());
    CaseView view{row->id, row->version, row->businessNo, row->portfolio, {}, row->status, nothing, nothing};
    view.leaseUntil = view.closedSince = since;
    return view;
}

void OpenProfile::hideClosed(QueuePage& page) const
{
    for (auto& row : page.rows) {
        if (!m_leases.isClosed(row.caseId))
            continue;
        row.debtor.clear();
        row.hotNote.clear();
        row.creditor.clear();
        row.lastOutcome.clear();
        row.light = {};
    }
}

} // namespace evenhand::services
