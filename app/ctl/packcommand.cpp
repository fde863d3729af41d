// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/packcommand.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/compliance/packdirectory.h"
#include "app/compliance/packtest.h"
#include "app/compliance/phraseexamples.h"
#include "app/compliance/ruleset.h"
#include "app/ctl/packbundlecommand.h"
#include "app/ctl/packtable.h"
#include "app/ctl/phrasesimpact.h"
#include "app/ctl/report.h"
#include "app/guidance/examples.h"

namespace evenhand::ctl {

namespace {

struct PackOptions {
    std::vector<std::string> packs;
    bool isJson = false;
    bool withMutations = false;
};

/// Scripts, their transcripts, and the tables of plans.
base::Result<> testGuidance(const std::string& pack, compliance::PackTestReport& report)
{
    EVENHAND_ASSIGN(const auto folder, compliance::locatePack(pack));
    guidance::ExampleReport examples;
    guidance::testScriptTranscripts(folder, examples);
    guidance::testPlanTables(folder, examples);
    report.passed += examples.passed;
    report.failed += examples.failed;
    report.failures.insert(report.failures.end(), examples.failures.begin(), examples.failures.end());
    return {};
}

/// Everything in one pack that can be tested. Each kind of content is a section that adds to the report.
base::Result<> testPack(const std::string& pack, bool withMutations, compliance::PackTestReport& report)
{
    EVENHAND_ASSIGN(const auto rules, compliance::RuleSet::load({pack}));
    compliance::testGateExamples(*rules, report);
    if (withMutations)
        for (auto& unnoticed : compliance::unnoticedMutations(*rules)) {
            ++report.failed;
            report.failures.push_back(std::move(unnoticed));
        }
    EVENHAND_TRY(testGuidance(pack, report));
    EVENHAND_ASSIGN(const auto folder, compliance::locatePack(pack));
    EVENHAND_ASSIGN(const auto phrases, compliance::testPhraseExamples(folder));
    report.passed += phrases.passed;
    report.failed += phrases.failed;
    report.failures.insert(report.failures.end(), phrases.failures.begin(), phrases.failures.end());
    // Sections for further content go here: each takes the folder of the pack and adds to `report`.
    return {};
}

int runTest(const PackOptions& options)
{
    compliance::PackTestReport report;
    for (const auto& pack : options.packs)
        if (const auto tested = testPack(pack, options.withMutations, report); !tested)
            return reportError(tested.error());
    for (const auto& failure : report.failures)
        std::cout << failure.toString() << '\n';
    std::cout << report.passed << " passed, " << report.failed << " failed\n";
    return report.failed == 0 ? 0 : 1;
}

int runShow(const PackOptions& options)
{
    const auto rules = compliance::RuleSet::load(options.packs);
    if (!rules)
        return reportError(rules.error());
    if (options.isJson)
        std::cout << packsAsJson(**rules).dump(2) << '\n';
    else
        std::cout << packsAsTable(**rules);
    return 0;
}

} // namespace

void addPackCommand(CLI::App& app, int& exitStatus)
{
    auto options = std::make_shared<PackOptions>();
    auto* command = app.add_subcommand("pack", "Look at rule packs and run their examples");
    command->require_subcommand(1);

    auto* test = command->add_subcommand("test", "Run every example in the packs");
    test->add_option("packs", options->packs, "Pack by folder or id")->type_name("DIR")->required();
    test->add_flag("--mutations", options->withMutations, "Also change each limit a little: some example must notice");
    test->callback([options, &exitStatus] { exitStatus = runTest(*options); });

    auto* show = command->add_subcommand("show", "Show id, version, hash and rules; several packs are layered");
    show->add_option("packs", options->packs, "Pack by folder or id")->type_name("P")->required();
    show->add_flag("--json", options->isJson, "As JSON");
    show->callback([options, &exitStatus] { exitStatus = runShow(*options); });
    addPackBundleCommands(*command, exitStatus);
    addImpactCommand(*command, exitStatus);
}

} // namespace evenhand::ctl
