// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/api.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Json;

namespace {

domain::wire::Hello publicPart(const ApiContext& context, base::Instant now)
{
    const auto challenge = makeChallenge(context.keys, now);
    auto identity = context.keys.sign({{"kind", "identity"},
                                       {"sign_public_key", base::toBase64Url(context.keys.publicKey())},
                                       {"dataset_id", context.dataset.toString()},
                                       {"challenge", challenge}});
    return {context.dataset, domain::wire::kProtocol, domain::wire::kProtocol, now, challenge, kChallengeLifetimeS, std::move(identity), context.limits};
}

void addPrivatePart(Json& body, const ApiContext& context, const Caller& caller)
{
    body["server_version"] = context.version;
    body["features"] = Json::array({"digest", "snapshot", "opaque", "packs", "attempt_shares"});
    if (context.blobs)
        body["features"].push_back("blobs");
    if (context.pokes)
        body["features"].push_back("stream");
    body["push_allowed"] = true;
    body["pull_allowed"] = caller.session.mayPull && !caller.user.isDisabled;
    body["refusal"] = nullptr;
    body["command"] = nullptr;
    body["log_id"] = nullptr;
    body["checkpoint"] = nullptr;
}

} // namespace

void hello(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    auto body = domain::wire::encode(publicPart(context, context.clock.now()));
    if (!request.bearerToken.empty()) {
        const auto caller = authenticate(store, context, request);
        if (!caller) {
            reply(problemResponse(caller.error()));
            return;
        }
        addPrivatePart(body, context, *caller);
    }
    reply(okResponse(body));
}

} // namespace evenhand::server
