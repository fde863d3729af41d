// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/journalstate.h"
#include "db/saltsize.h"
#include "journal_queries.h"

// How an event gets its number, its place in the hash chain and its signature.
namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

base::Result<base::Hash256> hashFrom(base::ByteView bytes)
{
    base::Hash256 hash{};
    if (bytes.size() != hash.size())
        return fail(ErrorCode::Damaged, "a hash in the journal has the wrong size");
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

domain::EventHeader draftHeader(const JournalIdentity& who, const NewEvent& event, const domain::EventId& id)
{
    return {who.dataset,
            id,
            who.device,
            who.epoch,
            0,
            domain::typeOf(event.payload),
            1,
            event.caseId,
            who.user,
            {},
            0,
            0,
            base::Uuid({}),
            {},
            event.contextVersion,
            event.supersedes,
            event.blobRefs,
            {},
            {}};
}

} // namespace

Result<JournalHead> Journal::State::headOf(const domain::EpochId& epoch) const
{
    EVENHAND_ASSIGN(auto query, prepare(sql::journal::kEventHead));
    query.bind(":epoch", epoch.toString());
    EVENHAND_ASSIGN(const auto found, query.optionalRow([&](sqlite::Row row) -> Result<JournalHead> {
        EVENHAND_ASSIGN(const auto hash, hashFrom(row.blobView(1)));
        return JournalHead{epoch, row.integer(0), hash};
    }));
    return found.value_or(JournalHead{epoch});
}

Result<std::optional<domain::Hlc>> Journal::State::lastHlc() const
{
    EVENHAND_ASSIGN(auto query, prepare(sql::journal::kEventLast));
    EVENHAND_ASSIGN(const auto text, query.optionalRow([](sqlite::Row row) { return row.text(0); }));
    return text ? domain::Hlc::tryFromString(*text) : std::nullopt;
}

Result<std::vector<domain::EventEnvelope>> Journal::State::insertAll(const JournalIdentity& who, std::span<const NewEvent> events,
                                                                     int utcOffsetMinutes)
{
    EVENHAND_ASSIGN(auto head, headOf(who.epoch));
    EVENHAND_ASSIGN(auto hlc, lastHlc());
    const auto now = clock.now();
    const auto boot = base::Uuid::tryFromString(clock.bootId());
    std::vector<domain::EventEnvelope> saved;
    saved.reserve(events.size());
    for (const auto& event : events) {
        hlc = domain::Hlc::after(hlc, now);
        auto header = draftHeader(who, event, event.id.value_or(domain::EventId(ids.next())));
        header.seq = ++head.seq;
        header.occurredAt = now;
        header.utcOffsetMinutes = utcOffsetMinutes;
        header.monoMs = clock.monotonicMs();
        header.bootId = boot.value_or(base::Uuid({}));
        header.hlc = hlc->toString();
        header.prevHash = head.hash;
        base::Bytes salt(kSaltSize);
        base::fillRandom(salt);
        EVENHAND_ASSIGN(auto envelope, domain::buildEnvelope(header, domain::encodePayload(event.payload), salt, config.deviceKey));
        EVENHAND_TRY(insertOne(envelope, header));
        EVENHAND_TRY(registerBlobs(header));
        head.hash = envelope.hash;
        saved.push_back(std::move(envelope));
    }
    return saved;
}

Result<> Journal::State::registerBlobs(const domain::EventHeader& header)
{
    for (const auto& blob : header.blobRefs) {
        EVENHAND_ASSIGN(auto insert, prepare(sql::journal::kBlobInsert));
        insert.bind(":sha256", base::ByteView(blob.sha256)).bind(":event_id", header.eventId.toString()).bind(":size", blob.size);
        EVENHAND_TRY(insert.run());
    }
    return {};
}

Result<> Journal::State::insertOne(const domain::EventEnvelope& event, const domain::EventHeader& header)
{
    base::Bytes local(*event.salt);
    const auto payload = base::asBytes(*event.payload);
    local.insert(local.end(), payload.begin(), payload.end());
    EVENHAND_ASSIGN(auto insert, prepare(sql::journal::kEventInsert));
    insert.bind(":epoch", event.epoch.toString())
        .bind(":seq", event.seq)
        .bind(":event_id", event.eventId.toString())
        .bind(":type", header.type)
        .bind(":saved_at", header.occurredAt.milliseconds())
        .bind(":hlc", header.hlc)
        .bind(":header", base::asBytes(event.header))
        .bind(":hash", base::ByteView(event.hash))
        .bind(":sig", base::ByteView(event.signature))
        .bind(":payload_local", base::ByteView(local));
    if (header.caseId)
        insert.bind(":case_id", header.caseId->toString());
    return insert.run();
}

Result<domain::EventEnvelope> envelopeFromRow(const sqlite::Row& row)
{
    EVENHAND_ASSIGN(const auto id, readId<domain::EventId>(row.textView(0)));
    EVENHAND_ASSIGN(const auto epoch, readId<domain::EpochId>(row.textView(1)));
    EVENHAND_ASSIGN(const auto hash, hashFrom(row.blobView(4)));
    const auto sig = row.blobView(5);
    base::Signature signature{};
    if (sig.size() != signature.size())
        return fail(ErrorCode::Damaged, "a signature in the journal has the wrong size");
    std::copy(sig.begin(), sig.end(), signature.begin());
    domain::EventEnvelope envelope{id, epoch, row.integer(2), std::string(base::asText(row.blobView(3))), hash, signature, {}, {}};
    if (const auto local = row.blobView(6); local.size() >= kSaltSize) {
        envelope.salt = base::Bytes(local.begin(), local.begin() + kSaltSize);
        envelope.payload = std::string(base::asText(local.subspan(kSaltSize)));
    }
    return envelope;
}

} // namespace evenhand::db
