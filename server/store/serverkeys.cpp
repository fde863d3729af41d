// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/serverkeys.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "app/base/uuid.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Json;
using base::Result;

namespace {

constexpr const char* kKeyId = "sig-1";

tl::unexpected<base::Error> fileError(const std::string& path, const char* doing)
{
    return fail(ErrorCode::Storage, std::string("server keys ") + path + ": " + doing + ": " + std::strerror(errno));
}

Result<> writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0)
            return fail(ErrorCode::Storage, std::string("write: ") + std::strerror(errno));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

// Written beside and linked into place: whoever comes second finds the first one's file instead of overwriting it.
Result<> createFile(const std::string& path, const std::string& text)
{
    const auto draft = path + "." + base::Uuid::random().toString();
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fileError(path, "create");
    auto written = writeAll(file, text);
    if (written && ::fsync(file) != 0)
        written = fileError(path, "fsync");
    ::close(file);
    const bool linked = written && (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const int linkError = errno;
    ::unlink(draft.c_str());
    errno = linkError;
    if (written && !linked)
        return fileError(path, "link");
    return written;
}

Result<> createFolder(const std::string& path)
{
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code problem;
    if (folder.empty() || std::filesystem::exists(folder, problem))
        return {};
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::Storage, "server keys " + path + ": " + problem.message());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
    return {};
}

Json freshKeys(const base::Clock& clock)
{
    const auto sign = base::SecretKey::random(32);
    const auto mac = base::SecretKey::random(32);
    return {{"v", 1},
            {"key_id", kKeyId},
            {"not_before", clock.now().toRfc3339Utc()},
            {"sign_seed", base::toBase64Url(sign.bytes())},
            {"mac_key", base::toBase64Url(mac.bytes())}};
}

} // namespace

ServerKeys::ServerKeys(std::string keyId, base::Instant notBefore, base::SigningKey sign, base::SecretKey mac)
    : m_keyId(std::move(keyId)), m_notBefore(notBefore), m_sign(std::move(sign)), m_mac(std::move(mac))
{
}

Result<ServerKeys> ServerKeys::loadOrCreate(const std::string& path, const base::Clock& clock)
{
    if (::access(path.c_str(), F_OK) != 0) {
        EVENHAND_TRY(createFolder(path));
        EVENHAND_TRY(createFile(path, freshKeys(clock).dump()));
    }
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file)
        return fileError(path, "read");
    EVENHAND_ASSIGN(const auto json, base::withContext(base::parseJson(text.str()), path.c_str()));
    base::JsonReader in(json, "");
    const auto seed = in.base64Url("sign_seed");
    const auto mac = in.base64Url("mac_key");
    const auto keyId = in.text("key_id");
    const auto notBefore = in.instant("not_before");
    if (!in.ok() || seed.size() != 32 || mac.size() != 32)
        return fail(ErrorCode::Damaged, "server keys " + path + ": not a key file; restore it from your backup");
    return ServerKeys(keyId, notBefore, base::SigningKey::fromSeed(seed), base::SecretKey(mac));
}

domain::SignedStatement ServerKeys::sign(Json statement) const
{
    statement["v"] = 1;
    statement["key_id"] = m_keyId;
    return domain::signStatement(m_sign, statement);
}

domain::SignedStatement ServerKeys::signBytes(std::string_view kind, std::string statement) const
{
    std::string message("evenhand.");
    ((message += kind) += ".v1\n") += statement;
    const auto signature = m_sign.sign(base::asBytes(message));
    return {std::move(statement), signature};
}

base::Hash256 ServerKeys::mac(std::string_view purpose, std::string_view text) const
{
    std::string message(purpose);
    message.push_back('\0');
    message.append(text);
    return base::hmacSha256(m_mac.bytes(), base::asBytes(message));
}

} // namespace evenhand::server
