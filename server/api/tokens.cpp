// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/tokens.h"

#include <charconv>
#include <cstdio>
#include <vector>

namespace evenhand::server {

namespace {

constexpr std::size_t kNonce = 16;

std::string sealed(const ServerKeys& keys, std::string_view purpose, const std::string& text)
{
    return text + "." + base::toBase64Url(keys.mac(purpose, text));
}

// The text in front of the last dot, if what follows is its MAC.
std::optional<std::string> opened(const ServerKeys& keys, std::string_view purpose, const std::string& token)
{
    const auto dot = token.rfind('.');
    if (dot == std::string::npos || token.size() > 1000)
        return std::nullopt;
    auto text = token.substr(0, dot);
    const auto mac = base::fromBase64Url(std::string_view(token).substr(dot + 1));
    if (!mac || !base::equalInConstantTime(*mac, keys.mac(purpose, text)))
        return std::nullopt;
    return text;
}

std::vector<std::string> splitParts(const std::string& text)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == '_')
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    return parts;
}

std::string placePurpose(const domain::DatasetId& dataset, const domain::UserId& user)
{
    return "snapshot " + dataset.toString() + " " + user.toString();
}

std::string cursorPurpose(const domain::DatasetId& dataset, const domain::UserId& user)
{
    return "cursor " + dataset.toString() + " " + user.toString();
}

} // namespace

std::string makeChallenge(const ServerKeys& keys, base::Instant now)
{
    base::Bytes nonce(kNonce);
    base::fillRandom(nonce);
    return sealed(keys, "challenge", base::toBase64Url(nonce) + "." + std::to_string(now.plusSeconds(kChallengeLifetimeS).milliseconds()));
}

bool isChallengeValid(const ServerKeys& keys, const std::string& challenge, base::Instant now)
{
    const auto text = opened(keys, "challenge", challenge);
    if (!text)
        return false;
    std::int64_t expires = 0;
    const auto dot = text->find('.') + 1;
    std::from_chars(text->data() + dot, text->data() + text->size(), expires);
    return now.milliseconds() <= expires;
}

std::string makeToken()
{
    base::Bytes bytes(32);
    base::fillRandom(bytes);
    return base::toBase64Url(bytes);
}

base::Hash256 tokenHash(const std::string& token) { return base::sha256(base::asBytes(token)); }

std::string encodeCursor(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const Cursor& cursor)
{
    const auto text = std::to_string(cursor.scopeEpoch) + "_" + std::to_string(cursor.position.seq) + "_" + cursor.position.caseId.toString() + "_"
        + std::to_string(cursor.position.row) + "_" + std::to_string(cursor.upto) + (cursor.complete ? "_1" : "_0");
    return sealed(keys, cursorPurpose(dataset, user), text);
}

std::optional<Cursor> decodeCursor(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const std::string& token)
{
    const auto text = opened(keys, cursorPurpose(dataset, user), token);
    if (!text)
        return std::nullopt;
    const auto parts = splitParts(*text);
    const auto caseId = parts.size() == 6 ? base::Uuid::tryFromString(parts[2]) : std::nullopt;
    if (!caseId)
        return std::nullopt;
    const auto number = [&](std::size_t i) { return std::strtoll(parts[i].c_str(), nullptr, 10); };
    return Cursor{number(0), {number(1), *caseId, number(3)}, number(4), number(5) == 1};
}

std::string encodePlace(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const SnapshotPlace& place)
{
    const auto number = [](std::int64_t value) { return std::to_string(value) + "_"; };
    return sealed(keys, placePurpose(dataset, user),
                  number(place.scopeEpoch) + number(place.asOf) + number(place.bucket) + place.caseId.toString() + "_" + number(place.row)
                      + number(place.casesDone ? 1 : 0) + std::to_string(place.expiresAt.milliseconds()));
}

std::optional<SnapshotPlace> decodePlace(const ServerKeys& keys, const domain::DatasetId& dataset, const domain::UserId& user, const std::string& token)
{
    const auto text = opened(keys, placePurpose(dataset, user), token);
    const auto parts = text ? splitParts(*text) : std::vector<std::string>();
    const auto caseId = parts.size() == 7 ? base::Uuid::tryFromString(parts[3]) : std::nullopt;
    if (!caseId)
        return std::nullopt;
    const auto number = [&](std::size_t i) { return std::strtoll(parts[i].c_str(), nullptr, 10); };
    return SnapshotPlace{number(0), number(1), static_cast<int>(number(2)), *caseId, number(4), number(5) == 1, base::Instant::fromMilliseconds(number(6))};
}

} // namespace evenhand::server
