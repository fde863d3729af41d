// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "server/store/store.h"

namespace evenhand::server::demo {

inline constexpr const char* kDemoPassphrase = "evenhand-demo";   ///< of every demo user; the demo's data is invented, so it protects nothing
inline constexpr std::uint64_t kDefaultSeed = 20260302;

struct DemoUser {
    const char* userName;
    const char* displayName;
    domain::UserRole role;
    const char* team;
    const char* staffNo;
};

/// li.na, wang.wei (first team), zhao.min (second team, field); chen.jing supervises the first team; admin.
/// The first three hold the cases, in this order.
[[nodiscard]] const std::vector<DemoUser>& demoUsers();

struct DemoOptions {
    std::uint64_t seed = kDefaultSeed;
    base::Date today;                              ///< promises and call-backs fall due relative to it
    base::Argon2Cost passwordCost{};               ///< tests may lower it
};

struct DemoSummary {
    std::int64_t cases = 0;
    std::int64_t assigned = 0;
    std::int64_t events = 0;
    std::int64_t promisesDueToday = 0;
    std::int64_t callBacksToday = 0;
};

/// Fills an empty database in one transaction. Conflict, and nothing is changed, when it has users or cases.
[[nodiscard]] base::Result<DemoSummary> createDemo(Store& store, const ServerKeys& keys, const DemoOptions& options, const base::Clock& clock);

} // namespace evenhand::server::demo
