// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/wire/repair.h"

namespace evenhand::domain::wire {

using base::Json;
using base::JsonReader;
using base::Result;

namespace {

constexpr std::size_t kReceiptsLimit = 500;

Json bucketsJson(const std::vector<BucketSum>& buckets)
{
    Json all = Json::array();
    for (const auto& [bucket, sum] : buckets)
        all.push_back({{"bucket", bucket}, {"count", sum.count}, {"digest", base::toBase64Url(sum.digest.bytes())}});
    return all;
}

std::vector<BucketSum> readBuckets(JsonReader& in, const char* name)
{
    std::vector<BucketSum> buckets;
    for (const auto& item : in.array(name)) {
        JsonReader one(item, in.pathOf(name));
        const auto bucket = one.integer("bucket");
        const auto count = one.integer("count");
        const auto digest = one.base64Url("digest");
        if (!one.ok() || bucket < 0 || bucket >= kBuckets || count < 0 || digest.size() != 16)
            in.complain(name, "expected buckets 0 to 64 with count and a digest of 16 bytes");
        else
            buckets.push_back({static_cast<int>(bucket), {count, RowDigest::fromBytes(digest)}});
    }
    return buckets;
}

std::vector<PullOp> readOps(JsonReader& in, const char* name)
{
    std::vector<PullOp> ops;
    for (const auto& item : in.array(name)) {
        auto op = decodePullOp(item);
        if (op)
            ops.push_back(*std::move(op));
        else
            in.complain(name, op.error().detail);
    }
    return ops;
}

std::vector<base::Uuid> readIds(JsonReader& in, const char* name)
{
    std::vector<base::Uuid> ids;
    for (const auto& text : in.texts(name)) {
        if (const auto id = base::Uuid::tryFromString(text))
            ids.push_back(*id);
        else
            in.complain(name, "expected UUIDs");
    }
    return ids;
}

template <class T, class F>
Json listOf(const std::vector<T>& items, F toJson)
{
    Json all = Json::array();
    for (const auto& item : items)
        all.push_back(toJson(item));
    return all;
}

template <class T>
Result<T> checkedMessage(const JsonReader& in, T message)
{
    if (!in.ok())
        return base::fail(in.error());
    return message;
}

} // namespace

Json encode(const DigestRequest& m)
{
    return {{"scope_epoch", m.scopeEpoch},
            {"cursor", m.cursor},
            {"buckets", bucketsJson(m.buckets)},
            {"journal", {{"epoch", m.epoch ? Json(m.epoch->toString()) : Json(nullptr)}}},
            {"found", bucketsJson(m.found)}};
}

Result<DigestRequest> decodeDigestRequest(const Json& json)
{
    JsonReader in(json, "");
    DigestRequest request{in.integer("scope_epoch"), in.text("cursor"), readBuckets(in, "buckets"), std::nullopt, readBuckets(in, "found")};
    JsonReader journal(in.object("journal"), "/journal");
    if (const auto epoch = journal.optionalUuid("epoch"))
        request.epoch = EpochId(*epoch);
    if (!journal.ok())
        return base::fail(journal.error());
    return checkedMessage(in, std::move(request));
}

Json encode(const DigestResponse& m)
{
    const auto missing = listOf(m.missing, [](const SeqRange& range) { return Json::array({range.first, range.last}); });
    return {{"mismatched", bucketsJson(m.mismatched)}, {"journal", {{"acked_upto", m.ackedUpto}, {"missing", missing}}}};
}

Result<DigestResponse> decodeDigestResponse(const Json& json)
{
    JsonReader in(json, "");
    DigestResponse response{readBuckets(in, "mismatched"), 0, {}};
    JsonReader journal(in.object("journal"), "/journal");
    response.ackedUpto = journal.integerOr("acked_upto", 0);
    for (const auto& item : journal.array("missing")) {
        if (item.is_array() && item.size() == 2 && item[0].is_number_integer() && item[1].is_number_integer())
            response.missing.push_back({item[0].get<std::int64_t>(), item[1].get<std::int64_t>()});
        else
            in.complain("journal", "expected pairs of integers");
    }
    if (!journal.ok())
        return base::fail(journal.error());
    return checkedMessage(in, std::move(response));
}

Json encode(const SnapshotResponse& m)
{
    const auto op = [](const PullOp& one) { return encode(one); };
    return {{"scope_epoch", m.scopeEpoch},
            {"as_of", m.asOf},
            {"as_of_cursor", m.asOfCursor},
            {"next_page", m.nextPage ? Json(*m.nextPage) : Json(nullptr)},
            {"rows", listOf(m.rows, op)},
            {"revokes", listOf(m.revokes, op)},
            {"lease_until", m.leaseUntil.toRfc3339Utc()}};
}

Result<SnapshotResponse> decodeSnapshotResponse(const Json& json)
{
    JsonReader in(json, "");
    SnapshotResponse response{in.integer("scope_epoch"), in.integer("as_of"), in.text("as_of_cursor"), in.optionalText("next_page"),
                              readOps(in, "rows"), readOps(in, "revokes"), in.instant("lease_until")};
    return checkedMessage(in, std::move(response));
}

Json encode(const PurgedRequest& m)
{
    return {{"receipts", listOf(m.receipts, [](const SignedStatement& one) { return encode(one); })}};
}

Result<PurgedRequest> decodePurgedRequest(const Json& json)
{
    JsonReader in(json, "");
    PurgedRequest request;
    for (const auto& item : in.array("receipts")) {
        EVENHAND_ASSIGN(auto statement, decodeSignedStatement(item));
        request.receipts.push_back(std::move(statement));
    }
    if (request.receipts.size() > kReceiptsLimit)
        in.complain("receipts", "at most 500 at once");
    return checkedMessage(in, std::move(request));
}

Json encode(const PurgedResponse& m)
{
    const auto id = [](const base::Uuid& one) { return Json(one.toString()); };
    return {{"stored", listOf(m.stored, id)}, {"unknown", listOf(m.unknown, id)}};
}

Result<PurgedResponse> decodePurgedResponse(const Json& json)
{
    JsonReader in(json, "");
    PurgedResponse response{readIds(in, "stored"), readIds(in, "unknown")};
    return checkedMessage(in, std::move(response));
}

} // namespace evenhand::domain::wire
