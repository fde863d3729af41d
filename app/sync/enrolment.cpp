// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/enrolment.h"

#include <algorithm>

namespace evenhand::sync {

namespace wire = domain::wire;
using base::ErrorCode;

namespace {

constexpr const char* kSignUse = "sign";

base::Result<base::PublicKey> publicKeyFrom(base::ByteView bytes)
{
    base::PublicKey key{};
    if (bytes.size() != key.size())
        return base::fail(ErrorCode::Unauthorized, "signing key of the server: wrong size");
    std::ranges::copy(bytes, key.begin());
    return key;
}

CallFailure failureFrom(base::Error error)
{
    return {std::move(error), {}, 0, {}, {}};
}

wire::EnrolRequest enrolRequest(const EnrolmentOrder& order, const base::SigningKey& deviceKey, const std::string& challenge, base::Instant at)
{
    const base::Json statement{{"v", 1},
                               {"kind", "enrol"},
                               {"device_public_key", base::toBase64Url(deviceKey.publicKey())},
                               {"device_label", order.deviceLabel},
                               {"challenge", challenge},
                               {"client_version", order.clientVersion},
                               {"at", at.toRfc3339Utc()}};
    return {order.userName, order.password, domain::signStatement(deviceKey, statement)};
}

base::Result<> checkEnrolment(const wire::EnrolResponse& answer, const wire::Hello& hello, const base::PublicKey& proven)
{
    if (answer.datasetId != hello.datasetId)
        return base::fail(ErrorCode::Protocol, "enrolment: another data set than the one that said hello");
    const bool brought = std::ranges::any_of(answer.serverKeys, [&](const wire::ServerKey& key) {
        return key.use == kSignUse && std::ranges::equal(key.publicKey, proven);
    });
    if (!brought)
        return base::fail(ErrorCode::Protocol, "enrolment: the server's keys do not contain the one it proved itself with");
    return {};
}

} // namespace

base::Result<base::PublicKey> signingKeyOf(const std::string& statement, const std::vector<wire::ServerKey>& keys)
{
    EVENHAND_ASSIGN(const auto json, base::parseCanonicalJson(statement));
    base::JsonReader in(json, "statement:");
    const auto keyId = in.text("key_id");
    const auto key = std::ranges::find_if(keys, [&](const wire::ServerKey& candidate) { return candidate.use == kSignUse && candidate.keyId == keyId; });
    if (key == keys.end())
        return base::fail(ErrorCode::Unauthorized, "signed with a key of the server that is not known here");
    return publicKeyFrom(key->publicKey);
}

base::Result<base::PublicKey> checkIdentity(const wire::Hello& hello, const std::vector<wire::ServerKey>& known)
{
    EVENHAND_ASSIGN(const auto json, base::parseCanonicalJson(hello.identity.statement));
    base::JsonReader in(json, "identity:");
    const auto presented = in.base64Url("sign_public_key");
    const auto dataset = in.uuid("dataset_id");
    const auto challenge = in.text("challenge");
    if (!in.ok())
        return base::fail(in.error());
    EVENHAND_ASSIGN(const auto key, known.empty() ? publicKeyFrom(presented) : signingKeyOf(hello.identity.statement, known));
    EVENHAND_TRY(domain::verifyStatement(key, "identity", hello.identity.statement, hello.identity.signature));
    if (dataset != hello.datasetId.uuid() || challenge != hello.challenge)
        return base::fail(ErrorCode::Unauthorized, "the identity of the server does not belong to this answer");
    if (hello.protocolMin > wire::kProtocol || hello.protocolMax < wire::kProtocol)
        return base::fail(ErrorCode::Protocol, "the server speaks protocol " + std::to_string(hello.protocolMin) + " to "
                                                   + std::to_string(hello.protocolMax) + ", this program speaks 1");
    return key;
}

void enrolDevice(SyncProtocol& protocol, const EnrolmentOrder& order, const base::SigningKey& deviceKey, const base::Clock& clock,
                 std::function<void(Reply<wire::EnrolResponse>)> done)
{
    protocol.hello([&protocol, order, &deviceKey, &clock, done = std::move(done)](Reply<wire::Hello> hello) {
        if (!hello)
            return done(tl::unexpected(std::move(hello.error())));
        const auto key = checkIdentity(*hello, {});
        if (!key)
            return done(tl::unexpected(failureFrom(key.error())));
        const auto request = enrolRequest(order, deviceKey, hello->challenge, clock.now());
        protocol.enrol(request, [hello = *hello, key = *key, done](Reply<wire::EnrolResponse> answer) {
            if (answer) {
                if (auto fits = checkEnrolment(*answer, hello, key); !fits)
                    return done(tl::unexpected(failureFrom(std::move(fits).error())));
            }
            done(std::move(answer));
        });
    });
}

} // namespace evenhand::sync
