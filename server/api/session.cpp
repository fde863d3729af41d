// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/base/log.h"
#include "server/api/api.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Result;
using domain::wire::Problem;
using domain::wire::SessionRequest;
using domain::wire::SessionResponse;

namespace {

constexpr std::int64_t kAccessS = 15 * 60;
constexpr std::int64_t kRefreshS = 30 * 24 * 3600;
constexpr int kSessionsPerMinute = 6;
constexpr std::int64_t kSessionRetryS = 10;

/// The signed part of the request, verified.
struct Claim {
    DeviceRecord device;
    UserRecord user;
    std::string grant;
    domain::EpochId epoch;
    std::int64_t headSeq;
    base::Hash256 headHash{};
};

/// Everything the write job needs and what it finds out.
struct Opening {
    SessionRecord session;
    std::string accessToken;
    std::optional<std::string> refreshToken;
    Claim claim;
    base::Instant now;
    bool mintNew = false;
    std::vector<domain::wire::EpochState> epochs{};
    domain::wire::OfficeNames office{};
};

Problem badSignature() { return problem::unauthorized("bad_signature", "The statement is not signed by a device enrolled here."); }

tl::expected<Claim, Problem> readClaim(Store& store, const ApiContext& context, const SessionRequest& message)
{
    const auto claimed = unverified(message.statement);
    if (!claimed)
        return tl::unexpected(problem::malformed(claimed.error().detail));
    base::JsonReader in(*claimed, "/statement");
    const domain::DeviceId deviceId(in.uuid("device_id"));
    const domain::UserId userId(in.uuid("user_id"));
    const domain::DatasetId dataset(in.uuid("dataset_id"));
    const domain::EpochId epoch(in.uuid("epoch"));
    const auto grant = in.text("grant");
    const auto challenge = in.text("challenge");
    const auto headSeq = in.integer("head_seq");
    const auto headHash = in.base64Url("head_hash");
    if (!in.ok() || headSeq < 0 || headHash.size() != 32 || (grant != "password" && grant != "refresh" && grant != "device"))
        return tl::unexpected(problem::malformed(in.ok() ? "/statement: grant, head_seq or head_hash is out of range" : in.error().detail));
    if (dataset != context.dataset)
        return tl::unexpected(problem::datasetMismatch());
    const auto device = store.devices().find(deviceId);
    const auto user = store.users().find(userId);
    if (!device || !user)
        return tl::unexpected(problem::fromStore(device ? user.error() : device.error()));
    if (!*device || !*user || (*device)->userId != userId
        || !domain::verifyStatement((*device)->publicKey, "session", message.statement.statement, message.statement.signature))
        return tl::unexpected(badSignature());
    if (!isChallengeValid(context.keys, challenge, context.clock.now()))
        return tl::unexpected(problem::unauthorized("challenge_expired", "Ask hello for a new challenge."));
    Claim claim{**device, **user, grant, epoch, headSeq};
    std::ranges::copy(headHash, claim.headHash.begin());
    return claim;
}

std::optional<Problem> checkPassword(ApiContext& context, const Claim& claim, const SessionRequest& message, const std::string& address)
{
    if (const auto wait = context.attempts.waitS(claim.user.userName, address); wait > 0)
        return problem::rateLimited(wait, "Too many wrong passwords; wait.");
    if (!isPasswordRight(claim.user, message.password.value_or(""))) {
        context.attempts.noteWrong(claim.user.userName, address);
        return problem::unauthorized("bad_credentials", "User name or password is wrong.");
    }
    context.attempts.noteRight(claim.user.userName);
    return std::nullopt;
}

std::optional<Problem> checkGrant(Store& store, ApiContext& context, const Claim& claim, const SessionRequest& message, const std::string& address)
{
    if (claim.grant == "device")   // the signature alone: recorded work can always be handed in
        return std::nullopt;
    if (claim.grant == "password")
        return checkPassword(context, claim, message, address);
    const auto valid = store.devices().isRefreshTokenValid(claim.device.id, tokenHash(message.refreshToken.value_or("")), context.clock.now());
    if (!valid)
        return problem::fromStore(valid.error());
    if (!*valid || claim.user.isDisabled)
        return problem::unauthorized("bad_credentials", "The refresh token is not valid; sign in with the password.");
    return std::nullopt;
}

// A head below the known one, or another hash in its place, means this device's file was rolled back or copied.
Result<> compareHead(Store& store, Opening& opening)
{
    const auto& claim = opening.claim;
    EVENHAND_ASSIGN(const auto known, store.events().findEpoch(claim.device.id, claim.epoch));
    auto epoch = known.value_or(EpochRecord{claim.device.id, claim.epoch});
    opening.mintNew = claim.headSeq < epoch.knownHeadSeq
        || (claim.headSeq == epoch.knownHeadSeq && epoch.knownHeadHash && *epoch.knownHeadHash != claim.headHash);
    if (opening.mintNew)
        base::log::of(base::log::Area::Server).warn("device {}: history of epoch {} went back", claim.device.id.toString(), claim.epoch.toString());
    else if (claim.headSeq > 0) {
        epoch.knownHeadSeq = claim.headSeq;
        epoch.knownHeadHash = claim.headHash;
    }
    return store.events().putEpoch(epoch);
}

Result<> writeSession(Store& store, Opening& opening)
{
    const auto& device = opening.claim.device.id;
    EVENHAND_TRY(store.devices().openSession(opening.session, tokenHash(opening.accessToken), opening.now));
    if (opening.refreshToken) {
        EVENHAND_TRY(store.devices().removeExpiredTokens(device, opening.now));
        EVENHAND_TRY(store.devices().putRefreshToken(device, tokenHash(*opening.refreshToken), opening.now.plusSeconds(kRefreshS)));
    }
    EVENHAND_TRY(compareHead(store, opening));
    EVENHAND_ASSIGN(opening.office, store.office().read());
    EVENHAND_ASSIGN(const auto epochs, store.events().listEpochs(device));
    for (const auto& epoch : epochs) {
        EVENHAND_ASSIGN(auto missing, store.events().missing(epoch));
        opening.epochs.push_back({epoch.epoch, epoch.ackedUpto, epoch.knownHeadSeq, std::move(missing)});
    }
    return {};
}

SessionResponse responseFor(const ApiContext& context, const Opening& opening)
{
    SessionResponse response{opening.session.id, opening.accessToken, kAccessS, opening.refreshToken, opening.refreshToken ? kRefreshS : 0,
                             {"push", "blob", "log"}, opening.epochs, opening.mintNew, true, opening.session.mayPull, std::nullopt,
                             context.policy, context.clock.now()};
    response.policy.office = opening.office;
    if (opening.session.mayPull)
        response.scope.insert(response.scope.begin() + 1, "pull");
    return response;
}

std::shared_ptr<Opening> prepare(const ApiContext& context, const Claim& claim, const SessionRequest& message)
{
    const auto now = context.clock.now();
    const bool mayPull = claim.grant != "device";
    const SessionRecord session{base::Uuid::random(), claim.device.id, claim.user.id, mayPull, now.plusSeconds(kAccessS), false};
    std::optional<std::string> refresh;
    if (claim.grant == "password")
        refresh = makeToken();
    else if (claim.grant == "refresh")
        refresh = message.refreshToken;   // the same again: a lost reply must not lock anyone out
    return std::make_shared<Opening>(Opening{session, makeToken(), std::move(refresh), claim, now});
}

} // namespace

void openSession(Store& store, ApiContext& context, const Request& request, const Reply& reply)
{
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodeSessionRequest(*json) : Result<SessionRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    const auto claim = readClaim(store, context, *message);
    if (!claim)
        return reply(problemResponse(claim.error()));
    const auto recent = store.devices().countSessionsSince(claim->device.id, context.clock.now().plusSeconds(-60));
    if (!recent)
        return reply(problemResponse(problem::fromStore(recent.error())));
    if (*recent >= kSessionsPerMinute)
        return reply(problemResponse(problem::rateLimited(kSessionRetryS, "Too many sessions of this device.")));
    if (const auto refused = checkGrant(store, context, *claim, *message, request.peerAddress))
        return reply(problemResponse(*refused));
    auto opening = prepare(context, *claim, *message);
    context.sequencer.submit(1, [opening](Store& writer) { return writeSession(writer, *opening); }, [&context, opening, reply](const Result<>& stored) {
        reply(stored ? okResponse(domain::wire::encode(responseFor(context, *opening))) : problemResponse(problem::fromStore(stored.error())));
    });
}

void closeSession(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticate(store, context, request);
    if (!caller) {
        // Ending what has ended already is fine; only a failing database is not.
        const bool ended = caller.error().status == 401 || caller.error().status == 409;
        return reply(ended ? okResponse(base::Json::object()) : problemResponse(caller.error()));
    }
    const auto id = caller->session.id;
    context.sequencer.submit(1, [id](Store& writer) { return writer.devices().closeSession(id); }, [reply](const Result<>& closed) {
        reply(closed ? okResponse(base::Json::object()) : problemResponse(problem::fromStore(closed.error())));
    });
}

} // namespace evenhand::server
