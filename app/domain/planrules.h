// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/json.h"
#include "app/domain/plan.h"
#include "app/domain/promise.h"

namespace evenhand::domain {

/// plans.yaml of a pack: limits of plans and promises.
struct AgreementRules {
    PlanRules plans;
    PromiseRules promises;

    /// All problems with their places; nullopt if there is any.
    [[nodiscard]] static std::optional<AgreementRules> parse(std::string_view text, const std::string& fileName, base::SourceProblems& problems);
    /// Reads `<packDirectory>/plans.yaml`.
    [[nodiscard]] static base::Result<AgreementRules> load(const std::string& packDirectory);
};

[[nodiscard]] base::Json toJson(const AgreementRules& rules);
[[nodiscard]] base::Result<AgreementRules> agreementRulesFromJson(const base::Json& json);

/// The rules of all packs in force together; the strictest wins. Without any pack nothing is limited.
[[nodiscard]] PlanVerdict judgePlan(const PlanOffer& offer, const PlanSchedule& schedule, const std::vector<AgreementRules>& rules, UserRole role,
                                    std::optional<base::Date> today);
[[nodiscard]] PromiseRules promiseRulesOf(const std::vector<AgreementRules>& rules);

/// What `evenhandctl plan` asks, as contracts describe it; and its answer.
struct PlanRequest {
    std::vector<PlanAccount> accounts;
    std::string currency;
    PlanOffer offer;
    UserRole role;
    std::optional<base::Date> today;
};

[[nodiscard]] base::Result<PlanRequest> planRequestFromJson(const base::Json& json);
/// `rules` of all packs; the strictest wins. Invalid when no schedule can be made at all.
[[nodiscard]] base::Result<base::Json> answerPlanRequest(const PlanRequest& request, const std::vector<AgreementRules>& rules);

} // namespace evenhand::domain
