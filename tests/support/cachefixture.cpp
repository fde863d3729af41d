// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cachefixture.h"

#include "tests/support/testprofile.h"

namespace evenhand::test {

using domain::wire::PullOp;

namespace {

base::Uuid derived(const char* what, int number) { return base::Uuid::fromName("evenhand.test", std::string(what) + std::to_string(number)); }

base::Money cny(std::int64_t minor) { return *base::Money::tryFromMinor(minor, *base::Currency::tryFromCode("CNY")); }

} // namespace

domain::CaseId caseNo(int number) { return domain::CaseId(derived("case", number)); }
domain::PartyId debtorNo(int caseNumber) { return domain::PartyId(derived("debtor", caseNumber)); }
domain::ContactPointId phoneNo(int caseNumber) { return domain::ContactPointId(derived("phone", caseNumber)); }

domain::CaseRow caseRow(const CaseSpec& spec)
{
    return {caseNo(spec.number),
            spec.businessNo.empty() ? "CN-2026-" + std::to_string(100000 + spec.number) : spec.businessNo,
            "demo",
            "Example Bank",
            spec.status,
            cny(spec.balanceMinor),
            cny(spec.balanceMinor),
            spec.daysPastDue,
            "M2",
            spec.priority,
            base::SensitiveText(spec.name),
            {},
            {},
            {},
            idNo<domain::UserId>(3),
            spec.nextActionAt};
}

PullOp putOp(const char* kind, const base::Uuid& id, std::optional<domain::CaseId> caseId, std::int64_t seq, const base::Json& body)
{
    PullOp op;
    op.op = "put";
    op.seq = seq;
    op.kind = kind;
    op.id = id;
    op.caseId = caseId;
    op.body = base::canonical(body);
    return op;
}

PullOp delOp(const char* kind, const base::Uuid& id, std::optional<domain::CaseId> caseId, std::int64_t seq)
{
    PullOp op;
    op.op = "del";
    op.seq = seq;
    op.kind = kind;
    op.id = id;
    op.caseId = caseId;
    return op;
}

PullOp revokeOp(int caseNumber, std::int64_t seq)
{
    PullOp op;
    op.op = "revoke";
    op.seq = seq;
    op.caseId = caseNo(caseNumber);
    op.revokeId = derived("revoke", caseNumber);
    op.statement = domain::SignedStatement{R"({"kind":"revoke"})", {}};
    return op;
}

std::vector<PullOp> caseOps(const CaseSpec& spec, std::int64_t seq)
{
    const auto id = caseNo(spec.number);
    const domain::PartyRow debtor{debtorNo(spec.number), id, domain::PartyRole::Debtor, base::SensitiveText(spec.name),
                                  base::SensitiveText("110101199001010000"), "Asia/Shanghai", {}, {}, {}, {}, spec.personKey};
    const domain::AccountId accountId(derived("account", spec.number));
    const domain::AccountRow account{accountId, id, "ACC-" + std::to_string(spec.number), "card", cny(spec.balanceMinor), cny(0), cny(0),
                                     cny(spec.balanceMinor), spec.daysPastDue, {}, {}, {}};
    const domain::ContactPointRow phone{phoneNo(spec.number), id, debtor.id, domain::ContactPointKind::Mobile, base::SensitiveText(spec.phone),
                                        domain::ContactSource::Contract, domain::ContactStatus::Active, {}, ""};
    return {putOp(domain::kind::kCase, id.uuid(), id, seq, domain::toJson(caseRow(spec))),
            putOp(domain::kind::kParty, debtor.id.uuid(), id, seq + 1, domain::toJson(debtor)),
            putOp(domain::kind::kAccount, accountId.uuid(), id, seq + 2, domain::toJson(account)),
            putOp(domain::kind::kPhone, phone.id.uuid(), id, seq + 3, domain::toJson(phone))};
}

PullOp promiseOp(int number, int caseNumber, std::int64_t seq, const char* dueOn, domain::PromiseState state)
{
    const domain::EventId id(derived("promise", number));
    const domain::PromiseRow row{id, caseNo(caseNumber), debtorNo(caseNumber), cny(50000), cny(0), *base::Date::tryFromIso(dueOn), "app", state};
    return putOp(domain::kind::kPromise, id.uuid(), caseNo(caseNumber), seq, domain::toJson(row));
}

PullOp callEchoOp(int number, int caseNumber, std::int64_t seq, const char* startedAt, const std::string& note)
{
    auto call = aCall(note);
    call.partyId = debtorNo(caseNumber);
    call.contactPointId = phoneNo(caseNumber);
    call.startedAt = *base::Instant::tryFromRfc3339(startedAt);
    const domain::EventId id(derived("call", number));
    const domain::EventHeader header{idNo<domain::DatasetId>(1), id, idNo<domain::DeviceId>(9), idNo<domain::EpochId>(9), number, "call", 1,
                                     caseNo(caseNumber), idNo<domain::UserId>(30), call.startedAt, 480, 1, fixedUuid(8),
                                     "017f22e279b0-0000", {}, {}, {}, {}, {}};
    const auto envelope = domain::buildEnvelope(header, domain::encodePayload(call), base::Bytes(32, 5), deviceKey()).value();
    const domain::EventEcho echo{id,  envelope.header, base::Bytes(envelope.signature.begin(), envelope.signature.end()), envelope.payload, envelope.salt,
                                 seq, call.startedAt.plusSeconds(90), "accepted", {}};
    return putOp(domain::kind::kEvent, id.uuid(), caseNo(caseNumber), seq, domain::toJson(echo));
}

PullOp userOp(int number, std::int64_t seq, const std::string& displayName)
{
    const domain::UserRow row{idNo<domain::UserId>(number), "user" + std::to_string(number), displayName, domain::UserRole::Agent, "north"};
    return putOp(domain::kind::kUser, row.id.uuid(), {}, seq, domain::toJson(row));
}

domain::wire::PullResponse page(std::vector<PullOp> ops, std::int64_t upto, bool complete)
{
    return {1, upto, complete, "cursor-" + std::to_string(upto) + (complete ? "" : "-part"), std::move(ops)};
}

} // namespace evenhand::test
