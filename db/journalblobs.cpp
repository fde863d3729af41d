// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "db/journalstate.h"
#include "journal_queries.h"

// Recordings and photos: which are still owed to the server, and which may go from here.
namespace evenhand::db {

using base::Instant;
using base::Result;
using sqlite::Row;

namespace {

std::optional<Instant> instantOrNone(const std::optional<std::int64_t>& ms)
{
    return ms ? std::optional(Instant::fromMilliseconds(*ms)) : std::nullopt;
}

Result<OwnBlob> blobFromRow(const Row& row)
{
    base::Hash256 sha256{};
    const auto stored = row.blobView(0);
    if (stored.size() != sha256.size())
        return base::fail(base::ErrorCode::Damaged, "the hash of a recording in the journal has the wrong size");
    std::ranges::copy(stored, sha256.begin());
    EVENHAND_ASSIGN(const auto eventId, readId<domain::EventId>(row.textView(2)));
    return OwnBlob{sha256,
                   row.integer(1),
                   eventId,
                   domain::CaseId::tryFromString(row.textView(3)),
                   Instant::fromMilliseconds(row.integer(4)),
                   row.boolean(5),
                   instantOrNone(row.optionalInteger(6)),
                   instantOrNone(row.optionalInteger(7))};
}

} // namespace

Result<std::vector<OwnBlob>> Journal::unsentBlobs() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kBlobListUnsent));
    return query.rows(blobFromRow);
}

Result<std::vector<OwnBlob>> Journal::keptBlobs() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kBlobListKept));
    return query.rows(blobFromRow);
}

Result<std::optional<OwnBlob>> Journal::findBlob(const base::Hash256& sha256) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kBlobFind));
    return query.bind(":sha256", base::ByteView(sha256)).optionalRow(blobFromRow);
}

Result<> Journal::recordBlobReceipt(const base::Hash256& sha256, const domain::SignedStatement& receipt)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::journal::kBlobReceipt));
    return update.bind(":sha256", base::ByteView(sha256))
        .bind(":receipt", base::asBytes(receipt.statement))
        .bind(":receipt_sig", base::ByteView(receipt.signature))
        .bind(":at", m_state->clock.now().milliseconds())
        .run();
}

Result<> Journal::recordBlobRemoved(const base::Hash256& sha256)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::journal::kBlobRemoved));
    return update.bind(":sha256", base::ByteView(sha256)).bind(":at", m_state->clock.now().milliseconds()).run();
}

} // namespace evenhand::db
