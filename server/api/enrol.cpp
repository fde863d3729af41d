// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "server/api/api.h"
#include "server/api/tokens.h"

namespace evenhand::server {

using base::Result;
using domain::wire::EnrolRequest;
using domain::wire::Problem;

namespace {

constexpr std::int64_t kSameAnswerS = 24 * 3600;
constexpr std::size_t kLabelLimit = 200;

struct Candidate {
    base::PublicKey key{};
    std::string label;
};

// What the statement says, once its signature under the key it names and our challenge in it are right.
tl::expected<Candidate, Problem> readStatement(const ApiContext& context, const EnrolRequest& message)
{
    const auto claimed = unverified(message.statement);
    if (!claimed)
        return tl::unexpected(problem::malformed(claimed.error().detail));
    base::JsonReader in(*claimed, "/statement");
    const auto key = in.base64Url("device_public_key");
    const auto challenge = in.text("challenge");
    Candidate candidate{{}, in.textOr("device_label", "")};
    if (!in.ok() || key.size() != candidate.key.size() || candidate.label.size() > kLabelLimit)
        return tl::unexpected(problem::malformed(in.ok() ? "/statement: the key has 32 bytes, the label at most 200" : in.error().detail));
    std::ranges::copy(key, candidate.key.begin());
    if (!domain::verifyStatement(candidate.key, "enrol", message.statement.statement, message.statement.signature))
        return tl::unexpected(problem::unauthorized("bad_signature", "The statement is not signed with the key it names."));
    if (!isChallengeValid(context.keys, challenge, context.clock.now()))
        return tl::unexpected(problem::unauthorized("challenge_expired", "Ask hello for a new challenge."));
    return candidate;
}

domain::wire::EnrolResponse responseFor(const ApiContext& context, const UserRecord& user, const domain::DeviceId& device)
{
    const auto& key = context.keys.publicKey();
    return {context.dataset, device, user.id, std::string(domain::toWord(user.role)),
            {{context.keys.keyId(), "sign", "ed25519", base::Bytes(key.begin(), key.end()), context.keys.notBefore()}}, context.policy};
}

void storeDevice(ApiContext& context, const UserRecord& user, const Candidate& candidate, const Reply& reply)
{
    auto device = std::make_shared<DeviceRecord>(DeviceRecord{domain::DeviceId::random(), user.id, candidate.key, candidate.label, context.clock.now()});
    const auto job = [device](Store& store) -> Result<> {
        // A lost reply is harmless: the same key within a day is the same device.
        EVENHAND_ASSIGN(const auto recent, store.devices().findRecent(device->userId, device->publicKey, device->enrolledAt.plusSeconds(-kSameAnswerS)));
        if (recent) {
            device->id = recent->id;
            return {};
        }
        return store.devices().insert(*device);
    };
    context.sequencer.submit(1, job, [&context, user, device, reply](const Result<>& stored) {
        reply(stored ? okResponse(domain::wire::encode(responseFor(context, user, device->id)), 201)
                     : problemResponse(problem::fromStore(stored.error())));
    });
}

} // namespace

void enrol(Store& store, ApiContext& context, const Request& request, const Reply& reply)
{
    const auto json = parseBody(request);
    const auto message = json ? domain::wire::decodeEnrolRequest(*json) : Result<EnrolRequest>(base::fail(json.error()));
    if (!message)
        return reply(problemResponse(problem::malformed(message.error().detail)));
    const auto candidate = readStatement(context, *message);
    if (!candidate)
        return reply(problemResponse(candidate.error()));
    if (const auto wait = context.attempts.waitS(message->userName, request.peerAddress); wait > 0)
        return reply(problemResponse(problem::rateLimited(wait, "Too many wrong passwords; wait.")));
    const auto user = store.users().findByName(message->userName);
    if (!user)
        return reply(problemResponse(problem::fromStore(user.error())));
    if (!isPasswordRight(*user, message->password)) {
        context.attempts.noteWrong(message->userName, request.peerAddress);
        return reply(problemResponse(problem::unauthorized("bad_credentials", "User name or password is wrong.")));
    }
    context.attempts.noteRight(message->userName);
    storeDevice(context, **user, *candidate, reply);
}

} // namespace evenhand::server
