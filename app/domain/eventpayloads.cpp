// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/eventpayloads.h"

#include <algorithm>

#include "app/domain/jsonwords.h"

namespace evenhand::domain {

using base::Json;
using base::JsonReader;
using base::Result;

namespace {

Json findingsJson(const std::vector<PhraseFinding>& findings)
{
    Json all = Json::array();
    for (const auto& finding : findings) {
        all.push_back({{"rule", finding.rule}, {"start", finding.start}, {"end", finding.end}, {"action", finding.action}});
        if (!finding.reason.reveal().empty())
            all.back()["reason"] = finding.reason.reveal();
    }
    return all;
}

template <class T>
Json idOrNull(const std::optional<T>& id)
{
    return id ? Json(id->toString()) : Json(nullptr);
}

Json idsJson(const std::vector<EventId>& ids)
{
    Json all = Json::array();
    for (const auto& id : ids)
        all.push_back(id.toString());
    return all;
}

Json encode(const CallPayload& call)
{
    Json accounts = Json::array();
    for (const auto& id : call.accountIds)
        accounts.push_back(id.toString());
    Json recordings = Json::array();
    for (const auto& id : call.recordings)
        recordings.push_back(id.toString());
    Json json{{"party_id", call.partyId.toString()},
            {"contact_point_id", idOrNull(call.contactPointId)},
            {"account_ids", accounts},
            {"channel", toWord(call.channel)},
            {"direction", toWord(call.direction)},
            {"initiated_by", toWord(call.initiatedBy)},
            {"started_at", call.startedAt.toRfc3339Utc()},
            {"duration_s", call.durationS},
            {"outcome", call.outcome},
            {"result", toWord(call.result)},
            {"right_party", call.rightParty},
            {"note", call.note.reveal()},
            {"phrase_findings", findingsJson(call.phraseFindings)},
            {"dial", call.dial},
            {"gate", call.gate},
            {"script", call.script}};
    if (!call.content.reveal().empty())
        json["content"] = call.content.reveal();
    if (!call.document.is_null())
        json["document"] = call.document;
    if (!recordings.empty())   // absent rather than empty: calls of earlier versions keep their bytes
        json["recordings"] = std::move(recordings);
    return json;
}

Json encode(const NotePayload& note)
{
    return {{"text", note.text.reveal()}, {"phrase_findings", findingsJson(note.phraseFindings)}};
}

Json encode(const PromisePayload& promise)
{
    Json json{{"party_id", promise.partyId.toString()}, {"amount_minor", promise.amount.minor()}, {"currency", promise.amount.currency().code()},
              {"due_on", promise.dueOn.toIso()},        {"method", promise.method},               {"contact_event_id", idOrNull(promise.contactEventId)}};
    if (promise.groupId)
        json["group_id"] = promise.groupId->toString();
    if (!promise.replaces.empty())
        json["replaces"] = idsJson(promise.replaces);
    if (!promise.reason.reveal().empty())
        json["reason"] = promise.reason.reveal();
    if (promise.needs != ApprovalLevel::Self)
        json["needs"] = toWord(promise.needs);
    return json;
}

Json encode(const PlanRequestPayload& request)
{
    return {{"party_id", request.partyId.toString()},
            {"terms", toJson(request.terms)},
            {"total_minor", request.totalMinor},
            {"debtor_agreed", request.debtorAgreed},
            {"agreed_how", request.agreedHow},
            {"reason", request.reason.reveal()},
            {"means", meansJson(request.means)},
            {"needs", toWord(request.needs)},
            {"contact_event_id", idOrNull(request.contactEventId)}};
}

Json encode(const DecisionPayload& decision)
{
    return {{"request_id", decision.requestId.toString()},
            {"decision", toWord(decision.decision)},
            {"reason", decision.reason.reveal()},
            {"authority", toWord(decision.authority)},
            {"reference", decision.reference}};
}

Json encode(const ReminderPayload& reminder) { return {{"due_at", reminder.dueAt.toRfc3339Utc()}, {"reason", reminder.reason}}; }

Json encode(const RevealPayload& reveal)
{
    return {{"field", reveal.field}, {"row_id", reveal.rowId.toString()}, {"reason", reveal.reason}};
}

Json encode(const FlagPayload& flag)
{
    return {{"kind", toWord(flag.kind)},
            {"set", flag.set},
            {"party_id", idOrNull(flag.partyId)},
            {"channel", flag.channel ? Json(toWord(*flag.channel)) : Json(nullptr)},
            {"reason", flag.reason}};
}

Json encode(const ContactPointChangePayload& change)
{
    return {{"contact_point_id", change.contactPointId.toString()},
            {"party_id", change.partyId.toString()},
            {"added", change.added},
            {"kind", toWord(change.kind)},
            {"value", change.value ? Json(change.value->reveal()) : Json(nullptr)},
            {"status", change.status ? Json(toWord(*change.status)) : Json(nullptr)},
            {"source", toWord(change.source)}};
}

Json encode(const EpochStartedPayload& epoch)
{
    return {{"reason", epoch.reason},
            {"previous_epoch", idOrNull(epoch.previousEpoch)},
            {"previous_head_seq", epoch.previousHeadSeq},
            {"previous_head_hash", base::toBase64Url(epoch.previousHeadHash)}};
}

Json encode(const DraftRecoveredPayload& draft) { return {{"form", draft.form}, {"body", draft.body.reveal()}}; }

Json encode(const AttachmentPayload& attachment) { return encodeAttachment(attachment); }

Json encode(const ReviewPayload& review) { return encodeReview(review); }

std::vector<PhraseFinding> readFindings(JsonReader& in)
{
    std::vector<PhraseFinding> findings;
    for (const auto& item : in.array("phrase_findings")) {
        JsonReader one(item, in.pathOf("phrase_findings"));
        findings.push_back({one.text("rule"), static_cast<int>(std::clamp<std::int64_t>(one.integer("start"), 0, INT32_MAX)),
                            static_cast<int>(std::clamp<std::int64_t>(one.integer("end"), 0, INT32_MAX)), one.text("action"),
                            base::SensitiveText(one.textOr("reason", {}))});
        if (!one.ok())
            in.complain("phrase_findings", one.error().detail);
    }
    return findings;
}

CallPayload readCall(JsonReader& in, const Json& json)
{
    CallPayload call{.partyId = PartyId(in.uuid("party_id"))};
    call.contactPointId = optionalId<ContactPointId>(in, "contact_point_id");
    for (const auto& text : in.texts("account_ids")) {
        if (const auto id = AccountId::tryFromString(text))
            call.accountIds.push_back(*id);
        else
            in.complain("account_ids", "expected UUIDs");
    }
    call.channel = readWord(in, "channel", channelFromWord);
    call.direction = readWord(in, "direction", directionFromWord);
    call.initiatedBy = readWord(in, "initiated_by", initiatedByFromWord);
    call.startedAt = in.instant("started_at");
    call.durationS = in.integer("duration_s");
    if (call.durationS < 0)
        in.complain("duration_s", "must not be negative");
    call.outcome = in.text("outcome");
    call.result = readWord(in, "result", contactResultFromWord);
    call.rightParty = in.boolean("right_party");
    call.note = base::SensitiveText(in.textOr("note", ""));
    call.phraseFindings = readFindings(in);
    call.dial = in.textOr("dial", "");
    if (json.is_object()) {
        call.gate = json.value("gate", Json(nullptr));
        call.script = json.value("script", Json(nullptr));
        call.document = json.value("document", Json(nullptr));
    }
    call.content = base::SensitiveText(in.textOr("content", ""));
    for (const auto& text : in.texts("recordings")) {
        if (const auto id = EventId::tryFromString(text))
            call.recordings.push_back(*id);
        else
            in.complain("recordings", "expected UUIDs");
    }
    return call;
}

base::Money readMoney(JsonReader& in)
{
    const auto currency = base::Currency::tryFromCode(in.text("currency"));
    if (!currency)
        in.complain("currency", "expected an ISO 4217 code");
    const auto known = currency.value_or(*base::Currency::tryFromCode("CNY"));
    const auto money = base::Money::tryFromMinor(in.integer("amount_minor"), known);
    if (!money || money->minor() <= 0)
        in.complain("amount_minor", "must be above zero and below 2^53");
    return money.value_or(*base::Money::tryFromMinor(0, known));
}

PromisePayload readPromise(JsonReader& in)
{
    PromisePayload promise{PartyId(in.uuid("party_id")), readMoney(in), in.date("due_on"), in.textOr("method", ""), optionalId<EventId>(in, "contact_event_id"),
                           optionalId<EventId>(in, "group_id")};
    for (const auto& text : in.texts("replaces")) {
        if (const auto id = EventId::tryFromString(text))
            promise.replaces.push_back(*id);
        else
            in.complain("replaces", "expected UUIDs");
    }
    promise.reason = base::SensitiveText(in.textOr("reason", ""));
    promise.needs = in.has("needs") ? readWord(in, "needs", approvalLevelFromWord) : ApprovalLevel::Self;
    return promise;
}

Result<EventPayload> readPlanRequest(JsonReader& in)
{
    EVENHAND_ASSIGN(auto terms, planTermsFromJson(in.object("terms"), in.pathOf("terms")));
    EVENHAND_ASSIGN(const auto means, meansFromJson(in.has("means") ? in.object("means") : Json(nullptr), in.pathOf("means")));
    return PlanRequestPayload{PartyId(in.uuid("party_id")),
                              std::move(terms),
                              in.integer("total_minor"),
                              in.boolean("debtor_agreed"),
                              in.textOr("agreed_how", ""),
                              base::SensitiveText(in.textOr("reason", "")),
                              means,
                              optionalId<EventId>(in, "contact_event_id"),
                              in.has("needs") ? readWord(in, "needs", approvalLevelFromWord) : ApprovalLevel::Self};
}

FlagPayload readFlag(JsonReader& in)
{
    FlagPayload flag{readWord(in, "kind", flagKindFromWord), in.boolean("set"), optionalId<PartyId>(in, "party_id"), std::nullopt,
                     in.textOr("reason", "")};
    if (in.has("channel"))
        flag.channel = readWord(in, "channel", channelFromWord);
    return flag;
}

ContactPointChangePayload readChange(JsonReader& in)
{
    ContactPointChangePayload change{ContactPointId(in.uuid("contact_point_id")), PartyId(in.uuid("party_id")), in.boolean("added"),
                                     readWord(in, "kind", contactPointKindFromWord), std::nullopt, std::nullopt,
                                     readWord(in, "source", contactSourceFromWord)};
    if (const auto value = in.optionalText("value"))
        change.value = base::SensitiveText(*value);
    if (in.has("status"))
        change.status = readWord(in, "status", contactStatusFromWord);
    return change;
}

EpochStartedPayload readEpoch(JsonReader& in)
{
    EpochStartedPayload epoch{in.text("reason"), optionalId<EpochId>(in, "previous_epoch"), in.integer("previous_head_seq"), {}};
    const auto hash = in.base64Url("previous_head_hash");
    if (hash.size() == 32)
        std::ranges::copy(hash, epoch.previousHeadHash.begin());
    else
        in.complain("previous_head_hash", "expected 32 bytes");
    return epoch;
}

std::optional<EventPayload> readByType(JsonReader& in, const Json& json, std::string_view type)
{
    if (type == eventtype::kCall)
        return readCall(in, json);
    if (type == eventtype::kNote)
        return NotePayload{base::SensitiveText(in.text("text")), readFindings(in)};
    if (type == eventtype::kPromise)
        return readPromise(in);
    if (type == eventtype::kReminder)
        return ReminderPayload{in.instant("due_at"), in.textOr("reason", "callback")};
    if (type == eventtype::kReveal)
        return RevealPayload{in.text("field"), in.uuid("row_id"), in.textOr("reason", "")};
    if (type == eventtype::kFlag)
        return readFlag(in);
    if (type == eventtype::kContactPointChange)
        return readChange(in);
    if (type == eventtype::kDecision)
        return DecisionPayload{EventId(in.uuid("request_id")), readWord(in, "decision", decisionKindFromWord), base::SensitiveText(in.textOr("reason", "")),
                               readWord(in, "authority", approvalLevelFromWord), in.textOr("reference", "")};
    if (type == eventtype::kEpochStarted)
        return readEpoch(in);
    if (type == eventtype::kDraftRecovered)
        return DraftRecoveredPayload{in.text("form"), base::SensitiveText(in.text("body"))};
    if (type == eventtype::kAttachment)
        return readAttachment(in);
    if (type == eventtype::kReview)
        return readReview(in);
    return std::nullopt;
}

} // namespace

const char* typeOf(const EventPayload& payload)
{
    static constexpr const char* kTypes[] = {eventtype::kCall, eventtype::kNote, eventtype::kPromise, eventtype::kReminder,
                                             eventtype::kReveal, eventtype::kFlag, eventtype::kContactPointChange,
                                             eventtype::kPlanRequest, eventtype::kDecision, eventtype::kEpochStarted, eventtype::kDraftRecovered,
                                             eventtype::kAttachment, eventtype::kReview};
    static_assert(std::size(kTypes) == std::variant_size_v<EventPayload>);
    return kTypes[payload.index()];
}

std::string encodePayload(const EventPayload& payload)
{
    return base::canonical(std::visit([](const auto& value) { return encode(value); }, payload));
}

Result<EventPayload> decodePayload(std::string_view type, std::int64_t typeVersion, std::string_view bytes)
{
    if (typeVersion != 1)
        return base::fail(base::ErrorCode::Protocol, "unknown version of event type " + std::string(type));
    EVENHAND_ASSIGN(const auto json, base::parseCanonicalJson(bytes));
    JsonReader in(json, "/payload");
    if (type == eventtype::kPlanRequest) {
        auto request = readPlanRequest(in);
        return request && !in.ok() ? Result<EventPayload>(base::fail(in.error())) : std::move(request);
    }
    auto payload = readByType(in, json, type);
    if (!payload)
        return base::fail(base::ErrorCode::Protocol, "unknown event type " + std::string(type));
    if (!in.ok())
        return base::fail(in.error());
    return *std::move(payload);
}

} // namespace evenhand::domain
