// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/wire/wire.h"

#include <algorithm>

namespace evenhand::domain::wire {

using base::Json;
using base::JsonReader;
using base::Result;

namespace {

template <class T>
Json orNull(const std::optional<T>& value)
{
    if constexpr (requires { value->toString(); })
        return value ? Json(value->toString()) : Json(nullptr);
    else
        return value ? Json(*value) : Json(nullptr);
}

Json statementJson(const SignedStatement& statement, const char* body = "statement", const char* signature = "sig")
{
    return {{body, base::toBase64Url(base::asBytes(statement.statement))}, {signature, base::toBase64Url(statement.signature)}};
}

SignedStatement readStatement(JsonReader& in, const char* body = "statement", const char* signature = "sig")
{
    const auto bytes = in.base64Url(body);
    const auto sig = in.base64Url(signature);
    SignedStatement statement{std::string(base::asText(bytes)), {}};
    if (sig.size() == statement.signature.size())
        std::ranges::copy(sig, statement.signature.begin());
    else
        in.complain(signature, "expected 64 bytes");
    return statement;
}

Json policyJson(const Policy& policy)
{
    return {{"lease_days", policy.leaseDays},
            {"acked_retention_days", policy.ackedRetentionDays},
            {"idle_lock_s", policy.idleLockS},
            {"office", encode(policy.office)}};
}

Policy readPolicy(JsonReader& in)
{
    JsonReader policy(in.object("policy"), in.pathOf("policy"));
    const Policy defaults;
    JsonReader office(policy.object("office"), policy.pathOf("office"));
    return {policy.integerOr("lease_days", defaults.leaseDays), policy.integerOr("acked_retention_days", defaults.ackedRetentionDays),
            policy.integerOr("idle_lock_s", defaults.idleLockS), decodeOffice(office)};
}

Json rangesJson(const std::vector<SeqRange>& ranges)
{
    Json all = Json::array();
    for (const auto& range : ranges)
        all.push_back(Json::array({range.first, range.last}));
    return all;
}

std::vector<SeqRange> readRanges(JsonReader& in, const char* name)
{
    std::vector<SeqRange> ranges;
    for (const auto& item : in.array(name)) {
        if (item.is_array() && item.size() == 2 && item[0].is_number_integer() && item[1].is_number_integer())
            ranges.push_back({item[0].get<std::int64_t>(), item[1].get<std::int64_t>()});
        else
            in.complain(name, "expected pairs of integers");
    }
    return ranges;
}

template <class T>
Result<T> finish(const JsonReader& in, T value)
{
    if (!in.ok())
        return base::fail(in.error());
    return value;
}

EventEnvelope readEnvelope(JsonReader& in, const EpochId& epoch)
{
    const auto header = in.base64Url("header");
    const auto sig = in.base64Url("sig");
    const auto payload = in.optionalBase64Url("payload");
    EventEnvelope event{EventId(in.uuid("event_id")), epoch, in.integer("seq"), std::string(base::asText(header)), {}, {},
                        payload ? std::optional(std::string(base::asText(*payload))) : std::nullopt, in.optionalBase64Url("salt")};
    event.hash = eventHash(event.header);
    if (sig.size() == event.signature.size())
        std::ranges::copy(sig, event.signature.begin());
    else
        in.complain("sig", "expected 64 bytes");
    return event;
}

Json opJson(const PullOp& op)
{
    Json json{{"op", op.op}, {"seq", op.seq}};
    json["case_id"] = orNull(op.caseId);
    if (op.op == "put" || op.op == "del") {
        json["kind"] = op.kind;
        json["id"] = orNull(op.id);
    }
    if (op.op == "annotate")
        json["event_id"] = orNull(op.id);
    if (op.op == "put" || op.op == "annotate")
        json["body"] = op.body;
    if (op.op == "revoke") {
        json["revoke_id"] = orNull(op.revokeId);
        if (op.statement)
            json.update(statementJson(*op.statement));
    }
    if (op.op == "lease")
        json["lease_until"] = op.leaseUntil ? Json(op.leaseUntil->toRfc3339Utc()) : Json(nullptr);
    if (op.op == "bucket_digest")
        json.update({{"bucket", op.bucket}, {"count", op.count}, {"digest", op.digest ? Json(base::toBase64Url(*op.digest)) : Json(nullptr)}});
    return json;
}

PullOp readOp(JsonReader& in)
{
    PullOp op;
    op.op = in.text("op");
    op.seq = in.integer("seq");
    if (const auto id = in.optionalUuid("case_id"))
        op.caseId = CaseId(*id);
    op.kind = in.textOr("kind", "");
    if (op.op == "put" || op.op == "del")
        op.id = in.uuid("id");
    if (op.op == "annotate")
        op.id = in.uuid("event_id");
    if (op.op == "put" || op.op == "annotate")
        op.body = in.text("body");
    if (op.op == "revoke") {
        op.revokeId = in.uuid("revoke_id");
        op.statement = readStatement(in);
    }
    if (op.op == "lease")
        op.leaseUntil = in.optionalInstant("lease_until");
    if (op.op == "bucket_digest") {
        op.bucket = in.integer("bucket");
        op.count = in.integer("count");
        op.digest = in.base64Url("digest");
    }
    return op;
}

} // namespace

Json encode(const OfficeNames& office)
{
    return {{"institution", office.institution},
            {"neutral_name", office.neutralName},
            {"callback_number", office.callbackNumber},
            {"complaint_number", office.complaintNumber},
            {"payment_channel", office.paymentChannel}};
}

OfficeNames decodeOffice(JsonReader& in)
{
    return {in.textOr("institution", ""), in.textOr("neutral_name", ""), in.textOr("callback_number", ""), in.textOr("complaint_number", ""),
            in.textOr("payment_channel", "")};
}

Json encode(const Hello& m)
{
    return {{"product", "evenhandd"},
            {"dataset_id", m.datasetId.toString()},
            {"protocol", {{"min", m.protocolMin}, {"max", m.protocolMax}}},
            {"server_time", m.serverTime.toRfc3339Utc()},
            {"challenge", m.challenge},
            {"challenge_expires_in", m.challengeExpiresIn},
            {"enrol_code_required", false},
            {"identity", statementJson(m.identity)},
            {"limits",
             {{"batch_events", m.limits.batchEvents},
              {"batch_bytes", m.limits.batchBytes},
              {"pull_ops", m.limits.pullOps},
              {"heartbeat_s", m.limits.heartbeatS}}}};
}

Result<Hello> decodeHello(const Json& json)
{
    JsonReader in(json, "");
    if (in.text("product") != "evenhandd")
        in.complain("product", "is not evenhandd");
    JsonReader protocol(in.object("protocol"), "/protocol");
    JsonReader identity(in.object("identity"), "/identity");
    JsonReader limits(in.object("limits"), "/limits");
    const Limits defaults;
    Hello hello{DatasetId(in.uuid("dataset_id")),
                static_cast<int>(protocol.integer("min")),
                static_cast<int>(protocol.integer("max")),
                in.instant("server_time"),
                in.text("challenge"),
                in.integerOr("challenge_expires_in", 120),
                readStatement(identity),
                {limits.integerOr("batch_events", defaults.batchEvents), limits.integerOr("batch_bytes", defaults.batchBytes),
                 limits.integerOr("pull_ops", defaults.pullOps), limits.integerOr("heartbeat_s", defaults.heartbeatS)}};
    if (!identity.ok())
        return base::fail(identity.error());
    return finish(in, std::move(hello));
}

Json encode(const EnrolRequest& m)
{
    Json json{{"user_name", m.userName}, {"password", m.password}, {"enrol_code", nullptr}};
    json.update(statementJson(m.statement));
    return json;
}

Result<EnrolRequest> decodeEnrolRequest(const Json& json)
{
    JsonReader in(json, "");
    EnrolRequest request{in.text("user_name"), in.text("password"), readStatement(in)};
    return finish(in, std::move(request));
}

Json encode(const EnrolResponse& m)
{
    Json keys = Json::array();
    for (const auto& key : m.serverKeys)
        keys.push_back({{"key_id", key.keyId},
                        {"use", key.use},
                        {"alg", key.algorithm},
                        {"public_key", base::toBase64Url(key.publicKey)},
                        {"not_before", key.notBefore.toRfc3339Utc()}});
    return {{"dataset_id", m.datasetId.toString()}, {"device_id", m.deviceId.toString()}, {"user_id", m.userId.toString()},
            {"role", m.role},                       {"log_id", nullptr},                   {"server_keys", keys},
            {"policy", policyJson(m.policy)}};
}

Result<EnrolResponse> decodeEnrolResponse(const Json& json)
{
    JsonReader in(json, "");
    EnrolResponse response{DatasetId(in.uuid("dataset_id")), DeviceId(in.uuid("device_id")), UserId(in.uuid("user_id")), in.text("role"), {},
                           readPolicy(in)};
    for (const auto& item : in.array("server_keys")) {
        JsonReader key(item, "/server_keys");
        response.serverKeys.push_back(
            {key.text("key_id"), key.text("use"), key.text("alg"), key.base64Url("public_key"), key.instant("not_before")});
        if (!key.ok())
            return base::fail(key.error());
    }
    return finish(in, std::move(response));
}

Json encode(const SessionRequest& m)
{
    Json json{{"password", orNull(m.password)}, {"refresh_token", orNull(m.refreshToken)}, {"checkpoint", nullptr}};
    json.update(statementJson(m.statement));
    return json;
}

Result<SessionRequest> decodeSessionRequest(const Json& json)
{
    JsonReader in(json, "");
    SessionRequest request{readStatement(in), in.optionalText("password"), in.optionalText("refresh_token")};
    return finish(in, std::move(request));
}

Json encode(const SessionResponse& m)
{
    Json epochs = Json::array();
    for (const auto& epoch : m.epochs)
        epochs.push_back({{"epoch", epoch.epoch.toString()},
                          {"acked_upto", epoch.ackedUpto},
                          {"known_head_seq", epoch.knownHeadSeq},
                          {"missing", rangesJson(epoch.missing)}});
    return {{"session_id", m.sessionId.toString()},
            {"access_token", m.accessToken},
            {"expires_in", m.expiresIn},
            {"refresh_token", orNull(m.refreshToken)},
            {"refresh_expires_in", m.refreshExpiresIn},
            {"scope", m.scope},
            {"epochs", epochs},
            {"epoch_action", m.mintNewEpoch ? "mint_new" : "continue"},
            {"checkpoint", nullptr},
            {"consistency", nullptr},
            {"log_id", nullptr},
            {"log_state", "ok"},
            {"push_allowed", m.pushAllowed},
            {"pull_allowed", m.pullAllowed},
            {"refusal", m.refusal ? Json{{"code", "refused"}, {"text", *m.refusal}} : Json(nullptr)},
            {"command", nullptr},
            {"policy", policyJson(m.policy)},
            {"server_time", m.serverTime.toRfc3339Utc()}};
}

Result<SessionResponse> decodeSessionResponse(const Json& json)
{
    JsonReader in(json, "");
    SessionResponse response{in.uuid("session_id"), in.text("access_token"), in.integer("expires_in"), in.optionalText("refresh_token"),
                             in.integerOr("refresh_expires_in", 0), in.texts("scope"), {}, in.textOr("epoch_action", "continue") == "mint_new",
                             in.booleanOr("push_allowed", true), in.booleanOr("pull_allowed", true), std::nullopt, readPolicy(in),
                             in.instant("server_time")};
    for (const auto& item : in.array("epochs")) {
        JsonReader epoch(item, "/epochs");
        response.epochs.push_back(
            {EpochId(epoch.uuid("epoch")), epoch.integer("acked_upto"), epoch.integer("known_head_seq"), readRanges(epoch, "missing")});
        if (!epoch.ok())
            return base::fail(epoch.error());
    }
    if (in.has("refusal"))
        response.refusal = JsonReader(in.object("refusal"), "/refusal").textOr("text", "");
    return finish(in, std::move(response));
}

Json encode(const EventEnvelope& event)
{
    return {{"event_id", event.eventId.toString()},
            {"seq", event.seq},
            {"header", base::toBase64Url(base::asBytes(event.header))},
            {"sig", base::toBase64Url(event.signature)},
            {"payload", event.payload ? Json(base::toBase64Url(base::asBytes(*event.payload))) : Json(nullptr)},
            {"salt", event.salt ? Json(base::toBase64Url(*event.salt)) : Json(nullptr)},
            {"sealed", nullptr},
            {"seal_key_id", nullptr}};
}

Json encode(const EventsRequest& m)
{
    Json events = Json::array();
    for (const auto& event : m.events)
        events.push_back(encode(event));
    return {{"epoch", m.epoch.toString()}, {"events", events}};
}

Result<EventsRequest> decodeEventsRequest(const Json& json)
{
    JsonReader in(json, "");
    EventsRequest request{EpochId(in.uuid("epoch")), {}};
    std::size_t index = 0;
    for (const auto& item : in.array("events")) {
        JsonReader event(item, "/events/" + std::to_string(index++));
        request.events.push_back(readEnvelope(event, request.epoch));
        if (!event.ok())
            return base::fail(event.error());
    }
    return finish(in, std::move(request));
}

Json encode(const PullOp& op) { return opJson(op); }
Json encode(const SignedStatement& statement) { return statementJson(statement); }

Json encode(const EventResult& result)
{
    Json one{{"event_id", result.eventId.toString()}, {"seq", result.seq}, {"verdict", result.verdict}, {"reason", orNull(result.reason)},
             {"flags", result.flags}};
    one.update(statementJson(result.receipt, "receipt", "receipt_sig"));
    return one;
}

Result<PullOp> decodePullOp(const Json& json)
{
    JsonReader in(json, "/op");
    auto op = readOp(in);
    return finish(in, std::move(op));
}

Result<SignedStatement> decodeSignedStatement(const Json& json)
{
    JsonReader in(json, "/receipt");
    auto statement = readStatement(in);
    return finish(in, std::move(statement));
}

Result<EventResult> decodeEventResult(const Json& json)
{
    JsonReader one(json, "/result");
    EventResult result{EventId(one.uuid("event_id")), one.integer("seq"), one.text("verdict"), one.optionalText("reason"),
                       one.texts("flags"), readStatement(one, "receipt", "receipt_sig")};
    return finish(one, std::move(result));
}

Json encode(const EventsResponse& m)
{
    Json results = Json::array();
    for (const auto& result : m.results) {
        results.push_back(encode(result));
    }
    return {{"epoch", m.epoch.toString()}, {"acked_upto", m.ackedUpto}, {"missing", rangesJson(m.missing)},
            {"log_id", nullptr},           {"checkpoint", nullptr},     {"results", results}};
}

Result<EventsResponse> decodeEventsResponse(const Json& json)
{
    JsonReader in(json, "");
    EventsResponse response{EpochId(in.uuid("epoch")), in.integer("acked_upto"), readRanges(in, "missing"), {}};
    for (const auto& item : in.array("results")) {
        JsonReader one(item, "/results");
        response.results.push_back({EventId(one.uuid("event_id")), one.integer("seq"), one.text("verdict"), one.optionalText("reason"),
                                    one.texts("flags"), readStatement(one, "receipt", "receipt_sig")});
        if (!one.ok())
            return base::fail(one.error());
    }
    return finish(in, std::move(response));
}

Json encode(const PullRequest& m) { return {{"scope_epoch", m.scopeEpoch}, {"cursor", m.cursor}, {"max", m.max}}; }

Result<PullRequest> decodePullRequest(const Json& json)
{
    JsonReader in(json, "");
    PullRequest request{in.integerOr("scope_epoch", 0), in.textOr("cursor", ""), in.integerOr("max", 200)};
    if (request.max < 1 || request.max > 1000)
        in.complain("max", "must be between 1 and 1000");
    return finish(in, std::move(request));
}

Json encode(const PullResponse& m)
{
    Json ops = Json::array();
    for (const auto& op : m.ops)
        ops.push_back(opJson(op));
    return {{"scope_epoch", m.scopeEpoch}, {"upto", m.upto},   {"complete", m.complete}, {"next_cursor", m.nextCursor},
            {"ops", ops},                  {"log_id", nullptr}, {"checkpoint", nullptr}};
}

Result<PullResponse> decodePullResponse(const Json& json)
{
    JsonReader in(json, "");
    PullResponse response{in.integer("scope_epoch"), in.integer("upto"), in.boolean("complete"), in.text("next_cursor"), {}};
    for (const auto& item : in.array("ops")) {
        JsonReader op(item, "/ops");
        response.ops.push_back(readOp(op));
        if (!op.ok())
            return base::fail(op.error());
    }
    return finish(in, std::move(response));
}

Json encode(const Problem& m)
{
    Json errors = Json::array();
    for (const auto& [pointer, code] : m.errors)
        errors.push_back({{"pointer", pointer}, {"code", code}});
    return {{"type", "urn:evenhand:problem:" + m.code}, {"title", m.title}, {"status", m.status},
            {"detail", m.detail},                       {"code", m.code},   {"retry", m.retry},
            {"retry_after_s", orNull(m.retryAfterS)},   {"errors", errors}};
}

Result<Problem> decodeProblem(const Json& json)
{
    JsonReader in(json, "");
    Problem problem{static_cast<int>(in.integer("status")), in.text("code"),           in.textOr("retry", "later"), in.textOr("title", ""),
                    in.textOr("detail", ""),                in.optionalInteger("retry_after_s"), {}};
    for (const auto& item : in.array("errors")) {
        JsonReader one(item, "/errors");
        problem.errors.emplace_back(one.textOr("pointer", ""), one.textOr("code", ""));
    }
    return finish(in, std::move(problem));
}

} // namespace evenhand::domain::wire
