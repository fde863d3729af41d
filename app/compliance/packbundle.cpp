// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packbundle.h"

#include <algorithm>

namespace evenhand::compliance {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr const char* kStatementKind = "rule_pack";
constexpr std::size_t kKeyIdBytes = 8;

Result<std::shared_ptr<const RulePack>> wholePack(const PackDirectory& directory)
{
    base::SourceProblems problems;
    auto pack = RulePack::parse(directory, problems);
    if (pack)
        return pack;
    std::string text;
    for (const auto& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.toString();
    return base::fail(ErrorCode::Invalid, text);
}

Result<Json> filesOf(const PackDirectory& directory)
{
    auto files = Json::array();
    for (const auto& [path, content] : directory.files()) {
        if (!base::toCanonicalJson(content))
            return base::fail(ErrorCode::Invalid, directory.pathOf(path) + ": is not UTF-8 text; it does not belong into a pack");
        files.push_back({{"path", path}, {"content", content}});
    }
    return files;
}

/// A path from a stranger is written to disk later, so it must stay inside its folder.
bool isPlainPath(const std::string& path)
{
    const bool isClimbing = path.empty() || path.front() == '/' || path.find("..") != std::string::npos;
    return !isClimbing && std::all_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '\\' && c != ':'; });
}

Result<PackDirectory> directoryFrom(const Json& list)
{
    std::map<std::string, std::string> files;
    std::string name = "bundle";
    for (const auto& item : list) {
        base::JsonReader in(item, "/files");
        auto path = in.text("path");
        auto content = in.text("content");
        if (!in.ok())
            return base::fail(in.error());
        if (!isPlainPath(path))
            return base::fail(ErrorCode::Invalid, "/files: a path leads out of the pack");
        files.insert_or_assign(std::move(path), std::move(content));
    }
    return PackDirectory(name, std::move(files));
}

Result<Json> verified(const std::string& statement, const base::Bytes& signature, const std::vector<base::PublicKey>& trusted)
{
    for (const auto& key : trusted)
        if (auto json = domain::verifyStatement(key, kStatementKind, statement, signature))
            return json;
    return base::fail(ErrorCode::Unauthorized, "none of the trusted keys signed this rule pack");
}

} // namespace

std::string bundleKeyId(const base::PublicKey& key)
{
    const auto hash = base::sha256(key);
    return base::toHex(base::ByteView(hash).first(kKeyIdBytes));
}

BundleSigner signerOf(const base::SigningKey& key)
{
    return [&key](Json statement) {
        statement["v"] = 1;
        statement["key_id"] = bundleKeyId(key.publicKey());
        return domain::signStatement(key, statement);
    };
}

Result<std::string> buildBundle(const PackDirectory& directory, const BundleSigner& sign, base::Instant publishedAt)
{
    EVENHAND_ASSIGN(const auto pack, wholePack(directory));
    EVENHAND_ASSIGN(auto files, filesOf(directory));
    const auto& manifest = pack->manifest();
    const auto from = manifest.effectiveFrom ? Json(manifest.effectiveFrom->toIso()) : Json(nullptr);
    const auto signedPart = sign({{"kind", kStatementKind}, {"id", manifest.identity.id}, {"version", manifest.identity.version},
                                  {"hash", directory.contentHash()}, {"effective_from", from}, {"published_at", publishedAt.toRfc3339Utc()}});
    return base::toCanonicalJson({{"statement", signedPart.statement}, {"sig", base::toBase64Url(signedPart.signature)}, {"files", std::move(files)}});
}

Result<PackBundle> openBundle(std::string_view text, const std::vector<base::PublicKey>& trusted)
{
    if (text.size() > kLargestBundle)
        return base::fail(ErrorCode::Invalid, "the bundle is larger than 32 MiB");
    EVENHAND_ASSIGN(const auto json, base::parseJson(text));
    base::JsonReader in(json, "");
    const auto statement = in.text("statement");
    const auto signature = in.base64Url("sig");
    const auto& files = in.array("files");
    if (!in.ok())
        return base::fail(in.error());
    EVENHAND_ASSIGN(const auto claims, verified(statement, signature, trusted));
    base::JsonReader said(claims, "/statement");
    PackIdentity identity{said.text("id"), said.text("version"), said.text("hash")};
    const auto from = said.optionalDate("effective_from");
    const auto publishedAt = said.instant("published_at");
    const auto keyId = said.text("key_id");
    if (!said.ok())
        return base::fail(said.error());
    EVENHAND_ASSIGN(auto directory, directoryFrom(files));
    if (directory.contentHash() != identity.hash)
        return base::fail(ErrorCode::Damaged, "the files of pack \"" + identity.id + "\" are not the ones that were signed");
    return PackBundle{PackDirectory(identity.id + "-" + identity.version, directory.files()), std::move(identity), from, publishedAt, keyId};
}

} // namespace evenhand::compliance
