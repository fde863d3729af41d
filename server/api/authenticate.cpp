// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/api.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Result;
using domain::wire::Problem;

namespace {

/// Costs as much to check as a real one and matches nothing: a wrong user name must not answer faster than a wrong password.
const std::string kNobodysHash =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct Found {
    std::optional<SessionRecord> session;
    std::optional<UserRecord> user;
    std::optional<DeviceRecord> device;
};

Result<Found> lookUp(Store& store, const std::string& token)
{
    Found found;
    EVENHAND_ASSIGN(found.session, store.devices().findSession(tokenHash(token)));
    if (!found.session)
        return found;
    EVENHAND_ASSIGN(found.user, store.users().find(found.session->userId));
    EVENHAND_ASSIGN(found.device, store.devices().find(found.session->deviceId));
    return found;
}

} // namespace

tl::expected<Caller, Problem> authenticate(Store& store, const ApiContext& context, const Request& request)
{
    if (request.bearerToken.empty())
        return tl::unexpected(problem::unauthorized("token_expired", "A token is needed."));
    auto found = lookUp(store, request.bearerToken);
    if (!found)
        return tl::unexpected(problem::fromStore(found.error()));
    if (!found->session || !found->user || !found->device)
        return tl::unexpected(problem::unauthorized("token_expired", "The token is not known."));
    if (found->session->isSuperseded)
        return tl::unexpected(problem::sessionSuperseded());
    if (found->session->expiresAt <= context.clock.now())
        return tl::unexpected(problem::unauthorized("token_expired", "The token has expired."));
    if (context.requests && !request.isCounted) {
        if (const auto wait = context.requests->note(request.bearerToken, found->device->id); wait > 0)
            return tl::unexpected(problem::rateLimited(wait, "This device asks too often."));
    }
    return Caller{*found->session, *found->user, *found->device};
}

tl::expected<Caller, Problem> authenticateReader(Store& store, const ApiContext& context, const Request& request)
{
    auto caller = authenticate(store, context, request);
    if (!caller)
        return caller;
    if (!caller->session.mayPull)
        return tl::unexpected(problem::forbidden("scope_missing", "This session may only hand in; sign in with the password."));
    if (caller->user.isDisabled)
        return tl::unexpected(problem::forbidden("pull_forbidden", "The account is closed; work can still be handed in."));
    return caller;
}

bool isPasswordRight(const std::optional<UserRecord>& user, const std::string& password)
{
    const bool matches = base::verifyPassword(password, user ? user->passwordHash : kNobodysHash);
    return matches && user && !user->isDisabled;
}

Result<base::Json> unverified(const domain::SignedStatement& statement)
{
    EVENHAND_ASSIGN(auto json, base::parseCanonicalJson(statement.statement));
    if (!json.is_object())
        return base::fail(base::ErrorCode::Invalid, "/statement: expected an object");
    return json;
}

} // namespace evenhand::server
