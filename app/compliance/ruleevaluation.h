// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/compliance/inquiry.h"
#include "app/compliance/ruleset.h"

/// Inside of the gate: what each kind of rule finds. All functions are pure in the inquiry's facts and `at`.
namespace evenhand::compliance {

/// Whether the rule speaks about this contact at all. An unknown role is within every rule.
[[nodiscard]] bool isInScope(const Rule& rule, const Inquiry& inquiry);
[[nodiscard]] Finding evaluate(const Rule& rule, Inquiry& inquiry, base::Instant at, const RuleSet& rules);

[[nodiscard]] Finding evaluateHours(const Rule& rule, Inquiry& inquiry, base::Instant at);
[[nodiscard]] Finding evaluateHoliday(const Rule& rule, Inquiry& inquiry, base::Instant at, const HolidayCalendar& calendar);
[[nodiscard]] Finding evaluateCap(const Rule& rule, Inquiry& inquiry, base::Instant at);
[[nodiscard]] Finding evaluateCooldown(const Rule& rule, Inquiry& inquiry, base::Instant at);
[[nodiscard]] Finding evaluateParties(const Rule& rule, Inquiry& inquiry, base::Instant at);
[[nodiscard]] Finding evaluateOptOut(const Rule& rule, Inquiry& inquiry, base::Instant at);

} // namespace evenhand::compliance
