// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/ingest.h"

#include "server/projection/projection.h"

namespace evenhand::server {

using base::Json;
using base::Result;
using domain::wire::EventResult;

namespace {

EventResult resultOf(const EventRecord& record, const std::string& verdict)
{
    return {record.eventId, record.seq, verdict, record.reason, record.flags, record.receipt};
}

void quarantine(EventRecord& record, const char* reason)
{
    if (record.verdict == "quarantined")
        return;   // the first reason stays
    record.verdict = "quarantined";
    record.reason = reason;
}

bool isSameEvent(const EventRecord& stored, const EventRecord& sent) { return stored.hash == sent.hash && stored.deviceId == sent.deviceId; }

} // namespace

Result<EventResult> Ingest::store(CheckedEvent event)
{
    bool clashes = false;
    EVENHAND_ASSIGN(auto duplicate, known(event, clashes));
    if (duplicate)
        return *std::move(duplicate);
    if (clashes) {
        EVENHAND_TRY(seal(event.record));
        EVENHAND_TRY(m_store.events().insertConflict(event.record));
        return resultOf(event.record, event.record.verdict);
    }
    EVENHAND_TRY(judgeChain(event));
    EVENHAND_TRY(judgeCase(event));
    EVENHAND_TRY(seal(event.record));
    EVENHAND_TRY(m_store.events().insert(event.record));
    if (event.header) {
        for (const auto& ref : event.header->blobRefs)
            EVENHAND_TRY(m_store.blobs().addReference(event.record, ref.sha256, ref.size));
    }
    if (event.record.verdict == "accepted" && event.record.caseId)
        EVENHAND_TRY(Projection(m_store, event.record).apply(*event.header, *event.payload));
    return resultOf(event.record, event.record.verdict);
}

// Rule 2 of the push rules: the same bytes again give the original receipt; other bytes under the same id or place are kept beside.
Result<std::optional<EventResult>> Ingest::known(CheckedEvent& event, bool& clashes)
{
    auto& record = event.record;
    EVENHAND_ASSIGN(const auto sameId, m_store.events().find(record.eventId));
    if (sameId && isSameEvent(*sameId, record))
        return std::optional(resultOf(*sameId, "duplicate"));
    EVENHAND_ASSIGN(const auto samePlace, m_store.events().findAt(record.deviceId, record.epoch, record.seq));
    if (!sameId && !samePlace)
        return std::optional<EventResult>();
    EVENHAND_ASSIGN(const auto keptBeside, m_store.events().findConflict(record.eventId, record.hash));
    if (keptBeside && isSameEvent(*keptBeside, record))
        return std::optional(resultOf(*keptBeside, "duplicate"));
    if (keptBeside)   // the same bytes from two devices: the table holds them once, and this device learns that they are not its own
        return std::optional(resultOf(*keptBeside, "quarantined"));
    clashes = true;
    quarantine(record, sameId ? "hash_conflict" : "seq_conflict");
    if (samePlace)
        record.flags.emplace_back("epoch_alarm");
    return std::optional<EventResult>();
}

Result<> Ingest::judgeChain(CheckedEvent& event)
{
    auto& record = event.record;
    if (!event.header)
        return {};
    if (record.seq == 1) {
        if (event.header->prevHash != base::Hash256{})
            quarantine(record, "chain_break");
        return {};
    }
    EVENHAND_ASSIGN(const auto previous, m_store.events().findAt(record.deviceId, record.epoch, record.seq - 1));
    if (!previous)
        record.flags.emplace_back("gap_before");
    else if (previous->hash != event.header->prevHash)
        quarantine(record, "chain_break");
    EVENHAND_ASSIGN(const auto next, m_store.events().findAt(record.deviceId, record.epoch, record.seq + 1));
    if (next) {
        const auto nextHeader = domain::decodeHeader(next->header);
        if (nextHeader && nextHeader->prevHash != record.hash)
            quarantine(record, "chain_break");
    }
    return {};
}

// A case that never was the user's is answered like one that does not exist: ids cannot be probed.
Result<> Ingest::judgeCase(CheckedEvent& event)
{
    auto& record = event.record;
    if (!record.caseId || record.verdict == "quarantined")
        return {};
    EVENHAND_ASSIGN(const bool visible, m_store.viewLog().isVisible(m_user, *record.caseId));
    if (!visible) {
        EVENHAND_ASSIGN(const bool wasVisible, m_store.viewLog().wasEverVisible(m_user, *record.caseId));
        if (!wasVisible) {
            quarantine(record, "unknown_case");
            return {};
        }
        record.flags.emplace_back("late_after_unassign");
    }
    EVENHAND_ASSIGN(const auto found, m_store.cases().find(*record.caseId));
    EVENHAND_ASSIGN(const auto version, m_store.rows().caseVersion(*record.caseId));
    if (found && found->status != domain::CaseStatus::Open && event.header->contextVersion.value_or(0) < version)
        record.flags.emplace_back("stale_context");
    return {};
}

Result<> Ingest::seal(EventRecord& record)
{
    EVENHAND_ASSIGN(record.serverSeq, m_store.nextSeq());
    record.receipt = m_keys.sign({{"kind", "receipt"},
                                  {"dataset_id", m_store.dataset().toString()},
                                  {"event_id", record.eventId.toString()},
                                  {"hash", base::toBase64Url(record.hash)},
                                  {"verdict", record.verdict},
                                  {"reason", record.reason ? Json(*record.reason) : Json(nullptr)},
                                  {"received_at", record.receivedAt.toRfc3339Utc()},
                                  {"server_seq", record.serverSeq},
                                  {"log_id", nullptr},
                                  {"leaf_index", nullptr}});
    return {};
}

} // namespace evenhand::server
