// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/compliance/attemptpool.h"
#include "server/api/api.h"

// Devices ask for their part of the attempts of the cases they hold (docs/attempt-shares.md). The state of each case is one row without a
// case, so that it reaches nobody's view; it changes in the sequencer's transaction like everything else.
namespace evenhand::server {

using base::Json;
using base::Result;
using compliance::AttemptPool;

namespace {

constexpr const char* kPoolKind = "attempt_pool";
constexpr std::size_t kMostCases = 200;
constexpr int kLongestWindow = 366;

struct ShareWish {
    domain::CaseId caseId;
    std::optional<std::int64_t> holds;
    bool isLeaving = false;
};

struct SharesRequest {
    std::vector<ShareWish> wishes;
    compliance::AttemptPolicy policy;
};

Result<SharesRequest> readShares(const std::string& body)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(body, 8));
    base::JsonReader in(json, "");
    SharesRequest request;
    request.policy.smallestLimit = static_cast<int>(std::clamp<std::int64_t>(in.integer("smallest_limit"), 1, compliance::kAttemptUnits));
    request.policy.longestDays = static_cast<int>(std::clamp<std::int64_t>(in.integer("longest_days"), 1, kLongestWindow));
    const auto& cases = in.array("cases");
    if (!in.ok())
        return base::fail(in.error());
    if (cases.size() > kMostCases)
        return base::fail(base::ErrorCode::Invalid, "/cases: at most 200 in one request");
    for (const auto& item : cases) {
        base::JsonReader one(item, "/cases");
        request.wishes.push_back({domain::CaseId(one.uuid("case_id")), one.optionalInteger("holds"), one.booleanOr("leaving", false)});
        if (!one.ok())
            return base::fail(one.error());
    }
    return request;
}

Result<AttemptPool> poolOf(Store& store, const domain::CaseId& caseId)
{
    EVENHAND_ASSIGN(const auto row, store.rows().find(kPoolKind, caseId.uuid()));
    if (!row || !row->body)
        return AttemptPool();
    EVENHAND_ASSIGN(const auto json, base::parseJson(*row->body));
    return AttemptPool::fromJson(json);
}

/// Null for a case this user may not see: ids cannot be probed, and a device gives back what it holds even so.
Result<Json> renewOne(Store& store, const ApiContext& context, const Caller& caller, const SharesRequest& request, const ShareWish& wish, std::int64_t seq)
{
    EVENHAND_ASSIGN(const bool isVisible, store.viewLog().isVisible(caller.user, wish.caseId));
    if (!isVisible && !wish.isLeaving)
        return Json(nullptr);
    EVENHAND_ASSIGN(auto pool, poolOf(store, wish.caseId));
    const auto now = context.clock.now();
    // A day more than the window: days are the debtor's, not ours.
    const auto since = now.plusSeconds(-86'400LL * (request.policy.longestDays + 1));
    EVENHAND_ASSIGN(const auto calls, store.events().callsOf(caller.device.id, wish.caseId, since));
    compliance::AttemptRequest ask{caller.device.id.toString(), wish.holds, wish.isLeaving, static_cast<int>(calls.count), std::nullopt};
    if (calls.count > 0)
        ask.lastContact = calls.last;
    const auto before = pool.toJson();
    const auto grant = pool.renew(ask, now, now.plusSeconds(context.policy.leaseDays * 86'400), request.policy);
    if (const auto after = pool.toJson(); after != before)
        EVENHAND_TRY(store.rows().put({kPoolKind, wish.caseId.uuid(), std::nullopt, seq, base::canonical(after)}));
    return Json{{"case_id", wish.caseId.toString()}, {"version", grant.version}, {"units", grant.units}, {"until", grant.until.toRfc3339Utc()}};
}

Result<> renewAll(Store& store, const ApiContext& context, const Caller& caller, const SharesRequest& request, Json& grants)
{
    grants = Json::array();
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    for (const auto& wish : request.wishes) {
        EVENHAND_ASSIGN(auto grant, renewOne(store, context, caller, request, wish, seq));
        if (!grant.is_null() && !wish.isLeaving)
            grants.push_back(std::move(grant));
    }
    return {};
}

} // namespace

void attemptShares(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    if (!caller->session.mayPull || caller->user.isDisabled)
        return reply(problemResponse(problem::forbidden("scope_missing", "This session may only hand in.")));
    auto wanted = readShares(request.body);
    if (!wanted)
        return reply(problemResponse(problem::malformed(wanted.error().detail)));
    const auto work = std::make_shared<SharesRequest>(*std::move(wanted));
    const auto grants = std::make_shared<Json>();
    const auto weight = std::max<std::size_t>(work->wishes.size(), 1);
    context.sequencer.submit(weight, [&context, work, grants, who = *caller](Store& writer) { return renewAll(writer, context, who, *work, *grants); },
                             [grants, reply](const Result<>& stored) {
                                 reply(stored ? okResponse({{"grants", *grants}}) : problemResponse(problem::fromStore(stored.error())));
                             });
}

} // namespace evenhand::server
