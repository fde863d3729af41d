// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/plancommand.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "app/compliance/packdirectory.h"
#include "app/ctl/report.h"
#include "app/domain/planrules.h"

namespace evenhand::ctl {

namespace {

struct PlanArguments {
    std::string facts;
    std::vector<std::string> packs;
};

base::Result<std::vector<domain::AgreementRules>> loadRules(const std::vector<std::string>& packs)
{
    std::vector<domain::AgreementRules> all;
    for (const auto& pack : packs) {
        EVENHAND_ASSIGN(const auto folder, compliance::locatePack(pack));
        EVENHAND_ASSIGN(auto rules, domain::AgreementRules::load(folder));
        all.push_back(std::move(rules));
    }
    return all;
}

base::Result<base::Json> answer(const PlanArguments& arguments)
{
    EVENHAND_ASSIGN(const auto rules, loadRules(arguments.packs));
    EVENHAND_ASSIGN(const auto text, readInput(arguments.facts));
    const auto named = [&arguments](base::Error error) {
        error.detail = inputName(arguments.facts) + ": " + error.detail;
        return base::fail(std::move(error));
    };
    const auto json = base::parseJson(text);
    if (!json)
        return named(json.error());
    const auto request = domain::planRequestFromJson(*json);
    if (!request)
        return named(request.error());
    auto result = domain::answerPlanRequest(*request, rules);
    if (!result)
        return named(result.error());
    return result;
}

int run(const PlanArguments& arguments)
{
    const auto result = answer(arguments);
    if (!result)
        return reportError(result.error());
    std::cout << result->dump() << '\n';
    return 0;
}

} // namespace

void addPlanCommand(CLI::App& app, int& exitStatus)
{
    auto arguments = std::make_shared<PlanArguments>();
    arguments->packs = {"cn-consumer-2026"};
    auto* command = app.add_subcommand("plan", "Calculate a repayment plan and say who must approve it");
    command->add_option("--facts", arguments->facts, "JSON file with accounts, offer and role; - is standard input")->required();
    command->add_option("--pack", arguments->packs, "Pack by folder or id; several: the strictest rule wins");
    command->callback([arguments, &exitStatus] { exitStatus = run(*arguments); });
}

} // namespace evenhand::ctl
