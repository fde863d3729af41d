// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/projection.h"

#include <algorithm>

#include "app/domain/jsonwords.h"

namespace evenhand::domain {

using base::Json;
using base::JsonReader;
using base::Money;
using base::Result;

namespace {

template <class T>
Json textOrNull(const std::optional<T>& value)
{
    if constexpr (requires { value->toString(); })
        return value ? Json(value->toString()) : Json(nullptr);
    else
        return value ? Json(*value) : Json(nullptr);
}

Json timeOrNull(const std::optional<base::Instant>& at) { return at ? Json(at->toRfc3339Utc()) : Json(nullptr); }
Json dateOrNull(const std::optional<base::Date>& on) { return on ? Json(on->toIso()) : Json(nullptr); }

base::Currency readCurrency(JsonReader& in)
{
    const auto currency = base::Currency::tryFromCode(in.text("currency"));
    if (!currency)
        in.complain("currency", "expected an ISO 4217 code");
    return currency.value_or(*base::Currency::tryFromCode("CNY"));
}

Money readMoney(JsonReader& in, const char* name, base::Currency currency)
{
    const auto money = Money::tryFromMinor(in.integer(name), currency);
    if (!money)
        in.complain(name, "is beyond 2^53-1");
    return money.value_or(*Money::tryFromMinor(0, currency));
}

int readInt(JsonReader& in, const char* name)
{
    return static_cast<int>(std::clamp<std::int64_t>(in.integerOr(name, 0), INT32_MIN, INT32_MAX));
}

template <class T>
Result<T> finish(const JsonReader& in, T value)
{
    if (!in.ok())
        return base::fail(in.error());
    return value;
}

Json consentJson(const Consent& consent)
{
    return {{"kind", consent.kind},
            {"party_id", consent.partyId.toString()},
            {"granted_at", consent.grantedAt.toRfc3339Utc()},
            {"expires_at", timeOrNull(consent.expiresAt)},
            {"revoked_at", timeOrNull(consent.revokedAt)}};
}

std::vector<Flag> readFlags(JsonReader& in)
{
    std::vector<Flag> flags;
    for (const auto& item : in.array("flags")) {
        auto flag = flagFromJson(item);
        if (flag)
            flags.push_back(*std::move(flag));
        else
            in.complain("flags", flag.error().detail);
    }
    return flags;
}

std::vector<Consent> readConsents(JsonReader& in)
{
    std::vector<Consent> consents;
    for (const auto& item : in.array("consents")) {
        JsonReader one(item, in.pathOf("consents"));
        consents.push_back({one.text("kind"), PartyId(one.uuid("party_id")), one.instant("granted_at"), one.optionalInstant("expires_at"),
                            one.optionalInstant("revoked_at")});
        if (!one.ok())
            in.complain("consents", one.error().detail);
    }
    return consents;
}

} // namespace

Json toJson(const Flag& row)
{
    Json accounts = Json::array();
    for (const auto& id : row.accountIds)
        accounts.push_back(id.toString());
    return {{"kind", toWord(row.kind)},
            {"set_at", row.setAt.toRfc3339Utc()},
            {"cleared_at", timeOrNull(row.clearedAt)},
            {"party_id", textOrNull(row.partyId)},
            {"account_ids", accounts},
            {"channel", row.channel ? Json(toWord(*row.channel)) : Json(nullptr)}};
}

Result<Flag> flagFromJson(const Json& json)
{
    JsonReader in(json, "/flag");
    Flag flag{readWord(in, "kind", flagKindFromWord), in.instant("set_at"), in.optionalInstant("cleared_at"),
              optionalId<PartyId>(in, "party_id"), {}, std::nullopt};
    for (const auto& text : in.texts("account_ids")) {
        if (const auto id = AccountId::tryFromString(text))
            flag.accountIds.push_back(*id);
        else
            in.complain("account_ids", "expected UUIDs");
    }
    if (in.has("channel"))
        flag.channel = readWord(in, "channel", channelFromWord);
    return finish(in, std::move(flag));
}

Json toJson(const CaseRow& row)
{
    Json flags = Json::array();
    for (const auto& flag : row.flags)
        flags.push_back(toJson(flag));
    Json consents = Json::array();
    for (const auto& consent : row.consents)
        consents.push_back(consentJson(consent));
    return {{"business_no", row.businessNo},
            {"portfolio", row.portfolio},
            {"creditor", row.creditor},
            {"status", toWord(row.status)},
            {"currency", row.balance.currency().code()},
            {"balance_minor", row.balance.minor()},
            {"overdue_minor", row.overdue.minor()},
            {"dpd", row.daysPastDue},
            {"bucket", row.bucket},
            {"priority", row.priority},
            {"debtor_name", row.debtorName.reveal()},
            {"hot_note", textOrNull(row.hotNote)},
            {"flags", flags},
            {"consents", consents},
            {"assigned_to", textOrNull(row.assignedTo)},
            {"next_action_at", timeOrNull(row.nextActionAt)}};
}

Result<CaseRow> caseFromJson(CaseId id, const Json& body)
{
    JsonReader in(body, "/case");
    const auto currency = readCurrency(in);
    CaseRow row{id,
                in.text("business_no"),
                in.text("portfolio"),
                in.textOr("creditor", ""),
                readWord(in, "status", caseStatusFromWord),
                readMoney(in, "balance_minor", currency),
                readMoney(in, "overdue_minor", currency),
                readInt(in, "dpd"),
                in.textOr("bucket", ""),
                readInt(in, "priority"),
                base::SensitiveText(in.text("debtor_name")),
                in.optionalText("hot_note"),
                readFlags(in),
                readConsents(in),
                optionalId<UserId>(in, "assigned_to"),
                in.optionalInstant("next_action_at")};
    return finish(in, std::move(row));
}

Json toJson(const PartyRow& row)
{
    return {{"role", toWord(row.role)},
            {"name", row.name.reveal()},
            {"id_number", row.idNumber.reveal()},
            {"time_zone", row.timeZone},
            {"gender", textOrNull(row.gender)},
            {"relation", textOrNull(row.relation)},
            {"employer", textOrNull(row.employer)},
            {"opted_out", row.optedOut ? Json(*row.optedOut) : Json(nullptr)},
            {"person_key", row.personKey}};
}

Result<PartyRow> partyFromJson(PartyId id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/debtor");
    PartyRow row{id,
                 caseId,
                 readWord(in, "role", partyRoleFromWord),
                 base::SensitiveText(in.text("name")),
                 base::SensitiveText(in.textOr("id_number", "")),
                 in.textOr("time_zone", ""),
                 in.optionalText("gender"),
                 in.optionalText("relation"),
                 in.optionalText("employer"),
                 in.optionalBoolean("opted_out"),
                 in.textOr("person_key", "")};
    return finish(in, std::move(row));
}

Json toJson(const AccountRow& row)
{
    Json facts = Json::array();
    for (const auto& [name, text] : row.facts)
        facts.push_back({{"name", name}, {"text", text}});
    return {{"account_no", row.accountNo},
            {"product", row.product},
            {"currency", row.principal.currency().code()},
            {"principal_minor", row.principal.minor()},
            {"interest_minor", row.interest.minor()},
            {"fees_minor", row.fees.minor()},
            {"overdue_minor", row.overdue.minor()},
            {"dpd", row.daysPastDue},
            {"opened_on", dateOrNull(row.openedOn)},
            {"due_on", dateOrNull(row.dueOn)},
            {"facts", facts}};
}

Result<AccountRow> accountFromJson(AccountId id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/account");
    const auto currency = readCurrency(in);
    AccountRow row{id,
                   caseId,
                   in.text("account_no"),
                   in.textOr("product", ""),
                   readMoney(in, "principal_minor", currency),
                   readMoney(in, "interest_minor", currency),
                   readMoney(in, "fees_minor", currency),
                   readMoney(in, "overdue_minor", currency),
                   readInt(in, "dpd"),
                   in.optionalDate("opened_on"),
                   in.optionalDate("due_on"),
                   {}};
    for (const auto& item : in.array("facts")) {
        JsonReader fact(item, in.pathOf("facts"));
        row.facts.emplace_back(fact.text("name"), fact.text("text"));
        if (!fact.ok())
            in.complain("facts", fact.error().detail);
    }
    return finish(in, std::move(row));
}

Json toJson(const ContactPointRow& row)
{
    return {{"party_id", row.partyId.toString()}, {"kind", toWord(row.kind)},      {"value", row.value.reveal()},
            {"source", toWord(row.source)},       {"status", toWord(row.status)}, {"label", textOrNull(row.label)},
            {"time_zone", row.timeZone}};
}

Result<ContactPointRow> contactPointFromJson(ContactPointId id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/contact_point");
    ContactPointRow row{id,
                        caseId,
                        PartyId(in.uuid("party_id")),
                        readWord(in, "kind", contactPointKindFromWord),
                        base::SensitiveText(in.text("value")),
                        readWord(in, "source", contactSourceFromWord),
                        readWord(in, "status", contactStatusFromWord),
                        in.optionalText("label"),
                        in.textOr("time_zone", "")};
    return finish(in, std::move(row));
}

Json toJson(const PaymentRow& row)
{
    return {{"account_id", textOrNull(row.accountId)}, {"currency", row.amount.currency().code()}, {"amount_minor", row.amount.minor()},
            {"paid_on", row.paidOn.toIso()},           {"method", row.method},                     {"reversed", row.reversed},
            {"payment_no", row.paymentNo},             {"reversed_on", dateOrNull(row.reversedOn)}};
}

Result<PaymentRow> paymentFromJson(base::Uuid id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/payment");
    const auto currency = readCurrency(in);
    PaymentRow row{id,
                   caseId,
                   optionalId<AccountId>(in, "account_id"),
                   readMoney(in, "amount_minor", currency),
                   in.date("paid_on"),
                   in.textOr("method", ""),
                   in.booleanOr("reversed", false),
                   in.textOr("payment_no", ""),
                   in.optionalDate("reversed_on")};
    return finish(in, std::move(row));
}

Json toJson(const PromiseRow& row)
{
    return {{"party_id", row.partyId.toString()}, {"currency", row.amount.currency().code()}, {"amount_minor", row.amount.minor()},
            {"paid_minor", row.paid.minor()},     {"due_on", row.dueOn.toIso()},              {"method", row.method},
            {"state", toWord(row.state)},         {"made_on", dateOrNull(row.madeOn)},        {"deadline", dateOrNull(row.deadline)},
            {"group_id", textOrNull(row.groupId)}, {"approval", row.approval ? toJson(*row.approval) : Json(nullptr)}};
}

Result<PromiseRow> promiseFromJson(EventId id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/promise");
    const auto currency = readCurrency(in);
    PromiseRow row{id,
                   caseId,
                   PartyId(in.uuid("party_id")),
                   readMoney(in, "amount_minor", currency),
                   readMoney(in, "paid_minor", currency),
                   in.date("due_on"),
                   in.textOr("method", ""),
                   readWord(in, "state", promiseStateFromWord),
                   in.optionalDate("made_on"),
                   in.optionalDate("deadline"),
                   optionalId<EventId>(in, "group_id")};
    if (in.has("approval")) {
        EVENHAND_ASSIGN(row.approval, approvalFromJson(in.object("approval"), in.pathOf("approval")));
    }
    return finish(in, std::move(row));
}

Json toJson(const EventEcho& row)
{
    return {{"event_id", row.id.toString()},
            {"header", base::toBase64Url(base::asBytes(row.header))},
            {"sig", base::toBase64Url(row.signature)},
            {"payload", row.payload ? Json(base::toBase64Url(base::asBytes(*row.payload))) : Json(nullptr)},
            {"salt", row.salt ? Json(base::toBase64Url(*row.salt)) : Json(nullptr)},
            {"server_seq", row.serverSeq},
            {"received_at", row.receivedAt.toRfc3339Utc()},
            {"verdict", row.verdict},
            {"flags", row.flags}};
}

Result<EventEcho> eventEchoFromJson(const Json& body)
{
    JsonReader in(body, "/event");
    const auto header = in.base64Url("header");
    const auto payload = in.optionalBase64Url("payload");
    EventEcho row{EventId(in.uuid("event_id")),
                  std::string(base::asText(header)),
                  in.base64Url("sig"),
                  payload ? std::optional(std::string(base::asText(*payload))) : std::nullopt,
                  in.optionalBase64Url("salt"),
                  in.integer("server_seq"),
                  in.instant("received_at"),
                  in.text("verdict"),
                  in.texts("flags")};
    return finish(in, std::move(row));
}

Json toJson(const Annotation& row)
{
    return {{"status", row.status},
            {"flags", row.flags},
            {"message", textOrNull(row.message)},
            {"superseded_by", textOrNull(row.supersededBy)},
            {"at", row.at.toRfc3339Utc()}};
}

Result<Annotation> annotationFromJson(EventId id, const Json& body)
{
    JsonReader in(body, "/annotation");
    Annotation row{id, in.text("status"), in.texts("flags"), in.optionalText("message"), optionalId<EventId>(in, "superseded_by"),
                   in.instant("at")};
    return finish(in, std::move(row));
}

Json toJson(const UserRow& row)
{
    return {{"user_name", row.userName}, {"display_name", row.displayName}, {"role", toWord(row.role)}, {"team", row.team},
            {"staff_no", row.staffNo}};
}

Result<UserRow> userFromJson(UserId id, const Json& body)
{
    JsonReader in(body, "/user");
    UserRow row{id, in.text("user_name"), in.textOr("display_name", ""), readWord(in, "role", userRoleFromWord), in.textOr("team", ""),
                in.textOr("staff_no", "")};
    return finish(in, std::move(row));
}

} // namespace evenhand::domain
