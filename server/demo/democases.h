// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/domain/eventpayloads.h"
#include "server/import/lendercase.h"

namespace evenhand::server::demo {

/// Something that happened to a case before today.
struct PastEvent {
    domain::EventId id;
    base::Instant at;
    domain::EventPayload payload;
    std::optional<base::Money> paid{};               ///< of a promise or a plan: what the lender's payment file brought …
    std::optional<base::Date> paidOn{};              ///< … and for which day
};

/// One case with its story.
struct DemoCase {
    LenderCase content;
    std::optional<std::size_t> agent;              ///< 0 … 2; nullopt: nobody has it yet
    std::vector<PastEvent> history;                ///< in order of time
};

inline constexpr int kCases = 500;
inline constexpr std::size_t kAgents = 3;
inline constexpr const char* kPortfolios[] = {"示范银行信用卡 2026", "示范消费金融 2026"};

/// The whole demo portfolio. The same seed and day give the same cases, on every computer. Pure.
[[nodiscard]] std::vector<DemoCase> makeCases(std::uint64_t seed, const base::Date& today);

/// Adds the history: what was tried, said and promised up to yesterday, with promises and call-backs that are due today.
void addHistory(DemoCase& one, int number, std::uint64_t seed, const base::Date& today);

[[nodiscard]] const base::TimeZone& demoZone();    ///< Asia/Shanghai

} // namespace evenhand::server::demo
