// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/packshelf.h"

#include <algorithm>

#include "app/base/crypto.h"

namespace evenhand::server {

using base::Json;
using base::Result;

namespace {

constexpr const char* kNoticeKind = "rule_pack";
constexpr const char* kBundleKind = "rule_pack_bundle";

/// Rows have ids of 16 bytes; the name of a pack is its hash.
base::Uuid packRowId(const std::string& hash)
{
    const auto digest = base::sha256(base::asBytes(hash));
    std::array<std::uint8_t, 16> bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return base::Uuid(bytes);
}

} // namespace

Json toJson(const PackNotice& notice)
{
    return {{"id", notice.id}, {"version", notice.version}, {"hash", notice.hash},
            {"effective_from", notice.effectiveFrom.empty() ? Json(nullptr) : Json(notice.effectiveFrom)}, {"published_at", notice.publishedAt}};
}

Result<> PackShelf::put(const PackNotice& notice, const std::string& bundle, std::int64_t seq)
{
    const auto id = packRowId(notice.hash);
    EVENHAND_ASSIGN(const auto known, m_rows.find(kNoticeKind, id));
    if (known)
        return {};
    EVENHAND_TRY(m_rows.insert({kBundleKind, id, std::nullopt, seq, bundle}));
    return m_rows.insert({kNoticeKind, id, std::nullopt, seq, base::canonical(toJson(notice))});
}

Result<std::vector<PackNotice>> PackShelf::list() const
{
    std::vector<PackNotice> all;
    EVENHAND_TRY(m_rows.forEachOfKind(kNoticeKind, [&all](const ProjectionRow& row) -> Result<> {
        EVENHAND_ASSIGN(const auto json, base::parseJson(row.body.value_or("")));
        base::JsonReader in(json, "");
        all.push_back({in.text("id"), in.text("version"), in.text("hash"), in.textOr("effective_from", ""), in.text("published_at")});
        return in.ok() ? Result<>() : Result<>(base::fail(in.error()));
    }));
    return all;
}

Result<std::optional<std::string>> PackShelf::bundle(const std::string& hash) const
{
    EVENHAND_ASSIGN(const auto row, m_rows.find(kBundleKind, packRowId(hash)));
    return row ? row->body : std::nullopt;
}

} // namespace evenhand::server
