// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/statusview.h"

namespace evenhand::services {

namespace {

Connection connectionFrom(const sync::EngineStatus& status)
{
    if (status.paused)
        return Connection::Paused;
    switch (status.contact) {
    case sync::Contact::NotTried: return Connection::NotTried;
    case sync::Contact::Online: return Connection::Online;
    case sync::Contact::Offline: return Connection::Offline;
    case sync::Contact::NeedsPassword: return Connection::NeedsPassword;
    case sync::Contact::Untrusted: return Connection::Untrusted;
    case sync::Contact::WrongServer: return Connection::WrongServer;
    }
    return Connection::NotTried;
}

SyncPhase phaseFrom(sync::Phase phase)
{
    switch (phase) {
    case sync::Phase::Idle: return SyncPhase::Idle;
    case sync::Phase::Hello: return SyncPhase::Hello;
    case sync::Phase::Session: return SyncPhase::Session;
    case sync::Phase::Push: return SyncPhase::Push;
    case sync::Phase::Pull: return SyncPhase::Pull;
    }
    return SyncPhase::Idle;
}

Delivery deliveryFrom(db::Delivery delivery)
{
    switch (delivery) {
    case db::Delivery::Pending: return Delivery::SavedHere;
    case db::Delivery::Sent: return Delivery::Sending;
    case db::Delivery::Acked: return Delivery::OnServer;
    case db::Delivery::Quarantined: return Delivery::SetAside;
    }
    return Delivery::SavedHere;
}

bool isUnsent(db::Delivery delivery)
{
    return delivery == db::Delivery::Pending || delivery == db::Delivery::Sent;
}

bool fits(SyncService::LedgerFilter filter, const db::LedgerRow& row)
{
    switch (filter) {
    case SyncService::LedgerFilter::All: return true;
    case SyncService::LedgerFilter::Unsent: return isUnsent(row.delivery);
    case SyncService::LedgerFilter::SetAside: return row.delivery == db::Delivery::Quarantined;
    }
    return true;
}

std::int64_t totalOf(SyncService::LedgerFilter filter, const db::JournalCounts& counts)
{
    switch (filter) {
    case SyncService::LedgerFilter::All: return counts.total;
    case SyncService::LedgerFilter::Unsent: return counts.pending;
    case SyncService::LedgerFilter::SetAside: return counts.quarantined;
    }
    return counts.total;
}

} // namespace

base::Result<SyncStatus> statusOf(OpenProfile& profile)
{
    EVENHAND_ASSIGN(const auto counts, profile.journal().counts());
    const auto& engine = profile.engine()->status();
    SyncStatus status{connectionFrom(engine), phaseFrom(engine.phase), counts.total, counts.total - counts.pending, counts.pending,
                      counts.quarantined, counts.oldestPending, engine.nextAttemptAt, engine.lastContactAt, engine.viewCompleteAt,
                      engine.pulledRows, std::nullopt};
    if (engine.lastFailure) {
        const auto& failure = *engine.lastFailure;
        status.lastFailure = SyncFailure{failure.at, failure.failure.error.code, failure.failure.problem, failure.failure.error.detail,
                                         failure.failure.requestId, phaseFrom(failure.phase)};
    }
    return status;
}

base::Result<LedgerPage> ledgerOf(OpenProfile& profile, SyncService::LedgerFilter filter, std::optional<std::int64_t> before, int limit)
{
    EVENHAND_ASSIGN(const auto counts, profile.journal().counts());
    EVENHAND_ASSIGN(const auto attempt, profile.journal().lastAttempt());
    LedgerPage page{{}, totalOf(filter, counts)};
    while (page.rows.size() < static_cast<std::size_t>(limit)) {
        EVENHAND_ASSIGN(const auto rows, profile.journal().ledger(limit, before));
        for (const auto& row : rows) {
            before = row.position;
            if (!fits(filter, row) || page.rows.size() >= static_cast<std::size_t>(limit))
                continue;
            LedgerRow out{row.position, row.eventId, row.seq, row.type, row.savedAt, row.caseId, {}, deliveryFrom(row.delivery),
                          row.reason.value_or(""), row.receiptStoredAt, {}, {}};
            if (row.caseId) {
                EVENHAND_ASSIGN(const auto listed, profile.cache().listRow(*row.caseId));
                out.caseNo = listed ? listed->businessNo : std::string();
            }
            if (attempt && isUnsent(row.delivery) && row.seq >= attempt->firstSeq && row.seq <= attempt->lastSeq) {
                out.requestId = attempt->requestId;
                out.attemptOutcome = attempt->outcome.value_or("");
            }
            page.rows.push_back(std::move(out));
        }
        const bool isEnd = rows.size() < static_cast<std::size_t>(limit)
                           || (filter == SyncService::LedgerFilter::Unsent && static_cast<std::int64_t>(page.rows.size()) >= page.total);
        if (isEnd)
            break;
    }
    return page;
}

} // namespace evenhand::services
