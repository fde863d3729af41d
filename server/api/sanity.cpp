// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/log.h"
#include "app/domain/wire/repair.h"
#include "server/api/api.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Result;
using domain::DigestSum;
using domain::wire::BucketSum;
using domain::wire::DigestRequest;
using domain::wire::DigestResponse;
using domain::wire::Problem;
using domain::wire::PurgedRequest;
using domain::wire::PurgedResponse;

namespace {

using Buckets = std::array<DigestSum, domain::kBuckets>;

// The sums mean something only at the place where the workstation's last pull ended, if nothing has come since.
std::optional<Problem> placeProblem(Store& store, const ApiContext& context, const UserRecord& user, const DigestRequest& message)
{
    const auto cursor = decodeCursor(context.keys, context.dataset, user.id, message.cursor);
    if (!cursor)
        return problem::cursorInvalid();
    if (cursor->scopeEpoch != store.scopeEpoch() || message.scopeEpoch != store.scopeEpoch())
        return problem::resyncRequired("scope_changed");
    const auto last = store.lastSeq();
    if (!last)
        return problem::fromStore(last.error());
    if (cursor->upto > *last)
        return problem::resyncRequired("cursor_ahead");
    const auto later = store.viewLog().entriesAfter(user.id, cursor->position, *last, 1);
    if (!later)
        return problem::fromStore(later.error());
    if (!cursor->complete || !later->empty())
        return problem::cursorBehind();
    return std::nullopt;
}

void report(const DeviceRecord& device, const char* who, int bucket, const DigestSum& theirs, const DigestSum& ours)
{
    base::log::of(base::log::Area::Server)
        .error("sanity: device {} bucket {} ({}): {} rows {}, here {} rows {}", device.id.toString(), bucket, who, theirs.count,
               base::toHex(theirs.digest.bytes()), ours.count, base::toHex(ours.digest.bytes()));
}

std::vector<BucketSum> mismatches(const DeviceRecord& device, const DigestRequest& message, const Buckets& ours)
{
    Buckets theirs{};
    for (const auto& [bucket, sum] : message.buckets)
        theirs[static_cast<std::size_t>(bucket)] = sum;
    for (const auto& [bucket, sum] : message.found)
        report(device, "found by itself", bucket, sum, ours[static_cast<std::size_t>(bucket)]);
    std::vector<BucketSum> differing;
    for (std::size_t bucket = 0; bucket < ours.size(); ++bucket) {
        if (theirs[bucket] == ours[bucket])
            continue;
        report(device, "compared", static_cast<int>(bucket), theirs[bucket], ours[bucket]);
        differing.push_back({static_cast<int>(bucket), ours[bucket]});
    }
    return differing;
}

Result<DigestResponse> compare(Store& store, const Caller& caller, const DigestRequest& message)
{
    EVENHAND_ASSIGN(const auto ours, store.digests().ofUser(caller.user));
    DigestResponse response{mismatches(caller.device, message, ours), 0, {}};
    if (!message.epoch)
        return response;
    EVENHAND_ASSIGN(const auto epoch, store.events().findEpoch(caller.device.id, *message.epoch));
    if (epoch) {
        response.ackedUpto = epoch->ackedUpto;
        EVENHAND_ASSIGN(response.missing, store.events().missing(*epoch));
    }
    return response;
}

struct Confirmation {
    std::vector<PurgeReceipt> receipts;
    domain::UserId user;
    PurgedResponse response;
};

tl::expected<PurgeReceipt, Problem> readReceipt(const ApiContext& context, const DeviceRecord& device, const domain::SignedStatement& statement)
{
    const auto claimed = unverified(statement);
    if (!claimed)
        return tl::unexpected(problem::malformed(claimed.error().detail));
    base::JsonReader in(*claimed, "/receipts");
    const auto kind = in.text("kind");
    const bool wiped = kind == "wiped";
    PurgeReceipt receipt{device.id, in.uuid(wiped ? "command_id" : "revoke_id"), kind, std::nullopt, false, context.clock.now(), statement};
    if (!wiped)
        receipt.caseId = domain::CaseId(in.uuid("case_id"));
    const auto dataset = in.uuid("dataset_id");
    const auto deviceId = in.uuid("device_id");
    if (!in.ok() || (!wiped && kind != "purged"))
        return tl::unexpected(problem::malformed(in.ok() ? "/receipts: the kind is purged or wiped" : in.error().detail));
    if (dataset != context.dataset.uuid())
        return tl::unexpected(problem::datasetMismatch());
    if (deviceId != device.id.uuid() || !domain::verifyStatement(device.publicKey, kind.c_str(), statement.statement, statement.signature))
        return tl::unexpected(problem::unauthorized("bad_signature", "A receipt is not signed by this device."));
    return receipt;
}

Result<> storeConfirmation(Store& store, Confirmation& confirmation)
{
    confirmation.response = {};
    for (auto& receipt : confirmation.receipts) {
        if (receipt.caseId) {
            EVENHAND_ASSIGN(receipt.isKnown, store.purges().isRevokeOf(confirmation.user, receipt.subjectId, *receipt.caseId));
        }
        EVENHAND_TRY(store.purges().insert(receipt));
        (receipt.isKnown ? confirmation.response.stored : confirmation.response.unknown).push_back(receipt.subjectId);
    }
    return {};
}

} // namespace

void compareDigests(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticateReader(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodeDigestRequest(*json) : Result<DigestRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    const auto transaction = store.beginRead();   // place and sums from one state
    if (!transaction)
        return reply(problemResponse(problem::fromStore(transaction.error())));
    if (const auto refused = placeProblem(store, context, caller->user, *message))
        return reply(problemResponse(*refused));
    const auto response = compare(store, *caller, *message);
    reply(response ? okResponse(domain::wire::encode(*response)) : problemResponse(problem::fromStore(response.error())));
}

void storePurgeReceipts(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodePurgedRequest(*json) : Result<PurgedRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    auto confirmation = std::make_shared<Confirmation>(Confirmation{{}, caller->user.id, {}});
    for (const auto& statement : message->receipts) {
        auto receipt = readReceipt(context, caller->device, statement);
        if (!receipt)
            return reply(problemResponse(receipt.error()));
        confirmation->receipts.push_back(*std::move(receipt));
    }
    context.sequencer.submit(std::max<std::size_t>(1, confirmation->receipts.size()),
                             [confirmation](Store& writer) { return storeConfirmation(writer, *confirmation); },
                             [confirmation, reply](const Result<>& stored) {
                                 reply(stored ? okResponse(domain::wire::encode(confirmation->response)) : problemResponse(problem::fromStore(stored.error())));
                             });
}

} // namespace evenhand::server
