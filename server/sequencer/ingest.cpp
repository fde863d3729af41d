// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/ingest.h"

#include <algorithm>

#include "server/projection/projection.h"
#include "server/store/visibility.h"

namespace evenhand::server {

using base::Result;
using domain::wire::EventResult;

namespace {

constexpr std::int64_t kWidestLook = 1000;   // places; a batch that is spread wider asks for each place by itself

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
    std::vector<CheckedEvent> one;
    one.push_back(std::move(event));
    EVENHAND_ASSIGN(auto results, store(std::move(one)));
    return std::move(results.front());
}

Result<std::vector<EventResult>> Ingest::store(std::vector<CheckedEvent> events)
{
    for (auto& event : events)
        m_batch.push_back({std::move(event)});
    EVENHAND_TRY(look());
    for (std::size_t i = 0; i < m_batch.size(); ++i)
        EVENHAND_TRY(judge(i));
    EVENHAND_TRY(giveNumbers());
    EVENHAND_TRY(write());
    return results();
}

// What the database has of these events, of the places around them, and of their cases.
Result<> Ingest::look()
{
    std::vector<base::Uuid> ids;
    std::vector<base::Uuid> cases;
    for (const auto& judged : m_batch) {
        const auto& record = judged.event.record;
        ids.push_back(record.eventId.uuid());
        if (record.caseId && record.verdict != "quarantined")
            cases.push_back(record.caseId->uuid());
    }
    EVENHAND_ASSIGN(auto known, m_store.events().findMany(ids));
    for (auto& record : known)
        m_storedById.emplace(record.eventId, std::move(record));
    const auto& first = m_batch.front().event.record;
    const auto last = m_batch.back().event.record.seq;
    if (last - first.seq <= kWidestLook) {
        m_rangeFrom = first.seq - 1;
        m_rangeTo = last + 1;
        EVENHAND_ASSIGN(auto places, m_store.events().findRange(first.deviceId, first.epoch, m_rangeFrom, m_rangeTo));
        for (auto& record : places)
            m_storedAt.emplace(record.seq, std::move(record));
    }
    return m_store.writeCache().prefetch(cases);
}

Result<const EventRecord*> Ingest::at(std::int64_t seq)
{
    if (const auto here = m_newAt.find(seq); here != m_newAt.end())
        return &m_batch[here->second].event.record;
    const bool wasLookedAt = seq >= m_rangeFrom && seq <= m_rangeTo;
    auto found = m_storedAt.find(seq);
    if (found == m_storedAt.end() && !wasLookedAt) {
        const auto& first = m_batch.front().event.record;
        EVENHAND_ASSIGN(auto record, m_store.events().findAt(first.deviceId, first.epoch, seq));
        found = m_storedAt.emplace(seq, std::move(record)).first;
    }
    return found != m_storedAt.end() && found->second ? &*found->second : nullptr;
}

Result<> Ingest::judge(std::size_t index)
{
    auto& judged = m_batch[index];
    EVENHAND_ASSIGN(const bool known, isKnown(index));
    if (known) {
        judged.fate = Fate::Known;
        return {};
    }
    if (judged.fate == Fate::Conflict) {
        m_beside.push_back(index);
        return {};
    }
    EVENHAND_TRY(judgeChain(judged.event));
    EVENHAND_TRY(judgeCase(judged.event));
    m_newById.emplace(judged.event.record.eventId, index);
    m_newAt.emplace(judged.event.record.seq, index);
    return {};
}

// Rule 2 of the push rules: the same bytes again give the original receipt; other bytes under the same id or place are kept beside.
Result<bool> Ingest::isKnown(std::size_t index)
{
    auto& judged = m_batch[index];
    auto& record = judged.event.record;
    const EventRecord* sameId = nullptr;
    if (const auto stored = m_storedById.find(record.eventId); stored != m_storedById.end()) {
        sameId = &stored->second;
        if (isSameEvent(*sameId, record)) {
            judged.stored = *sameId;
            return true;
        }
    } else if (const auto here = m_newById.find(record.eventId); here != m_newById.end()) {
        sameId = &m_batch[here->second].event.record;
        if (isSameEvent(*sameId, record)) {
            judged.twin = here->second;
            return true;
        }
    }
    EVENHAND_ASSIGN(const auto* samePlace, at(record.seq));
    if (!sameId && !samePlace)
        return false;
    EVENHAND_ASSIGN(const bool isBeside, isKeptBeside(index));
    if (isBeside)
        return true;
    judged.fate = Fate::Conflict;
    quarantine(record, sameId ? "hash_conflict" : "seq_conflict");
    if (samePlace)
        record.flags.emplace_back("epoch_alarm");
    return false;
}

Result<bool> Ingest::isKeptBeside(std::size_t index)
{
    auto& judged = m_batch[index];
    const auto& record = judged.event.record;
    for (const auto other : m_beside) {
        const auto& earlier = m_batch[other].event.record;
        if (earlier.eventId == record.eventId && isSameEvent(earlier, record)) {
            judged.twin = other;
            return true;
        }
    }
    EVENHAND_ASSIGN(auto keptBeside, m_store.events().findConflict(record.eventId, record.hash));
    if (!keptBeside)
        return false;
    if (!isSameEvent(*keptBeside, record))   // the same bytes from two devices: the table holds them once, and this device learns that they are not its own
        judged.knownVerdict = "quarantined";
    judged.stored = std::move(keptBeside);
    return true;
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
    EVENHAND_ASSIGN(const auto* previous, at(record.seq - 1));
    if (!previous)
        record.flags.emplace_back("gap_before");
    else if (previous->hash != event.header->prevHash)
        quarantine(record, "chain_break");
    EVENHAND_ASSIGN(const auto* next, at(record.seq + 1));
    if (next) {
        const auto nextHeader = domain::decodeHeader(next->header);
        if (nextHeader && nextHeader->prevHash != record.hash)
            quarantine(record, "chain_break");
    }
    return {};
}

bool Ingest::isVisible(const std::optional<CaseRecord>& record) const
{
    return record && (record->assignedTo == m_user.id || (seesTeam(m_user.role) && !record->team.empty() && record->team == m_user.team));
}

// A case that never was the user's is answered like one that does not exist: ids cannot be probed.
Result<> Ingest::judgeCase(CheckedEvent& event)
{
    auto& record = event.record;
    if (!record.caseId || record.verdict == "quarantined")
        return {};
    EVENHAND_ASSIGN(const auto found, m_store.writeCache().caseOf(*record.caseId));
    if (!isVisible(found)) {
        EVENHAND_ASSIGN(const bool wasVisible, m_store.viewLog().wasEverVisible(m_user, *record.caseId));
        if (!wasVisible) {
            quarantine(record, "unknown_case");
            return {};
        }
        record.flags.emplace_back("late_after_unassign");
    }
    if (found && found->status != domain::CaseStatus::Open) {
        EVENHAND_ASSIGN(const auto version, m_store.rows().caseVersion(*record.caseId));
        if (m_touched.contains(*record.caseId) || event.header->contextVersion.value_or(0) < version)
            record.flags.emplace_back("stale_context");
    }
    m_touched.insert(*record.caseId);
    return {};
}

Result<> Ingest::giveNumbers()
{
    const auto isToBeStored = [](const Judged& judged) { return judged.fate != Fate::Known; };
    const auto count = std::ranges::count_if(m_batch, isToBeStored);
    if (count == 0)
        return {};
    EVENHAND_ASSIGN(auto number, m_store.nextSeqs(count));
    for (auto& judged : m_batch) {
        if (isToBeStored(judged))
            judged.event.record.serverSeq = number++;
    }
    return {};
}

Result<> Ingest::write()
{
    std::vector<EventRecord*> unsignedRecords;
    for (auto& judged : m_batch) {
        if (judged.fate != Fate::Known)
            unsignedRecords.push_back(&judged.event.record);
    }
    std::optional<ReceiptSigner::Batch> receipts;
    if (m_signer)
        receipts.emplace(*m_signer, unsignedRecords);
    std::size_t next = 0;
    for (auto& judged : m_batch) {
        if (judged.fate == Fate::Known)
            continue;
        if (receipts)
            receipts->waitFor(next++);
        else
            signReceipt(judged.event.record, m_keys, m_store.dataset());
        EVENHAND_TRY(write(judged));
    }
    return {};
}

Result<> Ingest::write(Judged& judged)
{
    const auto& [record, header, payload] = judged.event;
    if (judged.fate == Fate::Conflict)
        return m_store.events().insertConflict(record);
    EVENHAND_TRY(m_store.events().insert(record));
    if (header) {
        for (const auto& ref : header->blobRefs)
            EVENHAND_TRY(m_store.blobs().addReference(record, ref.sha256, ref.size));
    }
    if (record.verdict == "accepted" && record.caseId)
        EVENHAND_TRY(Projection(m_store, record).apply(*header, *payload));
    return {};
}

std::vector<EventResult> Ingest::results() const
{
    std::vector<EventResult> all;
    for (const auto& judged : m_batch) {
        if (judged.fate != Fate::Known) {
            all.push_back(resultOf(judged.event.record, judged.event.record.verdict));
            continue;
        }
        all.push_back(resultOf(judged.stored ? *judged.stored : m_batch[judged.twin].event.record, judged.knownVerdict));
        if (!judged.stored)
            all.back().seq = judged.event.record.seq;
    }
    return all;
}

} // namespace evenhand::server
