// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/scriptcommand.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "app/compliance/phrasechecker.h"
#include "app/ctl/phrasesinput.h"
#include "app/ctl/report.h"
#include "app/guidance/outcomes.h"
#include "app/guidance/scriptplay.h"
#include "app/guidance/scriptset.h"

namespace evenhand::ctl {

namespace {

namespace fs = std::filesystem;
using base::Result;

struct LintArguments {
    std::vector<std::string> paths;
    std::vector<std::string> packs;   // whose phrase rules judge the spoken words; empty: those beside the script
};

struct RunArguments {
    std::string script;
    std::string answers;
};

// A folder stands for its scripts: those of a pack when it is one, its own otherwise.
std::vector<std::string> filesOf(const std::string& path)
{
    if (!fs::is_directory(path))
        return {path};
    auto files = guidance::scriptFiles(path + "/scripts");
    return files.empty() ? guidance::scriptFiles(path) : files;
}

// A script inside a pack is checked against that pack's outcomes.
Result<std::optional<guidance::OutcomeSet>> outcomesBeside(const std::string& scriptFile)
{
    const auto folder = fs::path(scriptFile).parent_path();
    const auto pack = folder.filename() == "scripts" ? folder.parent_path() : folder;
    if (scriptFile == "-" || !fs::exists(pack / "outcomes.yaml"))
        return std::optional<guidance::OutcomeSet>();
    EVENHAND_ASSIGN(auto outcomes, guidance::OutcomeSet::load(pack.string()));
    return std::optional(std::move(outcomes));
}

/// Phrase checkers by the packs they come from: the scripts of one pack share one.
class PhraseJudges {
public:
    explicit PhraseJudges(const std::vector<std::string>& packs) : m_packs(packs) {}

    /// Of the packs named, else of the pack the script lies in; null where there is none.
    Result<const compliance::PhraseChecker*> forScript(const std::string& scriptFile)
    {
        auto packs = m_packs;
        const auto folder = fs::path(scriptFile).parent_path();
        const auto pack = folder.filename() == "scripts" ? folder.parent_path() : folder;
        if (packs.empty() && scriptFile != "-" && fs::exists(pack / "pack.yaml") && fs::exists(pack / "phrases.yaml"))
            packs = {pack.string()};
        if (packs.empty())
            return nullptr;
        if (const auto known = m_checkers.find(packs); known != m_checkers.end())
            return &known->second;
        EVENHAND_ASSIGN(const auto source, loadPackPhrases(packs));
        EVENHAND_ASSIGN(auto checker, compliance::PhraseChecker::build(source.set));
        return &m_checkers.emplace(packs, std::move(checker)).first->second;
    }

private:
    const std::vector<std::string>& m_packs;
    std::map<std::vector<std::string>, compliance::PhraseChecker> m_checkers;
};

std::vector<guidance::BannedPhrase> bannedIn(const compliance::PhraseChecker& checker, std::string_view text)
{
    std::vector<guidance::BannedPhrase> found;
    for (const auto& hit : checker.check(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())))) {
        const auto message = hit.message.find("en");
        found.push_back({hit.ruleId, hit.matched.toStdString(), message == hit.message.end() ? std::string() : message->second});
    }
    return found;
}

Result<std::vector<guidance::LintFinding>> lintFile(const std::string& path, PhraseJudges& judges, std::vector<guidance::Script>& scripts)
{
    EVENHAND_ASSIGN(const auto text, readInput(path));
    EVENHAND_ASSIGN(const auto outcomes, outcomesBeside(path));
    EVENHAND_ASSIGN(const auto* judge, judges.forScript(path));
    guidance::LintOptions options;
    if (judge != nullptr)
        options.bannedPhrases = [judge](std::string_view spoken, std::string_view) { return bannedIn(*judge, spoken); };
    if (outcomes)
        options.knowsOutcome = [&outcomes](std::string_view code) { return outcomes->find(code) != nullptr; };
    base::SourceProblems ignored;
    if (auto script = guidance::Script::parse(text, inputName(path), ignored))
        scripts.push_back(*std::move(script));
    return guidance::lintScriptText(text, inputName(path), options);
}

int lint(const LintArguments& arguments)
{
    std::vector<guidance::LintFinding> findings;
    std::vector<guidance::Script> scripts;
    PhraseJudges judges(arguments.packs);
    for (const auto& path : arguments.paths) {
        const auto files = filesOf(path);
        if (files.empty())
            return reportError(path + ": holds no scripts (*.yaml)");
        for (const auto& file : files) {
            const auto found = lintFile(file, judges, scripts);
            if (!found)
                return reportError(found.error());
            findings.insert(findings.end(), found->begin(), found->end());
        }
    }
    std::vector<const guidance::Script*> together;
    for (const auto& script : scripts)
        together.push_back(&script);
    const auto across = guidance::lintTogether(together);
    findings.insert(findings.end(), across.begin(), across.end());
    for (const auto& finding : findings)
        std::cout << finding.toString() << '\n';
    return guidance::hasErrors(findings) ? 1 : 0;
}

int run(const RunArguments& arguments)
{
    const auto text = readInput(arguments.script);
    if (!text)
        return reportError(text.error());
    const auto script = guidance::Script::parse(*text, inputName(arguments.script));
    if (!script)
        return reportError(script.error());
    for (const auto& finding : guidance::lintScript(*script))
        if (finding.level == guidance::LintLevel::Error)
            return reportError(finding.place.toString() + ": " + finding.message + " [" + finding.check + "]");
    const auto answersText = readInput(arguments.answers);
    if (!answersText)
        return reportError(answersText.error());
    const auto answers = base::parseJson(*answersText);
    if (!answers)
        return reportError(inputName(arguments.answers) + ": " + answers.error().detail);
    const auto result = guidance::playScript(*script, *answers);
    if (!result)
        return reportError(inputName(arguments.answers) + ": " + result.error().detail);
    std::cout << guidance::toJson(*result).dump() << '\n';
    return 0;
}

} // namespace

void addScriptCommand(CLI::App& app, int& exitStatus)
{
    auto* command = app.add_subcommand("script", "Check and play call scripts");
    command->require_subcommand(1);

    auto lintArguments = std::make_shared<LintArguments>();
    auto* lintCommand = command->add_subcommand("lint", "Say what is wrong with scripts");
    lintCommand->add_option("path", lintArguments->paths, "Script files, folders of scripts, or packs")->required();
    lintCommand->add_option("--pack", lintArguments->packs, "Pack whose phrase rules judge the spoken words; without it the pack a script lies in")
        ->type_name("P")
        ->allow_extra_args(false);
    lintCommand->callback([lintArguments, &exitStatus] { exitStatus = lint(*lintArguments); });

    auto runArguments = std::make_shared<RunArguments>();
    auto* runCommand = command->add_subcommand("run", "Play a script with given answers and print the trace");
    runCommand->add_option("script", runArguments->script, "Script file")->required();
    runCommand->add_option("--answers", runArguments->answers, "JSON file with facts and events; - is standard input")->required();
    runCommand->callback([runArguments, &exitStatus] { exitStatus = run(*runArguments); });
}

} // namespace evenhand::ctl
