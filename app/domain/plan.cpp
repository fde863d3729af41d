// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/plan.h"

#include <algorithm>
#include <array>

namespace evenhand::domain {

namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

// Products of two amounts need more than 64 bits.
__extension__ typedef __int128 Wide;

std::int64_t share(std::int64_t amount, std::int64_t part, std::int64_t whole)
{
    return static_cast<std::int64_t>(Wide(amount) * part / whole);
}

struct Parts {
    std::array<std::int64_t, 3> of{};    // principal, interest, fees
    [[nodiscard]] std::int64_t sum() const { return of[0] + of[1] + of[2]; }
};

Result<> checkAccount(const PlanAccount& account)
{
    for (const auto amount : {account.principalMinor, account.interestMinor, account.feesMinor})
        if (amount < 0 || amount > base::Money::kLargestMinor)
            return fail(ErrorCode::Invalid, "account \"" + account.id + "\": amounts are whole minor units between 0 and 2^53-1");
    return {};
}

Result<> checkOffer(const PlanOffer& offer)
{
    if (offer.months < 1 || offer.months > 1200)
        return fail(ErrorCode::Invalid, "months must be between 1 and 1200");
    for (const auto percent : {offer.interestPercent, offer.feesPercent})
        if (percent < 0 || percent > 100)
            return fail(ErrorCode::Invalid, "a discount is between 0 and 100 percent");
    return {};
}

Result<Parts> partsAfterWaiver(const std::vector<PlanAccount>& accounts, const PlanOffer& offer, PlanSchedule& schedule)
{
    Parts parts;
    for (const auto& account : accounts) {
        EVENHAND_TRY(checkAccount(account));
        const auto waivedInterest = share(account.interestMinor, offer.interestPercent, 100);
        const auto waivedFees = share(account.feesMinor, offer.feesPercent, 100);
        schedule.waivedInterestMinor += waivedInterest;
        schedule.waivedFeesMinor += waivedFees;
        parts.of[0] += account.principalMinor;
        parts.of[1] += account.interestMinor - waivedInterest;
        parts.of[2] += account.feesMinor - waivedFees;
        if (parts.sum() > base::Money::kLargestMinor)
            return fail(ErrorCode::Invalid, "the accounts together are too large");
    }
    return parts;
}

// Takes `amount` out of what is left: in proportion; what rounding leaves over comes out of whichever part has most left.
Parts takeShare(Parts& left, std::int64_t amount)
{
    const auto whole = left.sum();
    Parts taken;
    for (std::size_t i = 0; i < 3; ++i)
        taken.of[i] = share(left.of[i], amount, whole);
    for (auto over = amount - taken.sum(); over > 0; --over) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < 3; ++i)
            if (left.of[i] - taken.of[i] > left.of[best] - taken.of[best])
                best = i;
        ++taken.of[best];
    }
    for (std::size_t i = 0; i < 3; ++i)
        left.of[i] -= taken.of[i];
    return taken;
}

std::vector<base::Date> dueDates(const PlanOffer& offer)
{
    if (offer.kind == PlanKind::LumpSum)
        return {offer.firstDue};
    if (offer.kind == PlanKind::Deferral)
        return {offer.firstDue.plusMonths(offer.months)};
    std::vector<base::Date> dates;
    for (int i = 0; i < offer.months; ++i)
        dates.push_back(offer.firstDue.plusMonths(i));   // each from the first one: 31 January, 28 February, 31 March
    return dates;
}

// The lowest level whose limits hold the offer.
std::optional<ApprovalLevel> lowestLevel(const PlanRules& rules, auto fits)
{
    for (const auto& limits : rules.levels)
        if (fits(limits))
            return limits.level;
    return std::nullopt;
}

void require(PlanVerdict& verdict, const PlanRules& rules, const std::string& rule, const std::string& what, ApprovalLevel own, auto fits)
{
    const auto level = lowestLevel(rules, fits);
    if (!level) {
        verdict.allowed = false;
        verdict.reasons.push_back({rule, true, what + " is above every limit of the pack" + (rules.clause.empty() ? "" : " (" + rules.clause + ")")});
    } else if (*level > own) {
        verdict.needsApproval = std::max(verdict.needsApproval.value_or(*level), *level);
        verdict.reasons.push_back({rule, false, what + " needs the approval of: " + std::string(toWord(*level))});
    }
}

void judgeDates(PlanVerdict& verdict, const PlanOffer& offer, const PlanRules& rules, std::optional<base::Date> today)
{
    const auto block = [&verdict](const char* text) {
        verdict.allowed = false;
        verdict.reasons.push_back({"plan.first_due", true, text});
    };
    if (today && offer.firstDue < *today && offer.kind != PlanKind::Deferral)
        block("the first due day is in the past");
    if (today && rules.firstDueWithinDays > 0 && offer.firstDue > today->plusDays(rules.firstDueWithinDays))
        block("the first due day is too far away");
}

} // namespace

std::string_view toWord(PlanKind value)
{
    switch (value) {
    case PlanKind::Instalments: return "instalments";
    case PlanKind::LumpSum: return "lump_sum";
    case PlanKind::Deferral: return "deferral";
    }
    return {};
}

std::string_view toWord(ApprovalLevel value)
{
    switch (value) {
    case ApprovalLevel::Self: return "self";
    case ApprovalLevel::Supervisor: return "supervisor";
    case ApprovalLevel::Legal: return "legal";
    }
    return {};
}

std::optional<PlanKind> planKindFromWord(std::string_view word)
{
    for (const auto kind : {PlanKind::Instalments, PlanKind::LumpSum, PlanKind::Deferral})
        if (toWord(kind) == word)
            return kind;
    return std::nullopt;
}

std::optional<ApprovalLevel> approvalLevelFromWord(std::string_view word)
{
    for (const auto level : {ApprovalLevel::Self, ApprovalLevel::Supervisor, ApprovalLevel::Legal})
        if (toWord(level) == word)
            return level;
    return std::nullopt;
}

ApprovalLevel levelOf(UserRole role)
{
    switch (role) {
    case UserRole::Supervisor:
        return ApprovalLevel::Supervisor;
    case UserRole::Agent:
    case UserRole::Field:
    case UserRole::Qa:
    case UserRole::Admin:
    case UserRole::Auditor:
        return ApprovalLevel::Self;
    }
    return ApprovalLevel::Self;
}

Result<PlanSchedule> makeSchedule(const std::vector<PlanAccount>& accounts, const PlanOffer& offer)
{
    if (accounts.empty())
        return fail(ErrorCode::Invalid, "a plan needs at least one account");
    EVENHAND_TRY(checkOffer(offer));
    PlanSchedule schedule;
    EVENHAND_ASSIGN(auto left, partsAfterWaiver(accounts, offer, schedule));
    schedule.totalMinor = left.sum();
    const auto dates = dueDates(offer);
    const auto count = static_cast<std::int64_t>(dates.size());
    if (schedule.totalMinor < count)
        return fail(ErrorCode::Invalid, schedule.totalMinor == 0 ? "there is nothing to pay" : "the debt is too small for so many instalments");
    for (std::int64_t i = 0; i < count; ++i) {
        const auto amount = schedule.totalMinor / count + (i < schedule.totalMinor % count ? 1 : 0);
        const auto parts = takeShare(left, amount);
        schedule.instalments.push_back({dates[static_cast<std::size_t>(i)], amount, parts.of[0], parts.of[1], parts.of[2]});
    }
    return schedule;
}

PlanVerdict judgePlan(const PlanOffer& offer, const PlanSchedule& schedule, const PlanRules& rules, UserRole role, std::optional<base::Date> today)
{
    PlanVerdict verdict;
    verdict.allowed = true;
    const auto own = levelOf(role);
    if (offer.kind == PlanKind::Instalments)
        require(verdict, rules, "plan.months", std::to_string(offer.months) + " instalments", own,
                [&offer](const PlanLimits& limits) { return offer.months <= limits.months; });
    if (offer.kind == PlanKind::Deferral)
        require(verdict, rules, "plan.deferral", "a deferral by " + std::to_string(offer.months) + " months", own,
                [&offer](const PlanLimits& limits) { return offer.months <= limits.deferralMonths; });
    if (offer.interestPercent > 0)
        require(verdict, rules, "plan.interest_waiver", "waiving " + std::to_string(offer.interestPercent) + " % of the interest", own,
                [&offer](const PlanLimits& limits) { return offer.interestPercent <= limits.interestPercent; });
    if (offer.feesPercent > 0)
        require(verdict, rules, "plan.fees_waiver", "waiving " + std::to_string(offer.feesPercent) + " % of the fees", own,
                [&offer](const PlanLimits& limits) { return offer.feesPercent <= limits.feesPercent; });
    if (offer.kind == PlanKind::Instalments && schedule.instalments.back().amountMinor < rules.minInstalmentMinor) {
        verdict.allowed = false;
        verdict.reasons.push_back({"plan.min_instalment", true, "an instalment is below the least amount of the pack"});
    }
    judgeDates(verdict, offer, rules, today);
    if (!verdict.allowed)
        verdict.needsApproval.reset();
    return verdict;
}

PlanVerdict strictest(PlanVerdict a, const PlanVerdict& b)
{
    a.allowed = a.allowed && b.allowed;
    if (b.needsApproval)
        a.needsApproval = std::max(a.needsApproval.value_or(*b.needsApproval), *b.needsApproval);
    if (!a.allowed)
        a.needsApproval.reset();
    a.reasons.insert(a.reasons.end(), b.reasons.begin(), b.reasons.end());
    return a;
}

} // namespace evenhand::domain
