// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/crypto.h"
#include "app/compliance/decision.h"
#include "app/compliance/packdirectory.h"
#include "app/compliance/rulepack.h"
#include "app/domain/envelope.h"

namespace evenhand::compliance {

/// A rule pack in one file, as it travels from the server to the workstations: all files of the folder, and a signed statement of id,
/// version, content hash and day of effect. Named by its hash, so that the same name is always the same rules.
struct PackBundle {
    PackDirectory directory;
    PackIdentity identity;
    std::optional<base::Date> effectiveFrom;   ///< absent: at once
    base::Instant publishedAt;
    std::string keyId;                         ///< of the key that signed
};

inline constexpr std::size_t kLargestBundle = 32u << 20;

/// Adds `v` and `key_id` to a statement and signs it: a key file on the command line, the server's own key there.
using BundleSigner = std::function<domain::SignedStatement(base::Json statement)>;
[[nodiscard]] BundleSigner signerOf(const base::SigningKey& key);   ///< the key must outlive the signer

/// The text of a bundle. Refuses a pack with mistakes, listing them, and files that are not UTF-8.
[[nodiscard]] base::Result<std::string> buildBundle(const PackDirectory& directory, const BundleSigner& sign, base::Instant publishedAt);

/// Reads a bundle that one of these keys signed. Unauthorized: none of them did; Damaged: the files are not the ones that were
/// signed; Invalid: it cannot be read at all.
[[nodiscard]] base::Result<PackBundle> openBundle(std::string_view text, const std::vector<base::PublicKey>& trusted);

/// How a signing key is called: the first bytes of the hash of its public half.
[[nodiscard]] std::string bundleKeyId(const base::PublicKey& key);

} // namespace evenhand::compliance
