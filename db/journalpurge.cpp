// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "db/journalstate.h"
#include "journal_queries.h"

// What is owed about cases that were taken away: the purge itself, and the signed receipt for it.
namespace evenhand::db {

using base::Result;
using sqlite::Row;
using sqlite::Transaction;

namespace {

Result<base::Uuid> revokeIdFrom(const Row& row)
{
    const auto id = base::Uuid::tryFromString(row.textView(0));
    return id ? Result<base::Uuid>(*id) : Result<base::Uuid>(base::fail(base::ErrorCode::Damaged, "an id in the file is not a UUID"));
}

} // namespace

Result<std::vector<OpenPurge>> Journal::openPurges() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kPurgeListOpen));
    return query.rows([](Row row) -> Result<OpenPurge> {
        EVENHAND_ASSIGN(const auto id, revokeIdFrom(row));
        EVENHAND_ASSIGN(const auto caseId, readId<domain::CaseId>(row.textView(1)));
        return OpenPurge{id, caseId, row.boolean(2), row.integer(3)};
    });
}

Result<> Journal::recordPurged(const base::Uuid& revokeId, const domain::SignedStatement& receipt)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::journal::kPurgeDone));
    return update.bind(":revoke_id", revokeId.toString())
        .bind(":at", m_state->clock.now().milliseconds())
        .bind(":receipt", base::asBytes(receipt.statement))
        .bind(":receipt_sig", base::ByteView(receipt.signature))
        .run();
}

Result<std::vector<PurgeReceipt>> Journal::unsentPurgeReceipts(int limit) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kPurgeListUnsent));
    return query.bind(":limit", limit).rows([](Row row) -> Result<PurgeReceipt> {
        EVENHAND_ASSIGN(const auto id, revokeIdFrom(row));
        PurgeReceipt receipt{id, {std::string(base::asText(row.blobView(1))), {}}};
        const auto signature = row.blobView(2);
        if (signature.size() != receipt.receipt.signature.size())
            return base::fail(base::ErrorCode::Damaged, "a signature in the journal has the wrong size");
        std::ranges::copy(signature, receipt.receipt.signature.begin());
        return receipt;
    });
}

Result<> Journal::markPurgesSent(std::span<const base::Uuid> revokeIds)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_ASSIGN(auto mark, m_state->prepare(sql::journal::kPurgeSent));
    for (const auto& id : revokeIds)
        EVENHAND_TRY(mark.bind(":revoke_id", id.toString()).bind(":at", m_state->clock.now().milliseconds()).run());
    return transaction.commit();
}

} // namespace evenhand::db
