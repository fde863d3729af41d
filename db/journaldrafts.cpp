// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/journalstate.h"
#include "journal_queries.h"

// Drafts, and what happens to them and to content when a case is taken away.
namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Row;
using sqlite::Transaction;

namespace {

/// A draft must always fit into an event of type draft_recovered (64 KiB), also when JSON escapes double some of it.
constexpr std::size_t kDraftLimit = 30 * 1024;

} // namespace

Result<Draft> draftFromRow(const Row& row)
{
    EVENHAND_ASSIGN(const auto id, readId<domain::DraftId>(row.textView(0)));
    return Draft{id, domain::CaseId::tryFromString(row.textView(1)), row.text(2), base::SensitiveText(std::string(base::asText(row.blobView(3)))),
                 base::Instant::fromMilliseconds(row.integer(4))};
}

Result<> Journal::saveDraft(const Draft& draft)
{
    EVENHAND_TRY(m_state->ready());
    if (draft.body.reveal().size() > kDraftLimit)
        return fail(ErrorCode::Invalid, "the draft is larger than 30 KiB; shorten the note");
    EVENHAND_ASSIGN(auto save, m_state->prepare(sql::journal::kDraftSave));
    save.bind(":draft_id", draft.id.toString())
        .bind(":form", draft.form)
        .bind(":body", base::asBytes(draft.body.reveal()))
        .bind(":saved_at", m_state->clock.now().milliseconds());
    if (draft.caseId)
        save.bind(":case_id", draft.caseId->toString());
    return save.run();
}

Result<std::vector<Draft>> Journal::drafts() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kDraftList));
    return query.rows(draftFromRow);
}

Result<> Journal::discardDraft(const domain::DraftId& id)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto remove, m_state->prepare(sql::journal::kDraftDelete));
    return remove.bind(":draft_id", id.toString()).run();
}

Result<> Journal::revokeCase(const base::Uuid& revokeId, const domain::CaseId& caseId, const domain::SignedStatement& statement,
                             int utcOffsetMinutes)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_ASSIGN(auto list, m_state->prepare(sql::journal::kDraftListCase));
    EVENHAND_ASSIGN(const auto drafts, list.bind(":case_id", caseId.toString()).rows(draftFromRow));
    for (const auto& draft : drafts) {
        const NewEvent recovered{domain::DraftRecoveredPayload{draft.form, draft.body}, caseId};
        EVENHAND_TRY(append(std::span(&recovered, 1), utcOffsetMinutes, draft.id));
    }
    EVENHAND_ASSIGN(auto insert, m_state->prepare(sql::journal::kPurgeInsert));
    insert.bind(":revoke_id", revokeId.toString())
        .bind(":case_id", caseId.toString())
        .bind(":begun_at", m_state->clock.now().milliseconds())
        .bind(":statement", base::asBytes(statement.statement))
        .bind(":sig", base::ByteView(statement.signature));
    EVENHAND_TRY(insert.run());
    EVENHAND_ASSIGN(auto erase, m_state->prepare(sql::journal::kEventEraseSettled));
    EVENHAND_TRY(erase.bind(":case_id", caseId.toString()).run());
    return transaction.commit();
}

Result<bool> Journal::isRevoked(const domain::CaseId& caseId) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::journal::kPurgeExists));
    EVENHAND_ASSIGN(const auto found, query.bind(":case_id", caseId.toString()).optionalRow([](Row row) { return row.boolean(0); }));
    return found.value_or(false);
}

Result<> Journal::reopenCase(const domain::CaseId& caseId)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::journal::kPurgeReopen));
    return update.bind(":case_id", caseId.toString()).bind(":at", m_state->clock.now().milliseconds()).run();
}

} // namespace evenhand::db
