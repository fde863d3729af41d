// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/planrules.h"

#include <fstream>
#include <iterator>

#include "app/base/yamlfields.h"

namespace evenhand::domain {

namespace {

using base::ErrorCode;
using base::fail;
using base::Json;
using base::JsonReader;
using base::Result;
using base::SourceProblems;
using base::YamlFields;
using base::YamlNode;

PlanLimits readLimits(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a level");
    PlanLimits limits;
    if (in.requiredChild("level"))
        limits.level = in.word<ApprovalLevel>("level", approvalLevelFromWord, "self, supervisor, legal").value_or(ApprovalLevel::Self);
    limits.months = static_cast<int>(in.integerOr("months", 1, 1, 1200));
    limits.deferralMonths = static_cast<int>(in.integerOr("deferral_months", 0, 0, 1200));
    limits.interestPercent = static_cast<int>(in.integerOr("interest_percent", 0, 0, 100));
    limits.feesPercent = static_cast<int>(in.integerOr("fees_percent", 0, 0, 100));
    in.refuseOthers();
    return limits;
}

// A higher level that may do less would let the answer depend on who asks first.
bool covers(const PlanLimits& higher, const PlanLimits& lower)
{
    return higher.level > lower.level && higher.months >= lower.months && higher.deferralMonths >= lower.deferralMonths
        && higher.interestPercent >= lower.interestPercent && higher.feesPercent >= lower.feesPercent;
}

PlanRules readPlans(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "`plans`");
    PlanRules rules;
    for (const auto& level : in.items("levels")) {
        const auto limits = readLimits(level, problems);
        if (!rules.levels.empty() && !covers(limits, rules.levels.back()))
            level.complain(problems, "levels go up (self, supervisor, legal), and each may do at least what the one before may");
        rules.levels.push_back(limits);
    }
    if (rules.levels.empty())
        node.complain(problems, "`plans` needs `levels`");
    rules.minInstalmentMinor = in.integerOr("min_instalment_minor", 0, 0, base::Money::kLargestMinor);
    rules.firstDueWithinDays = static_cast<int>(in.integerOr("first_due_within_days", 0, 0, 3660));
    rules.mostMissed = static_cast<int>(in.integerOr("most_missed", 1, 0, 60));
    rules.clause = in.textOr("clause", {});
    (void)in.textOr("note", {});
    (void)in.items("examples");   // read by the pack test
    in.refuseOthers();
    return rules;
}

PromiseLimits readSupervisor(const YamlNode& node, const PromiseRules& agent, SourceProblems& problems)
{
    YamlFields in(node, problems, "`supervisor`");
    PromiseLimits limits;
    limits.minMinor = in.integerOr("min_minor", 0, 0, base::Money::kLargestMinor);
    limits.minPercent = static_cast<int>(in.integerOr("min_percent", 0, 0, 100));
    limits.latestDays = static_cast<int>(in.integerOr("latest_days", agent.latestDays, 0, 3660));
    limits.mostOpen = static_cast<int>(in.integerOr("most_open", agent.mostOpen, 1, 250));
    in.refuseOthers();
    if (limits.minMinor > agent.minMinor || limits.minPercent > agent.minPercent || limits.latestDays < agent.latestDays || limits.mostOpen < agent.mostOpen)
        node.complain(problems, "a supervisor may take at least what an agent may");
    return limits;
}

PromiseRules readPromises(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "`promises`");
    PromiseRules rules;
    rules.minMinor = in.integerOr("min_minor", 0, 0, base::Money::kLargestMinor);
    rules.minPercent = static_cast<int>(in.integerOr("min_percent", 0, 0, 100));
    rules.latestDays = static_cast<int>(in.integerOr("latest_days", 30, 0, 3660));
    rules.mostOpen = static_cast<int>(in.integerOr("most_open", 2, 1, 250));
    rules.graceDays = static_cast<int>(in.integerOr("grace_days", 2, 0, 60));
    rules.toleranceMinor = in.integerOr("tolerance_minor", 0, 0, base::Money::kLargestMinor);
    if (const auto supervisor = in.child("supervisor"))
        rules.supervisor = readSupervisor(*supervisor, rules, problems);
    (void)in.textOr("clause", {});
    (void)in.textOr("note", {});
    in.refuseOthers();
    return rules;
}

std::vector<PlanAccount> readAccounts(JsonReader& in, std::string& currency, std::string& problem)
{
    std::vector<PlanAccount> accounts;
    const auto& list = in.array("accounts");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto path = "/accounts/" + std::to_string(i);
        if (!list[i].is_object()) {
            problem = path + ": expected an object";
            return accounts;
        }
        JsonReader account(list[i], path);
        accounts.push_back({account.text("id"), account.integer("principal_minor"), account.integer("interest_minor"), account.integer("fees_minor")});
        const auto code = account.text("currency");
        if (account.ok() && !base::Currency::tryFromCode(code))
            account.complain("currency", "expected a code such as CNY");
        if (account.ok() && !currency.empty() && code != currency)
            account.complain("currency", "accounts of different currencies cannot be in one plan");
        currency = code;
        if (!account.ok() && problem.empty())
            problem = account.error().detail;
    }
    return accounts;
}

Result<int> smallNumber(JsonReader& in, const char* name, std::int64_t fallback)
{
    const auto value = in.integerOr(name, fallback);
    if (value < -1000000 || value > 1000000)
        return fail(ErrorCode::Invalid, in.pathOf(name) + ": the number is out of range");
    return static_cast<int>(value);
}

Result<PlanOffer> readOffer(const Json& json)
{
    JsonReader in(json, "/offer");
    const auto kindWord = in.text("kind");
    const auto firstDue = in.date("first_due");
    const auto& discount = in.object("discount");
    if (!in.ok())
        return fail(in.error());
    const auto kind = planKindFromWord(kindWord);
    if (!kind)
        return fail(ErrorCode::Invalid, "/offer/kind: expected instalments, lump_sum or deferral");
    if (*kind != PlanKind::LumpSum && !in.has("months"))
        return fail(ErrorCode::Invalid, "/offer/months: missing");
    JsonReader waiver(discount, "/offer/discount");
    EVENHAND_ASSIGN(const auto months, smallNumber(in, "months", 1));
    EVENHAND_ASSIGN(const auto interest, smallNumber(waiver, "interest_percent", 0));
    EVENHAND_ASSIGN(const auto fees, smallNumber(waiver, "fees_percent", 0));
    if (!in.ok() || !waiver.ok())
        return fail(in.ok() ? waiver.error() : in.error());
    return PlanOffer{*kind, months, firstDue, interest, fees};
}

Json toJson(const PlanSchedule& schedule)
{
    auto list = Json::array();
    for (const auto& one : schedule.instalments)
        list.push_back({{"due", one.due.toIso()}, {"amount_minor", one.amountMinor}, {"principal_minor", one.principalMinor},
                        {"interest_minor", one.interestMinor}, {"fees_minor", one.feesMinor}});
    return list;
}

} // namespace

std::optional<AgreementRules> AgreementRules::parse(std::string_view text, const std::string& fileName, SourceProblems& problems)
{
    const auto before = problems.size();
    const auto root = YamlNode::parseText(text, fileName, problems);
    if (!root)
        return std::nullopt;
    YamlFields in(*root, problems, "the plans file");
    AgreementRules rules;
    if (const auto plans = in.requiredChild("plans"))
        rules.plans = readPlans(*plans, problems);
    if (const auto promises = in.requiredChild("promises"))
        rules.promises = readPromises(*promises, problems);
    in.refuseOthers();
    return problems.size() == before ? std::optional(rules) : std::nullopt;
}

Result<AgreementRules> AgreementRules::load(const std::string& packDirectory)
{
    const auto path = packDirectory + "/plans.yaml";
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, path + ": cannot be read");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    SourceProblems problems;
    const auto rules = parse(text, path, problems);
    if (!rules)
        return fail(ErrorCode::Invalid, base::toLines(problems));
    return *rules;
}

namespace {

Json limitsJson(const PromiseLimits& limits)
{
    return {{"min_minor", limits.minMinor}, {"min_percent", limits.minPercent}, {"latest_days", limits.latestDays}, {"most_open", limits.mostOpen}};
}

PromiseLimits limitsFrom(JsonReader& in)
{
    return {in.integer("min_minor"), static_cast<int>(in.integer("min_percent")), static_cast<int>(in.integer("latest_days")),
            static_cast<int>(in.integer("most_open"))};
}

Json promiseRulesJson(const PromiseRules& rules)
{
    auto json = limitsJson({rules.minMinor, rules.minPercent, rules.latestDays, rules.mostOpen});
    json["grace_days"] = rules.graceDays;
    json["tolerance_minor"] = rules.toleranceMinor;
    json["supervisor"] = rules.supervisor ? limitsJson(*rules.supervisor) : Json(nullptr);
    return json;
}

Result<PromiseRules> promiseRulesFrom(const Json& json)
{
    JsonReader in(json, "/promises");
    const auto agent = limitsFrom(in);
    PromiseRules rules{agent.minMinor, agent.minPercent, agent.latestDays, agent.mostOpen, static_cast<int>(in.integer("grace_days")),
                       in.integer("tolerance_minor")};
    if (in.has("supervisor")) {
        JsonReader supervisor(in.object("supervisor"), "/promises/supervisor");
        rules.supervisor = limitsFrom(supervisor);
        if (!supervisor.ok())
            return fail(supervisor.error());
    }
    if (!in.ok())
        return fail(in.error());
    return rules;
}

Result<PlanRules> planRulesFrom(const Json& json)
{
    JsonReader in(json, "/plans");
    PlanRules rules;
    for (const auto& item : in.array("levels")) {
        JsonReader one(item, "/plans/levels");
        const auto level = approvalLevelFromWord(one.text("level"));
        rules.levels.push_back({level.value_or(ApprovalLevel::Self), static_cast<int>(one.integer("months")), static_cast<int>(one.integer("deferral_months")),
                                static_cast<int>(one.integer("interest_percent")), static_cast<int>(one.integer("fees_percent"))});
        if (!level || !one.ok())
            return fail(ErrorCode::Invalid, "/plans/levels: not a level");
    }
    rules.minInstalmentMinor = in.integer("min_instalment_minor");
    rules.firstDueWithinDays = static_cast<int>(in.integer("first_due_within_days"));
    rules.mostMissed = static_cast<int>(in.integer("most_missed"));
    rules.clause = in.textOr("clause", "");
    if (!in.ok())
        return fail(in.error());
    return rules;
}

} // namespace

Json toJson(const AgreementRules& rules)
{
    auto levels = Json::array();
    for (const auto& one : rules.plans.levels)
        levels.push_back({{"level", toWord(one.level)}, {"months", one.months}, {"deferral_months", one.deferralMonths},
                          {"interest_percent", one.interestPercent}, {"fees_percent", one.feesPercent}});
    return {{"plans", {{"levels", levels}, {"min_instalment_minor", rules.plans.minInstalmentMinor},
                       {"first_due_within_days", rules.plans.firstDueWithinDays}, {"most_missed", rules.plans.mostMissed}, {"clause", rules.plans.clause}}},
            {"promises", promiseRulesJson(rules.promises)}};
}

Result<AgreementRules> agreementRulesFromJson(const Json& json)
{
    JsonReader in(json, "");
    EVENHAND_ASSIGN(auto plans, planRulesFrom(in.object("plans")));
    EVENHAND_ASSIGN(auto promises, promiseRulesFrom(in.object("promises")));
    return AgreementRules{std::move(plans), promises};
}

PlanVerdict judgePlan(const PlanOffer& offer, const PlanSchedule& schedule, const std::vector<AgreementRules>& rules, UserRole role,
                      std::optional<base::Date> today)
{
    PlanVerdict verdict;
    verdict.allowed = true;
    for (const auto& one : rules)
        verdict = strictest(std::move(verdict), judgePlan(offer, schedule, one.plans, role, today));
    return verdict;
}

PromiseRules promiseRulesOf(const std::vector<AgreementRules>& rules)
{
    if (rules.empty())
        return {};
    auto all = rules.front().promises;
    for (std::size_t i = 1; i < rules.size(); ++i)
        all = strictest(all, rules[i].promises);
    return all;
}

Result<PlanRequest> planRequestFromJson(const Json& json)
{
    if (!json.is_object())
        return fail(ErrorCode::Invalid, "/: expected an object with accounts, offer and role");
    JsonReader in(json, "");
    std::string currency, problem;
    auto accounts = readAccounts(in, currency, problem);
    const auto role = userRoleFromWord(in.text("role"));
    const auto today = in.optionalDate("today");
    if (!in.ok())
        return fail(in.error());
    if (!problem.empty())
        return fail(ErrorCode::Invalid, problem);
    if (accounts.empty())
        return fail(ErrorCode::Invalid, "/accounts: expected at least one account");
    if (!role)
        return fail(ErrorCode::Invalid, "/role: expected agent, field, supervisor, qa, admin or auditor");
    if (!json.contains("offer") || !json["offer"].is_object())
        return fail(ErrorCode::Invalid, "/offer: expected an object");
    EVENHAND_ASSIGN(const auto offer, readOffer(json["offer"]));
    return PlanRequest{std::move(accounts), currency, offer, *role, today};
}

Result<Json> answerPlanRequest(const PlanRequest& request, const std::vector<AgreementRules>& rules)
{
    EVENHAND_ASSIGN(const auto schedule, makeSchedule(request.accounts, request.offer));
    const auto verdict = judgePlan(request.offer, schedule, rules, request.role, request.today);
    auto reasons = Json::array();
    for (const auto& reason : verdict.reasons)
        reasons.push_back({{"rule", reason.rule}, {"blocks", reason.blocks}, {"text", reason.text}});
    return Json{{"allowed", verdict.allowed},
                {"needs_approval", verdict.needsApproval ? Json(std::string(toWord(*verdict.needsApproval))) : Json()},
                {"schedule", toJson(schedule)},
                {"total_minor", schedule.totalMinor},
                {"currency", request.currency},
                {"waived", {{"interest_minor", schedule.waivedInterestMinor}, {"fees_minor", schedule.waivedFeesMinor}}},
                {"reasons", reasons}};
}

} // namespace evenhand::domain
