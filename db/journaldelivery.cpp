// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/json.h"
#include "db/journalstate.h"
#include "journal_queries.h"

// What is sent, what came back, and what the Sync page says about it.
namespace evenhand::db {

using base::Instant;
using base::Result;
using sqlite::Row;
using sqlite::Transaction;

namespace {

/// Bytes of an event inside a request: base64url of header and payload, and the fixed members around them.
std::int64_t wireSize(const domain::EventEnvelope& event)
{
    constexpr std::size_t kFixed = 400;
    return static_cast<std::int64_t>(kFixed + (event.header.size() + event.payload.value_or("").size()) * 4 / 3);
}

/// A repeated delivery answers "duplicate"; what the server made of the event the first time stands in the receipt.
std::string storedVerdict(const domain::wire::EventResult& result)
{
    if (result.verdict != "duplicate")
        return result.verdict;
    const auto receipt = base::parseJson(result.receipt.statement);
    if (!receipt || !receipt->is_object())
        return "accepted";
    return base::JsonReader(*receipt, "").textOr("verdict", "accepted");
}

std::optional<Instant> timeOrNone(const std::optional<std::int64_t>& ms)
{
    return ms ? std::optional(Instant::fromMilliseconds(*ms)) : std::nullopt;
}

template <class IdType>
std::optional<IdType> optionalId(std::string_view text)
{
    return IdType::tryFromString(text);
}

Delivery deliveryOf(bool pending, bool sent, std::string_view verdict)
{
    if (pending)
        return sent ? Delivery::Sent : Delivery::Pending;
    return verdict == "quarantined" ? Delivery::Quarantined : Delivery::Acked;
}

Result<OwnEvent> ownEventFromRow(const Row& row)
{
    EVENHAND_ASSIGN(auto envelope, envelopeFromRow(row));
    EVENHAND_ASSIGN(auto header, domain::decodeHeader(envelope.header));
    return OwnEvent{std::move(envelope), std::move(header), deliveryOf(row.boolean(7), row.boolean(8), row.textView(9))};
}

Result<LedgerRow> ledgerFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, readId<domain::EventId>(row.textView(1)));
    EVENHAND_ASSIGN(const auto epoch, readId<domain::EpochId>(row.textView(2)));
    return LedgerRow{row.integer(0),
                     id,
                     epoch,
                     row.integer(3),
                     row.text(4),
                     optionalId<domain::CaseId>(row.textView(5)),
                     Instant::fromMilliseconds(row.integer(6)),
                     deliveryOf(row.boolean(7), row.boolean(8), row.textView(9)),
                     row.optionalText(10),
                     timeOrNone(row.optionalInteger(11)),
                     row.optionalText(12).value_or(""),
                     row.optionalText(13).value_or(""),
                     row.optionalText(14).value_or("")};
}

} // namespace

Result<std::vector<domain::EventEnvelope>> Journal::unsent(int limit, std::int64_t maxBytes) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kEventUnsent));
    query.bind(":limit", limit);
    std::vector<domain::EventEnvelope> batch;
    std::int64_t size = 0;
    for (;;) {
        EVENHAND_ASSIGN(const bool more, query.step());
        if (!more)
            return batch;
        EVENHAND_ASSIGN(auto event, envelopeFromRow(query.row()));
        size += wireSize(event);
        if (!batch.empty() && size > maxBytes)
            return batch;
        batch.push_back(std::move(event));
    }
}

Result<std::int64_t> Journal::recordAttempt(const domain::EpochId& epoch, std::int64_t firstSeq, std::int64_t lastSeq,
                                            const std::string& requestId)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto insert, m_state->prepare(sql::journal::kAttemptInsert));
    insert.bind(":at", m_state->clock.now().milliseconds())
        .bind(":epoch", epoch.toString())
        .bind(":first_seq", firstSeq)
        .bind(":last_seq", lastSeq)
        .bind(":request_id", requestId);
    EVENHAND_TRY(insert.run());
    return m_state->db.lastInsertRowId();
}

Result<> Journal::finishAttempt(std::int64_t attemptId, const std::string& outcome, const std::string& detail)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::journal::kAttemptFinish));
    return update.bind(":id", attemptId).bind(":outcome", outcome).bind(":detail", detail).run();
}

Result<> Journal::recordResults(std::int64_t attemptId, std::span<const domain::wire::EventResult> results)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_ASSIGN(auto insert, m_state->prepare(sql::journal::kReceiptInsert));
    EVENHAND_ASSIGN(auto settle, m_state->prepare(sql::journal::kReceiptSettle));
    EVENHAND_ASSIGN(auto erase, m_state->prepare(sql::journal::kEventEraseRevoked));
    const auto now = m_state->clock.now().milliseconds();
    for (const auto& result : results) {
        const auto id = result.eventId.toString();
        insert.bind(":event_id", id)
            .bind(":verdict", storedVerdict(result))
            .bind(":reason", result.reason)
            .bind(":receipt", base::asBytes(result.receipt.statement))
            .bind(":receipt_sig", base::ByteView(result.receipt.signature))
            .bind(":stored_at", now);
        EVENHAND_TRY(insert.run());
        // The same receipt again inserts nothing, so no trigger runs; the event may still have been waiting after a restore.
        EVENHAND_TRY(settle.bind(":event_id", id).run());
        EVENHAND_TRY(erase.bind(":event_id", id).run());
    }
    EVENHAND_TRY(finishAttempt(attemptId, "ok"));
    return transaction.commit();
}

Result<> Journal::markMissing(const domain::EpochId& epoch, std::span<const domain::wire::SeqRange> missing)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_ASSIGN(auto mark, m_state->prepare(sql::journal::kEventMarkMissing));
    for (const auto& range : missing)
        EVENHAND_TRY(mark.bind(":epoch", epoch.toString()).bind(":first_seq", range.first).bind(":last_seq", range.last).run());
    return transaction.commit();
}

Result<JournalCounts> Journal::counts() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kEventCounts));
    EVENHAND_ASSIGN(const auto counts, query.optionalRow([](Row row) {
        return JournalCounts{row.integer(0), row.integer(1), row.integer(3), timeOrNone(row.optionalInteger(2)), row.integer(4),
                             row.integer(5), row.integer(6)};
    }));
    return counts.value_or(JournalCounts{});
}

Result<std::vector<LedgerRow>> Journal::ledger(int limit, std::optional<std::int64_t> before) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kLedger));
    return query.bind(":before", before.value_or(INT64_MAX)).bind(":limit", limit).rows(ledgerFromRow);
}

Result<std::vector<LedgerRow>> Journal::unsentLedger(int limit, std::optional<std::int64_t> before) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kLedgerUnsent));
    return query.bind(":before", before.value_or(INT64_MAX)).bind(":limit", limit).rows(ledgerFromRow);
}

Result<std::optional<Attempt>> Journal::lastAttempt() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kAttemptLast));
    return query.optionalRow([](Row row) {
        return Attempt{row.integer(0), Instant::fromMilliseconds(row.integer(1)), row.integer(2), row.integer(3), row.text(4), row.optionalText(5),
                       row.optionalText(6).value_or("")};
    });
}

Result<std::optional<OwnEvent>> Journal::findEvent(const domain::EventId& id) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kEventFind));
    return query.bind(":event_id", id.toString()).optionalRow(ownEventFromRow);
}

Result<std::vector<OwnEvent>> Journal::eventsOfCase(const domain::CaseId& caseId) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const bool closed, isRevoked(caseId));
    if (closed)
        return std::vector<OwnEvent>{};
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kEventListCase));
    return query.bind(":case_id", caseId.toString()).rows(ownEventFromRow);
}

Result<std::vector<OwnMark>> Journal::marksSince(Instant since) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kEventListSince));
    return query.bind(":since", since.milliseconds()).rows([](Row row) -> Result<OwnMark> {
        EVENHAND_ASSIGN(const auto id, readId<domain::EventId>(row.textView(0)));
        return OwnMark{id, optionalId<domain::CaseId>(row.textView(1)), row.text(2), Instant::fromMilliseconds(row.integer(3))};
    });
}

} // namespace evenhand::db
