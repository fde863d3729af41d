// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/gatejson.h"

#include <limits>

#include "app/base/date.h"

namespace evenhand::compliance {

using base::Instant;
using base::Json;
using base::JsonReader;
using base::Result;

namespace {

/// A word of a closed vocabulary; "unknown" and absence are nullopt, any other word is a complaint.
template <class Enum>
std::optional<Enum> word(JsonReader& in, const char* name, std::optional<Enum> (*fromWord)(std::string_view))
{
    const auto text = in.optionalText(name);
    if (!text || *text == "unknown" || !in.ok())
        return std::nullopt;
    const auto value = fromWord(*text);
    if (!value)
        in.complain(name, "unknown word \"" + *text + "\"");
    return value;
}

template <class Enum>
Enum requiredWord(JsonReader& in, const char* name, std::optional<Enum> (*fromWord)(std::string_view), Enum neutral)
{
    const auto text = in.text(name);
    const auto value = fromWord(text);
    if (!value)
        in.complain(name, "unknown word \"" + text + "\"");
    return value.value_or(neutral);
}

std::optional<int> smallNumber(JsonReader& in, const char* name)
{
    const auto value = in.optionalInteger(name);
    if (value && (*value < 0 || *value > std::numeric_limits<int>::max()))
        in.complain(name, "out of range");
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

ContactIntent readIntent(JsonReader& in)
{
    ContactIntent intent;
    intent.channel = requiredWord(in, "channel", &domain::channelFromWord, domain::Channel::Call);
    intent.partyId = in.text("party_id");
    intent.contactPointId = in.textOr("contact_point_id", "");
    intent.accountIds = in.texts("account_ids");
    intent.initiatedBy = word(in, "initiated_by", &domain::initiatedByFromWord);
    intent.visitors = smallNumber(in, "visitors");
    intent.recording = in.optionalBoolean("recording");
    intent.place = word(in, "place", &placeFromWord);
    intent.purpose = word(in, "purpose", &purposeFromWord).value_or(Purpose::Collection);
    return intent;
}

Party readParty(JsonReader& in)
{
    return {in.text("id"), word(in, "role", &domain::partyRoleFromWord), in.textOr("time_zone", ""), in.optionalBoolean("opted_out")};
}

ContactPoint readPoint(JsonReader& in)
{
    return {in.text("id"), in.textOr("party_id", ""), word(in, "kind", &domain::contactPointKindFromWord),
            word(in, "source", &domain::contactSourceFromWord).value_or(domain::ContactSource::Unknown),
            word(in, "status", &domain::contactStatusFromWord).value_or(domain::ContactStatus::Unknown), in.textOr("time_zone", "")};
}

PastContact readPast(JsonReader& in)
{
    PastContact contact;
    contact.id = in.text("id");
    contact.at = in.instant("at");
    contact.channel = requiredWord(in, "channel", &domain::channelFromWord, domain::Channel::Call);
    contact.direction = word(in, "direction", &domain::directionFromWord);
    contact.partyId = in.textOr("party_id", "");
    contact.contactPointId = in.textOr("contact_point_id", "");
    contact.accountIds = in.texts("account_ids");
    contact.initiatedBy = word(in, "initiated_by", &domain::initiatedByFromWord);
    contact.result = word(in, "result", &domain::contactResultFromWord);
    contact.rightParty = in.optionalBoolean("right_party");
    contact.durationS = in.optionalInteger("duration_s");
    contact.isOwn = in.booleanOr("own", false);
    return contact;
}

Consent readConsent(JsonReader& in)
{
    return {in.text("party_id"), requiredWord(in, "kind", &consentKindFromWord, ConsentKind::OutsideHours), in.instant("granted_at"),
            in.optionalInstant("expires_at"), in.optionalInstant("revoked_at"), word(in, "channel", &domain::channelFromWord)};
}

Flag readFlag(JsonReader& in)
{
    return {requiredWord(in, "kind", &domain::flagKindFromWord, domain::FlagKind::Dispute), in.instant("set_at"), in.optionalInstant("cleared_at"),
            in.textOr("party_id", ""), in.texts("account_ids"), word(in, "channel", &domain::channelFromWord)};
}

template <class T>
Result<std::vector<T>> readList(JsonReader& in, const char* name, T (*readOne)(JsonReader&))
{
    std::vector<T> all;
    const auto& array = in.array(name);
    all.reserve(array.size());
    for (std::size_t i = 0; i < array.size(); ++i) {
        JsonReader item(array[i], in.pathOf(name) + "/" + std::to_string(i));
        all.push_back(readOne(item));
        if (!item.ok())
            return base::fail(item.error());
    }
    return all;
}

Result<ContactFacts> readFacts(JsonReader& in)
{
    ContactFacts facts;
    EVENHAND_ASSIGN(facts.parties, readList(in, "parties", &readParty));
    EVENHAND_ASSIGN(facts.contactPoints, readList(in, "contact_points", &readPoint));
    EVENHAND_ASSIGN(facts.consents, readList(in, "consents", &readConsent));
    if (in.has("history")) {
        EVENHAND_ASSIGN(facts.history, readList(in, "history", &readPast));
    }
    if (in.has("flags")) {
        EVENHAND_ASSIGN(facts.flags, readList(in, "flags", &readFlag));
    }
    if (in.has("offline")) {
        JsonReader offline(in.object("offline"), in.pathOf("offline"));
        facts.offline = OfflineShare{smallNumber(offline, "attempts_left"), smallNumber(offline, "units")};
        if (!offline.ok())
            return base::fail(offline.error());
    }
    facts.isClockDoubtful = in.booleanOr("clock_doubtful", false);
    return facts;
}

template <class Enum>
Json orNull(const std::optional<Enum>& value)
{
    return value ? Json(std::string(toWord(*value))) : Json(nullptr);
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json timeOrNull(const std::optional<Instant>& at) { return at ? Json(at->toRfc3339Utc()) : Json(nullptr); }

template <class T>
Json valueOrNull(const std::optional<T>& value) { return value ? Json(*value) : Json(nullptr); }

Json toJson(const ContactIntent& intent)
{
    return {{"channel", std::string(toWord(intent.channel))}, {"initiated_by", orNull(intent.initiatedBy)}, {"party_id", intent.partyId},
            {"contact_point_id", textOrNull(intent.contactPointId)}, {"account_ids", intent.accountIds},
            {"visitors", valueOrNull(intent.visitors)}, {"recording", valueOrNull(intent.recording)},
            {"place", orNull(intent.place)}, {"purpose", std::string(toWord(intent.purpose))}};
}

Json toJson(const Party& party)
{
    return {{"id", party.id}, {"role", orNull(party.role)}, {"time_zone", textOrNull(party.timeZone)}, {"opted_out", valueOrNull(party.optedOut)}};
}

Json toJson(const ContactPoint& point)
{
    return {{"id", point.id}, {"party_id", textOrNull(point.partyId)}, {"kind", orNull(point.kind)},
            {"source", std::string(toWord(point.source))}, {"status", std::string(toWord(point.status))},
            {"time_zone", textOrNull(point.timeZone)}};
}

Json toJson(const PastContact& contact)
{
    return {{"id", contact.id}, {"at", contact.at.toRfc3339Utc()}, {"channel", std::string(toWord(contact.channel))},
            {"direction", orNull(contact.direction)}, {"party_id", textOrNull(contact.partyId)},
            {"contact_point_id", textOrNull(contact.contactPointId)}, {"account_ids", contact.accountIds},
            {"initiated_by", orNull(contact.initiatedBy)}, {"result", orNull(contact.result)},
            {"right_party", valueOrNull(contact.rightParty)}, {"duration_s", valueOrNull(contact.durationS)}, {"own", contact.isOwn}};
}

Json toJson(const Consent& consent)
{
    return {{"party_id", consent.partyId}, {"kind", std::string(toWord(consent.kind))}, {"granted_at", consent.grantedAt.toRfc3339Utc()},
            {"expires_at", timeOrNull(consent.expiresAt)}, {"revoked_at", timeOrNull(consent.revokedAt)}, {"channel", orNull(consent.channel)}};
}

Json toJson(const Flag& flag)
{
    const auto accounts = flag.accountIds.empty() ? Json(nullptr) : Json(flag.accountIds);
    return {{"kind", std::string(toWord(flag.kind))}, {"set_at", flag.setAt.toRfc3339Utc()}, {"cleared_at", timeOrNull(flag.clearedAt)},
            {"party_id", textOrNull(flag.partyId)}, {"account_ids", accounts}, {"channel", orNull(flag.channel)}};
}

template <class T>
Json listToJson(const std::vector<T>& all)
{
    auto array = Json::array();
    for (const auto& one : all)
        array.push_back(toJson(one));
    return array;
}

/// Times in an answer are read by people, so they carry the offset of the place where the contacted person is.
Json localTime(const std::optional<Instant>& at, const std::optional<base::TimeZone>& zone)
{
    return at ? Json(at->toRfc3339(zone ? zone->utcOffsetMinutes(*at) : 0)) : Json(nullptr);
}

Result<Reason> readReason(const Json& json, const std::string& path)
{
    JsonReader in(json, path);
    Reason reason;
    reason.rule = in.text("rule");
    reason.verdict = requiredWord(in, "decision", &verdictFromWord, Verdict::Block);
    reason.clause = in.textOr("clause", "");
    reason.confidence = requiredWord(in, "confidence", &confidenceFromWord, Confidence::K);
    for (const auto& [language, text] : in.object("text").items())
        if (text.is_string())
            reason.text.emplace(language, text.get<std::string>());
    reason.counted = in.texts("counted");
    reason.nextAllowedAt = in.optionalInstant("next_allowed_at");
    reason.overrideRoles = in.texts("override_roles");
    if (!in.ok())
        return base::fail(in.error());
    return reason;
}

} // namespace

Result<GateQuestion> questionFromJson(const Json& json)
{
    JsonReader in(json, "");
    GateQuestion question;
    question.now = in.instant("now");
    if (!in.has("intent"))
        in.complain("intent", "is missing");
    if (!in.ok())
        return base::fail(in.error());
    JsonReader intent(in.object("intent"), "/intent");
    question.intent = readIntent(intent);
    if (!intent.ok())
        return base::fail(intent.error());
    EVENHAND_ASSIGN(question.facts, readFacts(in));
    if (!in.ok())
        return base::fail(in.error());
    return question;
}

Json toJson(const GateQuestion& question)
{
    const auto& facts = question.facts;
    Json json{{"now", question.now.toRfc3339Utc()}, {"intent", toJson(question.intent)}, {"parties", listToJson(facts.parties)},
              {"contact_points", listToJson(facts.contactPoints)}, {"consents", listToJson(facts.consents)},
              {"clock_doubtful", facts.isClockDoubtful}};
    if (facts.history)
        json["history"] = listToJson(*facts.history);
    if (facts.flags)
        json["flags"] = listToJson(*facts.flags);
    if (facts.offline)
        json["offline"] = Json{{"attempts_left", valueOrNull(facts.offline->attemptsLeft)}, {"units", valueOrNull(facts.offline->units)}};
    return json;
}

Json toJson(const Decision& decision)
{
    const auto zone = base::TimeZone::tryFromName(decision.timeZone);
    auto reasons = Json::array();
    for (const auto& reason : decision.reasons)
        reasons.push_back({{"rule", reason.rule}, {"decision", std::string(toWord(reason.verdict))}, {"clause", reason.clause},
                           {"confidence", std::string(toWord(reason.confidence))}, {"text", reason.text}, {"counted", reason.counted},
                           {"next_allowed_at", localTime(reason.nextAllowedAt, zone)}, {"override_roles", reason.overrideRoles}});
    auto packs = Json::array();
    for (const auto& pack : decision.packs)
        packs.push_back({{"id", pack.id}, {"version", pack.version}, {"hash", pack.hash}});
    return {{"decision", std::string(toWord(decision.verdict))}, {"reasons", std::move(reasons)},
            {"next_allowed_at", localTime(decision.nextAllowedAt, zone)}, {"valid_until", localTime(decision.validUntil, zone)},
            {"time_zone", textOrNull(decision.timeZone)}, {"packs", std::move(packs)}};
}

Result<Decision> decisionFromJson(const Json& json)
{
    JsonReader in(json, "");
    Decision decision;
    decision.verdict = requiredWord(in, "decision", &verdictFromWord, Verdict::Block);
    decision.nextAllowedAt = in.optionalInstant("next_allowed_at");
    decision.validUntil = in.optionalInstant("valid_until");
    decision.timeZone = in.textOr("time_zone", "");
    const auto& reasons = in.array("reasons");
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        EVENHAND_ASSIGN(auto reason, readReason(reasons[i], "/reasons/" + std::to_string(i)));
        decision.reasons.push_back(std::move(reason));
    }
    for (const auto& pack : in.array("packs")) {
        JsonReader identity(pack, "/packs");
        decision.packs.push_back({identity.text("id"), identity.text("version"), identity.text("hash")});
        if (!identity.ok())
            return base::fail(identity.error());
    }
    if (!in.ok())
        return base::fail(in.error());
    return decision;
}

} // namespace evenhand::compliance
