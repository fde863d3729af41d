// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/identityjson.h"

#include "app/base/json.h"

namespace evenhand::db {

using base::Json;

namespace {

Json keyJson(const domain::wire::ServerKey& key)
{
    return {{"key_id", key.keyId},
            {"use", key.use},
            {"alg", key.algorithm},
            {"public_key", base::toBase64Url(key.publicKey)},
            {"not_before", key.notBefore.toRfc3339Utc()}};
}

domain::wire::ServerKey keyFromJson(base::JsonReader in)
{
    return {in.text("key_id"), in.text("use"), in.text("alg"), in.base64Url("public_key"), in.instant("not_before")};
}

} // namespace

std::string identityToJson(const JournalIdentity& identity)
{
    Json keys = Json::array();
    for (const auto& key : identity.serverKeys)
        keys.push_back(keyJson(key));
    return base::canonical({{"dataset_id", identity.dataset.toString()},
                            {"device_id", identity.device.toString()},
                            {"user_id", identity.user.toString()},
                            {"epoch", identity.epoch.toString()},
                            {"server_url", identity.serverUrl},
                            {"role", std::string(domain::toWord(identity.role))},
                            {"user_name", identity.userName},
                            {"display_name", identity.displayName},
                            {"server_keys", std::move(keys)}});
}

base::Result<JournalIdentity> identityFromJson(const std::string& text)
{
    auto json = base::parseJson(text);
    if (!json)
        return base::fail(base::ErrorCode::Damaged, "the journal's identity is unreadable");
    base::JsonReader in(*json, "");
    const auto role = domain::userRoleFromWord(in.text("role"));
    JournalIdentity identity{domain::DatasetId(in.uuid("dataset_id")),
                             domain::DeviceId(in.uuid("device_id")),
                             domain::UserId(in.uuid("user_id")),
                             domain::EpochId(in.uuid("epoch")),
                             in.text("server_url"),
                             role.value_or(domain::UserRole::Agent),
                             in.text("user_name"),
                             in.text("display_name"),
                             {}};
    for (const auto& key : in.array("server_keys"))
        identity.serverKeys.push_back(keyFromJson(base::JsonReader(key, in.pathOf("server_keys"))));
    if (!in.ok() || !role)
        return base::fail(base::ErrorCode::Damaged, "the journal's identity is incomplete");
    return identity;
}

} // namespace evenhand::db
