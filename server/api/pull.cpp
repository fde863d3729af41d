// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "server/api/api.h"
#include "server/api/pullpage.h"

namespace evenhand::server {

using base::Result;
using domain::wire::Problem;
using domain::wire::PullRequest;
using domain::wire::PullResponse;

namespace {

// Where this pull stands; a finished checkpoint (or none) begins a new one that ends at the newest server_seq.
tl::expected<Cursor, Problem> startingPoint(Store& store, const ApiContext& context, const UserRecord& user, const PullRequest& message)
{
    const auto last = store.lastSeq();
    if (!last)
        return tl::unexpected(problem::fromStore(last.error()));
    if (message.cursor.empty())
        return Cursor{store.scopeEpoch(), {}, *last};
    auto cursor = decodeCursor(context.keys, context.dataset, user.id, message.cursor);
    if (!cursor)
        return tl::unexpected(problem::cursorInvalid());
    if (cursor->scopeEpoch != store.scopeEpoch())
        return tl::unexpected(problem::resyncRequired("scope_changed"));
    if (cursor->upto > *last)
        return tl::unexpected(problem::resyncRequired("cursor_ahead"));
    if (cursor->complete) {
        cursor->upto = *last;
        cursor->complete = false;
    }
    return *cursor;
}

domain::wire::PullOp lease(const ApiContext& context, std::int64_t seq)
{
    domain::wire::PullOp op;
    op.op = "lease";
    op.seq = seq;
    op.leaseUntil = context.clock.now().plusSeconds(context.policy.leaseDays * 86400);
    return op;
}

// What the workstation must hold once it has applied this checkpoint. Left out when the view has moved past it already, and when the
// checkpoint brought nothing: then nothing can have parted.
Result<> addDigests(Store& store, const UserRecord& user, const Cursor& cursor, std::vector<domain::wire::PullOp>& ops)
{
    EVENHAND_ASSIGN(const auto last, store.lastSeq());
    EVENHAND_ASSIGN(const auto later, store.viewLog().entriesAfter(user.id, cursor.position, last, 1));
    if (!later.empty())
        return {};
    EVENHAND_ASSIGN(const auto buckets, store.digests().ofUser(user));
    for (int bucket = 0; bucket < domain::kBuckets; ++bucket) {
        const auto& sum = buckets[static_cast<std::size_t>(bucket)];
        domain::wire::PullOp op;
        op.op = "bucket_digest";
        op.seq = cursor.upto;
        op.bucket = bucket;
        op.count = sum.count;
        op.digest = base::Bytes(sum.digest.bytes().begin(), sum.digest.bytes().end());
        ops.push_back(std::move(op));
    }
    return {};
}

Result<PullResponse> readPage(Store& store, const ApiContext& context, const UserRecord& user, Cursor cursor, std::int64_t max, bool isUnderWay)
{
    const bool hadOps = cursor.position.row >= 0 || isUnderWay;   // earlier pages of this checkpoint brought something
    PullPage page(store, user, {std::clamp<std::int64_t>(max, 1, context.limits.pullOps)});
    EVENHAND_ASSIGN(const bool complete, page.fill(cursor));
    PullResponse response{store.scopeEpoch(), cursor.upto, complete, encodeCursor(context.keys, context.dataset, user.id, cursor), page.takeOps()};
    if (!complete)
        return response;
    if (hadOps || !response.ops.empty())
        EVENHAND_TRY(addDigests(store, user, cursor, response.ops));
    response.ops.push_back(lease(context, cursor.upto));
    return response;
}

Response answer(Store& store, const ApiContext& context, const UserRecord& user, const PullRequest& message)
{
    // One state of the database for the whole page: what is visible and what is read must not part in between.
    const auto transaction = store.beginRead();
    if (!transaction)
        return problemResponse(problem::fromStore(transaction.error()));
    const auto cursor = startingPoint(store, context, user, message);
    if (!cursor)
        return problemResponse(cursor.error());
    const auto before = decodeCursor(context.keys, context.dataset, user.id, message.cursor);
    const auto page = readPage(store, context, user, *cursor, message.max, before && !before->complete);
    return page ? okResponse(domain::wire::encode(*page)) : problemResponse(problem::fromStore(page.error()));
}

} // namespace

void pull(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticateReader(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodePullRequest(*json) : Result<PullRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    reply(answer(store, context, caller->user, *message));
}

} // namespace evenhand::server
