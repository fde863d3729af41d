// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/statusview.h"

#include <algorithm>

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
    case sync::Phase::Check: return SyncPhase::Check;
    case sync::Phase::Resync: return SyncPhase::Resync;
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

std::int64_t totalOf(SyncService::LedgerFilter filter, const db::JournalCounts& counts)
{
    switch (filter) {
    case SyncService::LedgerFilter::All: return counts.total;
    case SyncService::LedgerFilter::Unsent: return counts.pending;
    case SyncService::LedgerFilter::SetAside: return counts.quarantined;
    }
    return counts.total;
}

/// The lender's number; "" without a case, and when the case is not here any more.
base::Result<std::string> caseNoOf(OpenProfile& profile, const std::optional<domain::CaseId>& caseId)
{
    if (!caseId)
        return std::string();
    EVENHAND_ASSIGN(const auto listed, profile.cache().listRow(*caseId));
    return listed ? listed->businessNo : std::string();
}

void addRecordings(SyncStatus& status, OpenProfile& profile, const db::JournalCounts& counts)
{
    status.unsentRecordings = counts.unsentBlobs;
    status.unsentRecordingBytes = counts.unsentBlobBytes;
    if (profile.blobs() == nullptr)
        return;
    const auto& progress = profile.blobs()->progress();
    status.recordingSent = progress.currentSent;
    status.recordingSize = progress.current ? progress.currentSize : 0;
    if (progress.lastFailure)
        status.recordingProblem = progress.lastFailure->problem.empty() ? "no_answer" : progress.lastFailure->problem;
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
    addRecordings(status, profile, counts);
    status.drafts = counts.drafts;
    status.isListening = engine.pokes != sync::PokeMode::None;
    status.checkedAt = engine.checkedAt;
    status.repairs = engine.repairedBuckets + engine.resyncs;
    status.missingCases = engine.missingCases;
    if (engine.heldDeletion) {
        status.heldCases = engine.heldDeletion->removed;
        status.heldOf = engine.heldDeletion->present;
    }
    status.readableUntil = profile.leases().ofAllCases();
    status.isClosed = profile.leases().endedLeases() > 0;
    return status;
}

base::Result<LedgerPage> ledgerOf(OpenProfile& profile, SyncService::LedgerFilter filter, std::optional<std::int64_t> before, int limit)
{
    EVENHAND_ASSIGN(const auto counts, profile.journal().counts());
    LedgerPage page{{}, totalOf(filter, counts)};
    const bool onlyUnsent = filter == SyncService::LedgerFilter::Unsent;
    while (page.rows.size() < static_cast<std::size_t>(limit)) {
        EVENHAND_ASSIGN(const auto rows, onlyUnsent ? profile.journal().unsentLedger(limit, before) : profile.journal().ledger(limit, before));
        for (const auto& row : rows) {
            before = row.position;
            const bool fits = filter != SyncService::LedgerFilter::SetAside || row.delivery == db::Delivery::Quarantined;
            if (!fits || page.rows.size() >= static_cast<std::size_t>(limit))
                continue;
            LedgerRow out{row.position, row.eventId, row.seq, row.type, row.savedAt, row.caseId, {}, deliveryFrom(row.delivery),
                          row.reason.value_or(""), row.receiptStoredAt, row.requestId, row.attemptOutcome, row.attemptDetail};
            EVENHAND_ASSIGN(out.caseNo, caseNoOf(profile, row.caseId));
            EVENHAND_ASSIGN(out.isApplied, profile.cache().echoExists(row.eventId));
            page.rows.push_back(std::move(out));
        }
        if (rows.size() < static_cast<std::size_t>(limit))
            break;
    }
    return page;
}

base::Result<LeaveCheck> leaveCheckOf(OpenProfile& profile)
{
    constexpr int kListed = 200;
    EVENHAND_ASSIGN(const auto counts, profile.journal().counts());
    LeaveCheck check{counts.pending, counts.drafts, counts.unsentBlobs, counts.unsentBlobBytes, {}, {}};
    EVENHAND_ASSIGN(const auto entries, profile.journal().unsentLedger(kListed));
    for (const auto& entry : entries) {
        EVENHAND_ASSIGN(auto caseNo, caseNoOf(profile, entry.caseId));
        check.items.push_back({AtRisk::Kind::Entry, entry.type, std::move(caseNo), entry.savedAt});
    }
    EVENHAND_ASSIGN(const auto drafts, profile.journal().drafts());
    for (const auto& draft : drafts) {
        EVENHAND_ASSIGN(auto caseNo, caseNoOf(profile, draft.caseId));
        check.items.push_back({AtRisk::Kind::Draft, draft.form, std::move(caseNo), draft.savedAt});
    }
    EVENHAND_ASSIGN(const auto blobs, profile.journal().unsentBlobs());
    for (const auto& blob : blobs) {
        EVENHAND_ASSIGN(auto caseNo, caseNoOf(profile, blob.caseId));
        check.items.push_back({AtRisk::Kind::Recording, {}, std::move(caseNo), blob.savedAt, blob.size});
    }
    std::ranges::stable_sort(check.items, {}, &AtRisk::since);
    if (!check.items.empty())
        check.oldest = counts.oldestPending ? std::min(*counts.oldestPending, check.items.front().since) : check.items.front().since;
    if (check.items.size() > kListed)
        check.items.resize(kListed);
    return check;
}

} // namespace evenhand::services
