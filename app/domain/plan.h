// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/base/money.h"
#include "app/base/yaml.h"
#include "app/domain/words.h"

/// Repayment plans: what a pack allows, who must approve, and a schedule that is exact to the minor unit.
namespace evenhand::domain {

enum class PlanKind { Instalments, LumpSum, Deferral };
/// Who may agree to a plan; the later covers the earlier.
enum class ApprovalLevel { Self, Supervisor, Legal };

[[nodiscard]] std::string_view toWord(PlanKind value);
[[nodiscard]] std::string_view toWord(ApprovalLevel value);
[[nodiscard]] std::optional<PlanKind> planKindFromWord(std::string_view word);
[[nodiscard]] std::optional<ApprovalLevel> approvalLevelFromWord(std::string_view word);
/// The level a role decides at by itself.
[[nodiscard]] ApprovalLevel levelOf(UserRole role);

/// Amounts of one account in minor units; none is negative.
struct PlanAccount {
    std::string id;
    std::int64_t principalMinor = 0;
    std::int64_t interestMinor = 0;
    std::int64_t feesMinor = 0;
};

struct PlanOffer {
    PlanKind kind = PlanKind::Instalments;
    int months = 1;                      ///< number of instalments; months of delay for a deferral; unused for a lump sum
    base::Date firstDue;                 ///< first instalment; day of the lump sum; present due day for a deferral
    int interestPercent = 0;             ///< part of the interest that is waived, 0 … 100
    int feesPercent = 0;
};

struct Instalment {
    base::Date due;
    std::int64_t amountMinor = 0;
    std::int64_t principalMinor = 0;
    std::int64_t interestMinor = 0;
    std::int64_t feesMinor = 0;
};

/// A schedule. Its rules: a waived amount is rounded down to the minor unit, account by account; instalments differ by at most
/// one minor unit, the larger ones first; principal, interest and fees are spread in proportion to what is left of them, with
/// the last instalment taking the rest. Every sum is exact.
struct PlanSchedule {
    std::vector<Instalment> instalments;
    std::int64_t totalMinor = 0;
    std::int64_t waivedInterestMinor = 0;
    std::int64_t waivedFeesMinor = 0;
};

/// Invalid: no account, a negative or too large amount, months below one, a percent outside 0 … 100, nothing left to pay, or
/// fewer minor units than instalments (one of them would be zero).
[[nodiscard]] base::Result<PlanSchedule> makeSchedule(const std::vector<PlanAccount>& accounts, const PlanOffer& offer);

/// What one level may agree to.
struct PlanLimits {
    ApprovalLevel level = ApprovalLevel::Self;
    int months = 1;                      ///< instalments
    int deferralMonths = 0;
    int interestPercent = 0;
    int feesPercent = 0;
};

/// plans.yaml, part `plans`.
struct PlanRules {
    std::vector<PlanLimits> levels;      ///< ascending
    std::int64_t minInstalmentMinor = 0;
    int firstDueWithinDays = 0;          ///< 0: no limit; judged only when today is known
    int mostMissed = 1;                  ///< missed instalments that a plan in force bears; one more breaks it
    std::string clause;                  ///< source of the longest term
};

struct PlanReason {
    std::string rule;                    ///< plan.months, plan.interest_waiver, plan.first_due …
    bool blocks = false;                 ///< otherwise it raises the level of approval
    std::string text;                    ///< English
};

struct PlanVerdict {
    bool allowed = false;
    std::optional<ApprovalLevel> needsApproval;   ///< nothing: the role may agree to it alone
    std::vector<PlanReason> reasons;
};

/// Judges an offer by one pack. `schedule` belongs to the offer. Without `today` nothing is said about past days.
[[nodiscard]] PlanVerdict judgePlan(const PlanOffer& offer, const PlanSchedule& schedule, const PlanRules& rules, UserRole role,
                                    std::optional<base::Date> today);
/// The strictest of two verdicts.
[[nodiscard]] PlanVerdict strictest(PlanVerdict a, const PlanVerdict& b);

} // namespace evenhand::domain
