// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/cacheextract.h"

#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "cache_queries.h"
#include "db/cachestate.h"

namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using domain::CaseId;
using sqlite::Connection;

namespace {

std::uint32_t activeFlags(const std::vector<domain::Flag>& flags)
{
    std::uint32_t mask = 0;
    for (const auto& flag : flags)
        if (!flag.clearedAt && !flag.partyId && flag.accountIds.empty())
            mask |= 1U << static_cast<unsigned>(flag.kind);
    return mask;
}

Result<> putCase(Connection& db, const domain::CaseRow& row, std::int64_t version)
{
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kCasePut));
    put.bind(":id", idBytes(row.id))
        .bind(":business_no", row.businessNo)
        .bind(":debtor_name", row.debtorName.reveal())
        .bind(":portfolio", row.portfolio)
        .bind(":status", domain::toWord(row.status))
        .bind(":currency", row.balance.currency().code())
        .bind(":balance_minor", row.balance.minor())
        .bind(":overdue_minor", row.overdue.minor())
        .bind(":days_past_due", row.daysPastDue)
        .bind(":bucket", row.bucket)
        .bind(":priority", row.priority)
        .bind(":active_flags", activeFlags(row.flags))
        .bind(":version", version);
    if (row.nextActionAt)
        put.bind(":next_action_at", row.nextActionAt->milliseconds());
    if (row.assignedTo)
        put.bind(":assigned_to", idBytes(*row.assignedTo));
    return put.run();
}

Result<> putParty(Connection& db, const domain::PartyRow& row)
{
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kPartyPut));
    put.bind(":id", idBytes(row.id))
        .bind(":case_id", idBytes(row.caseId))
        .bind(":role", domain::toWord(row.role))
        .bind(":name", row.name.reveal())
        .bind(":person_key", row.personKey);
    return put.run();
}

Result<> putContactPoint(Connection& db, const domain::ContactPointRow& row)
{
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kContactPointPut));
    put.bind(":id", idBytes(row.id))
        .bind(":case_id", idBytes(row.caseId))
        .bind(":party_id", idBytes(row.partyId))
        .bind(":kind", domain::toWord(row.kind))
        .bind(":value", row.value.reveal());
    return put.run();
}

/// Keeps the list of what waits for a decision: in it while `asked` is set.
Result<> putRequest(Connection& db, const base::Uuid& id, const CaseId& caseId, bool isPlan, const domain::ApprovalRecord* asked)
{
    EVENHAND_ASSIGN(auto remove, db.prepare(sql::cache::kRequestDelete));
    EVENHAND_TRY(remove.bind(":id", idBytes(id)).run());
    if (asked == nullptr)
        return {};
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kRequestPut));
    put.bind(":id", idBytes(id))
        .bind(":case_id", idBytes(caseId))
        .bind(":is_plan", isPlan)
        .bind(":requested_at", asked->requestedAt.milliseconds());
    return put.run();
}

Result<> putPromise(Connection& db, const domain::PromiseRow& row)
{
    const bool isAsked = row.state == domain::PromiseState::Requested && row.approval;
    EVENHAND_TRY(putRequest(db, row.id.uuid(), row.caseId, false, isAsked ? &*row.approval : nullptr));
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kPromisePut));
    put.bind(":id", idBytes(row.id))
        .bind(":case_id", idBytes(row.caseId))
        .bind(":state", domain::toWord(row.state))
        .bind(":due_on", row.dueOn.dayNumber());
    return put.run();
}

Result<> putUser(Connection& db, const domain::UserRow& row)
{
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kUserPut));
    put.bind(":id", idBytes(row.id))
        .bind(":user_name", row.userName)
        .bind(":display_name", row.displayName)
        .bind(":role", domain::toWord(row.role))
        .bind(":team", row.team)
        .bind(":staff_no", row.staffNo);
    return put.run();
}

base::Bytes packedIds(const std::vector<domain::AccountId>& ids)
{
    base::Bytes packed;
    for (const auto& id : ids)
        packed.insert(packed.end(), id.uuid().bytes().begin(), id.uuid().bytes().end());
    return packed;
}

void bindContact(sqlite::Statement& put, const domain::CallPayload& call)
{
    put.bind(":at", call.startedAt.milliseconds())
        .bind(":party_id", idBytes(call.partyId))
        .bind(":account_ids", base::ByteView(packedIds(call.accountIds)))
        .bind(":channel", domain::toWord(call.channel))
        .bind(":direction", domain::toWord(call.direction))
        .bind(":initiated_by", domain::toWord(call.initiatedBy))
        .bind(":result", domain::toWord(call.result))
        .bind(":right_party", call.rightParty)
        .bind(":duration_s", call.durationS)
        .bind(":outcome", call.outcome)
        .bind(":note", call.note.reveal());
    if (call.contactPointId)
        put.bind(":contact_point_id", idBytes(*call.contactPointId));
}

Result<> putEvent(Connection& db, const domain::EventEcho& echo, const std::optional<CaseId>& caseId)
{
    EVENHAND_ASSIGN(const auto header, domain::decodeHeader(echo.header));
    EVENHAND_ASSIGN(auto put, db.prepare(sql::cache::kEventPut));
    put.bind(":id", idBytes(echo.id))
        .bind(":case_id", idBytesOrNone(caseId))
        .bind(":type", header.type)
        .bind(":at", header.occurredAt.milliseconds())
        .bind(":received_at", echo.receivedAt.milliseconds())
        .bind(":server_seq", echo.serverSeq)
        .bind(":actor_id", idBytes(header.actorId))
        .bind(":verdict", echo.verdict)
        .bind(":note", std::string_view());
    // A payload that was erased, or that a later program wrote, leaves the event in the list with what its header says.
    const auto payload = echo.payload ? domain::decodePayload(header.type, header.typeVersion, *echo.payload)
                                      : Result<domain::EventPayload>(fail(ErrorCode::NotFound, "erased"));
    if (payload) {
        if (const auto* call = std::get_if<domain::CallPayload>(&*payload))
            bindContact(put, *call);
        else if (const auto* note = std::get_if<domain::NotePayload>(&*payload))
            put.bind(":note", note->text.reveal());
    }
    return put.run();
}

} // namespace

Result<> extractRow(Connection& db, std::string_view kind, const base::Uuid& id, const std::optional<CaseId>& caseId, std::int64_t version,
                    const std::string& body)
{
    namespace kinds = domain::kind;
    const bool needsCase = kind == kinds::kParty || kind == kinds::kPhone || kind == kinds::kAddress || kind == kinds::kPromise || kind == kinds::kPlan;
    const bool known = needsCase || kind == kinds::kCase || kind == kinds::kEvent || kind == kinds::kUser;
    if (!known)
        return {};
    if (needsCase && !caseId)
        return fail(ErrorCode::Invalid, "a row of a case without its case");
    EVENHAND_ASSIGN(const auto json, base::parseJson(body));
    if (kind == kinds::kCase) {
        EVENHAND_ASSIGN(const auto row, domain::caseFromJson(CaseId(id), json));
        return putCase(db, row, version);
    }
    if (kind == kinds::kParty) {
        EVENHAND_ASSIGN(const auto row, domain::partyFromJson(domain::PartyId(id), *caseId, json));
        return putParty(db, row);
    }
    if (kind == kinds::kPhone || kind == kinds::kAddress) {
        EVENHAND_ASSIGN(const auto row, domain::contactPointFromJson(domain::ContactPointId(id), *caseId, json));
        return putContactPoint(db, row);
    }
    if (kind == kinds::kPromise) {
        EVENHAND_ASSIGN(const auto row, domain::promiseFromJson(domain::EventId(id), *caseId, json));
        return putPromise(db, row);
    }
    if (kind == kinds::kPlan) {
        EVENHAND_ASSIGN(const auto row, domain::planFromJson(domain::EventId(id), *caseId, json));
        return putRequest(db, id, row.caseId, true, row.state == domain::PlanState::Requested ? &row.approval : nullptr);
    }
    if (kind == kinds::kUser) {
        EVENHAND_ASSIGN(const auto row, domain::userFromJson(domain::UserId(id), json));
        return putUser(db, row);
    }
    EVENHAND_ASSIGN(const auto row, domain::eventEchoFromJson(json));
    return putEvent(db, row, caseId);
}

Result<> removeExtract(Connection& db, std::string_view kind, const base::Uuid& id)
{
    namespace kinds = domain::kind;
    if (kind == kinds::kPromise || kind == kinds::kPlan) {
        EVENHAND_ASSIGN(auto request, db.prepare(sql::cache::kRequestDelete));
        EVENHAND_TRY(request.bind(":id", idBytes(id)).run());
    }
    const std::string_view statement = kind == kinds::kParty                             ? sql::cache::kPartyDelete
                                     : kind == kinds::kPhone || kind == kinds::kAddress ? sql::cache::kContactPointDelete
                                     : kind == kinds::kPromise                          ? sql::cache::kPromiseDelete
                                     : kind == kinds::kEvent                            ? sql::cache::kEventDelete
                                     : kind == kinds::kUser                             ? sql::cache::kUserDelete
                                                                                        : std::string_view();
    if (statement.empty())
        return {};
    EVENHAND_ASSIGN(auto remove, db.prepare(statement));
    return remove.bind(":id", idBytes(id)).run();
}

} // namespace evenhand::db
