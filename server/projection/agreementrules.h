// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/crypto.h"
#include "app/base/date.h"
#include "server/store/store.h"

namespace evenhand::server {

/// The pack whose plans.yaml counts until one is published.
inline constexpr const char* kUsualPack = "cn-consumer-2026";

/// Reads plans.yaml of the packs in force on a day (the shipped pack `usual`, and every published pack in its version of that day, which
/// takes the place of the shipped one of the same id) and keeps them as the office's rules. True if the rules changed; what waits is due
/// then. Joins the caller's transaction. Invalid with FILE:LINE:COL when a file cannot be read: the rules stay as they were.
[[nodiscard]] base::Result<bool> refreshAgreementRules(Store& store, const base::PublicKey& key, const std::string& usual, base::Instant now);

} // namespace evenhand::server
