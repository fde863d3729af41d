// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/envelope.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace evenhand::domain {

using base::asBytes;
using base::ErrorCode;
using base::fail;
using base::Json;
using base::Result;

namespace {

template <class T>
Json orNull(const std::optional<T>& id)
{
    return id ? Json(id->toString()) : Json(nullptr);
}

Json blobRefsJson(const std::vector<BlobRef>& refs)
{
    Json all = Json::array();
    for (const auto& ref : refs)
        all.push_back({{"sha256", base::toBase64Url(ref.sha256)}, {"size", ref.size}});
    return all;
}

std::string joined(std::string_view prefix, std::string_view bytes)
{
    std::string message(prefix);
    message.append(bytes);
    return message;
}

std::optional<base::Hash256> hashFrom(const base::Bytes& bytes)
{
    if (bytes.size() != 32)
        return std::nullopt;
    base::Hash256 hash{};
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

base::Hash256 readHash(base::JsonReader& in, const char* name)
{
    const auto hash = hashFrom(in.base64Url(name));
    if (!hash)
        in.complain(name, "expected 32 bytes");
    return hash.value_or(base::Hash256{});
}

std::vector<BlobRef> readBlobRefs(base::JsonReader& in)
{
    std::vector<BlobRef> refs;
    for (const auto& item : in.array("blob_refs")) {
        base::JsonReader ref(item, in.pathOf("blob_refs"));
        refs.push_back({readHash(ref, "sha256"), ref.integer("size")});
        if (!ref.ok())
            in.complain("blob_refs", ref.error().detail);
    }
    if (refs.size() > 32 || !std::ranges::is_sorted(refs, {}, &BlobRef::sha256))
        in.complain("blob_refs", "expected at most 32, sorted by sha256");
    return refs;
}

bool validType(const std::string& type)
{
    return !type.empty() && type.size() <= 64 && type[0] >= 'a' && type[0] <= 'z'
        && std::ranges::all_of(type, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void checkRanges(base::JsonReader& in, const EventHeader& header, std::int64_t version)
{
    if (version != 1)
        in.complain("v", "only version 1 is known");
    if (header.seq < 1)
        in.complain("seq", "must be at least 1");
    if (!validType(header.type))
        in.complain("type", "expected [a-z][a-z0-9_]*, at most 64 characters");
    if (header.typeVersion < 1)
        in.complain("type_version", "must be at least 1");
    if (header.utcOffsetMinutes < -1080 || header.utcOffsetMinutes > 1080)
        in.complain("utc_offset_min", "must be between -1080 and 1080");
    if (!Hlc::tryFromString(header.hlc))
        in.complain("hlc", "expected hhhhhhhhhhhh-cccc");
}

} // namespace

std::string encodeHeader(const EventHeader& h)
{
    return base::canonical({{"v", 1},
                            {"dataset_id", h.datasetId.toString()},
                            {"event_id", h.eventId.toString()},
                            {"device_id", h.deviceId.toString()},
                            {"epoch", h.epoch.toString()},
                            {"seq", h.seq},
                            {"type", h.type},
                            {"type_version", h.typeVersion},
                            {"case_id", orNull(h.caseId)},
                            {"actor_id", h.actorId.toString()},
                            {"occurred_at", h.occurredAt.toRfc3339Utc()},
                            {"utc_offset_min", h.utcOffsetMinutes},
                            {"mono_ms", h.monoMs},
                            {"boot_id", h.bootId.toString()},
                            {"hlc", h.hlc},
                            {"context_version", h.contextVersion ? Json(*h.contextVersion) : Json(nullptr)},
                            {"supersedes", orNull(h.supersedes)},
                            {"blob_refs", blobRefsJson(h.blobRefs)},
                            {"payload_commit", base::toBase64Url(h.payloadCommit)},
                            {"prev_hash", base::toBase64Url(h.prevHash)}});
}

Result<EventHeader> decodeHeader(std::string_view canonicalBytes)
{
    if (canonicalBytes.size() > kHeaderLimit)
        return fail(ErrorCode::Invalid, "header is larger than 4 KiB");
    EVENHAND_ASSIGN(const auto json, base::parseCanonicalJson(canonicalBytes));
    base::JsonReader in(json, "/header");
    const auto optionalCase = in.optionalUuid("case_id");
    const auto optionalSuperseded = in.optionalUuid("supersedes");
    const auto version = in.integer("v");
    EventHeader header{DatasetId(in.uuid("dataset_id")),
                       EventId(in.uuid("event_id")),
                       DeviceId(in.uuid("device_id")),
                       EpochId(in.uuid("epoch")),
                       in.integer("seq"),
                       in.text("type"),
                       in.integer("type_version"),
                       optionalCase ? std::optional(CaseId(*optionalCase)) : std::nullopt,
                       UserId(in.uuid("actor_id")),
                       in.instant("occurred_at"),
                       static_cast<int>(std::clamp<std::int64_t>(in.integer("utc_offset_min"), -100000, 100000)),
                       in.integer("mono_ms"),
                       in.uuid("boot_id"),
                       in.text("hlc"),
                       in.optionalInteger("context_version"),
                       optionalSuperseded ? std::optional(EventId(*optionalSuperseded)) : std::nullopt,
                       readBlobRefs(in),
                       readHash(in, "payload_commit"),
                       readHash(in, "prev_hash")};
    checkRanges(in, header, version);
    if (!in.ok())
        return fail(in.error());
    return header;
}

base::Hash256 payloadCommitment(base::ByteView salt, std::string_view payload)
{
    base::Sha256Stream stream;
    stream.add(salt);
    stream.add(asBytes(payload));
    return stream.finish();
}

base::Hash256 eventHash(std::string_view headerBytes)
{
    return base::sha256(asBytes(joined("evenhand.event.v1\n", headerBytes)));
}

base::Signature signEvent(const base::SigningKey& deviceKey, const base::Hash256& hash)
{
    return deviceKey.sign(asBytes(joined("evenhand.event.sig.v1\n", base::asText(hash))));
}

bool verifyEventSignature(const base::PublicKey& deviceKey, const base::Hash256& hash, base::ByteView signature)
{
    return base::verifySignature(deviceKey, asBytes(joined("evenhand.event.sig.v1\n", base::asText(hash))), signature);
}

Result<EventEnvelope> buildEnvelope(EventHeader header, std::string payload, base::ByteView salt32, const base::SigningKey& deviceKey)
{
    if (payload.size() > kPayloadLimit)
        return fail(ErrorCode::Invalid, "the event is larger than 64 KiB; shorten the note");
    header.payloadCommit = payloadCommitment(salt32, payload);
    auto bytes = encodeHeader(header);
    if (bytes.size() > kHeaderLimit)
        return fail(ErrorCode::Invalid, "header is larger than 4 KiB");
    const auto hash = eventHash(bytes);
    return EventEnvelope{header.eventId,    header.epoch,       header.seq, std::move(bytes), hash, signEvent(deviceKey, hash),
                         std::move(payload), base::Bytes(salt32.begin(), salt32.end())};
}

std::optional<Hlc> Hlc::tryFromString(std::string_view text)
{
    if (text.size() != 17 || text[12] != '-')
        return std::nullopt;
    std::int64_t ms = 0;
    int counter = 0;
    const auto time = std::from_chars(text.data(), text.data() + 12, ms, 16);
    const auto count = std::from_chars(text.data() + 13, text.data() + 17, counter, 16);
    if (time.ec != std::errc() || time.ptr != text.data() + 12 || count.ec != std::errc() || count.ptr != text.data() + 17)
        return std::nullopt;
    return Hlc(ms, counter);
}

Hlc Hlc::after(const std::optional<Hlc>& last, base::Instant physical)
{
    if (!last || physical.milliseconds() > last->m_ms)
        return {physical.milliseconds(), 0};
    return last->m_counter == 0xffff ? Hlc(last->m_ms + 1, 0) : Hlc(last->m_ms, last->m_counter + 1);
}

std::string Hlc::toString() const
{
    std::array<char, 20> text{};
    std::snprintf(text.data(), text.size(), "%012llx-%04x", static_cast<unsigned long long>(m_ms), static_cast<unsigned>(m_counter));
    return text.data();
}

namespace {

std::string statementMessage(std::string_view kind, std::string_view statement)
{
    return "evenhand." + std::string(kind) + ".v1\n" + std::string(statement);
}

} // namespace

SignedStatement signStatement(const base::SigningKey& key, const Json& statement)
{
    auto bytes = base::canonical(statement);
    const auto signature = key.sign(asBytes(statementMessage(statement.at("kind").get<std::string>(), bytes)));
    return {std::move(bytes), signature};
}

Result<Json> verifyStatement(const base::PublicKey& key, std::string_view kind, std::string_view statement, base::ByteView signature)
{
    if (!base::verifySignature(key, asBytes(statementMessage(kind, statement)), signature))
        return fail(ErrorCode::Unauthorized, "the signature of the statement is wrong");
    EVENHAND_ASSIGN(auto json, base::parseCanonicalJson(statement));
    if (!json.is_object() || json.value("kind", std::string()) != kind || json.value("v", 0) != 1)
        return fail(ErrorCode::Unauthorized, "the statement is of another kind");
    return json;
}

} // namespace evenhand::domain
