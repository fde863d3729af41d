// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/examples.h"

#include <filesystem>

#include "app/domain/planrules.h"
#include "app/guidance/outcomes.h"
#include "app/guidance/scriptplay.h"
#include "app/guidance/scriptset.h"

namespace evenhand::guidance {

namespace {

using base::Json;
using base::YamlNode;

void count(const base::SourcePlace& place, const std::string& name, const std::optional<std::string>& problem, ExampleReport& report)
{
    ++(problem ? report.failed : report.passed);
    if (problem)
        report.failures.push_back({place, name + ": " + *problem});
}

std::string nameOf(const YamlNode& example)
{
    const auto name = example.find("name");
    return name ? name->scalar() : "example without a name";
}

std::optional<std::string> playOne(const Script& script, const Json& transcript)
{
    if (!transcript.contains("expect"))
        return "there is no `expect`";
    const auto result = playScript(script, transcript);
    if (!result)
        return result.error().detail;
    return differenceFrom(transcript["expect"], toJson(*result));
}

void playFile(const std::string& path, const std::string& scriptFolder, ExampleReport& report)
{
    base::SourceProblems problems;
    const auto text = diskReader()(path);
    const auto root = text ? YamlNode::parseText(*text, path, problems) : std::nullopt;
    const auto scriptName = root ? root->find("script") : std::nullopt;
    if (!scriptName) {
        count({path, 1, 1}, "transcripts", problems.empty() ? std::string("needs `script` and `transcripts`") : problems.front().message, report);
        return;
    }
    const auto script = Script::load(scriptFolder + "/" + scriptName->scalar() + ".yaml");
    if (!script) {
        count(scriptName->place(), "script", script.error().detail, report);
        return;
    }
    const auto transcripts = root->find("transcripts");
    for (const auto& transcript : transcripts ? transcripts->items() : std::vector<YamlNode>())
        count(transcript.place(), nameOf(transcript), playOne(*script, toJson(transcript)), report);
}

std::optional<std::string> calculateOne(const Json& example, const domain::AgreementRules& rules)
{
    if (!example.contains("expect"))
        return "there is no `expect`";
    const auto& expected = example["expect"];
    const auto request = domain::planRequestFromJson(example);
    const auto answer = request ? domain::answerPlanRequest(*request, {rules}) : base::Result<Json>(base::fail(request.error()));
    if (expected.contains("error"))
        return answer ? "was calculated, but should be refused" : differenceFrom(expected["error"], Json(answer.error().detail));
    return answer ? differenceFrom(expected, *answer) : std::optional(answer.error().detail);
}

} // namespace

void testScriptTranscripts(const std::string& packDirectory, ExampleReport& report)
{
    const auto folder = packDirectory + "/scripts";
    if (!std::filesystem::exists(folder))
        return;
    const auto outcomes = OutcomeSet::load(packDirectory);
    if (!outcomes)
        return count({packDirectory + "/outcomes.yaml", 1, 1}, "outcomes", outcomes.error().detail, report);
    LintOptions options;
    options.knowsOutcome = [&outcomes](std::string_view code) { return outcomes->find(code) != nullptr; };
    std::vector<LintFinding> findings;
    const auto set = ScriptSet::load(packDirectory, options, findings);
    report.passed += static_cast<int>(set.all().size());
    for (const auto& finding : findings)
        if (finding.level == LintLevel::Error)
            count(finding.place, finding.check, finding.message, report);
    for (const auto& path : scriptFiles(folder + "/tests"))
        playFile(path, folder, report);
}

void testPlanTables(const std::string& packDirectory, ExampleReport& report)
{
    const auto path = packDirectory + "/plans.yaml";
    const auto text = diskReader()(path);
    if (!text)
        return;
    base::SourceProblems problems;
    const auto rules = domain::AgreementRules::parse(*text, path, problems);
    for (const auto& problem : problems)
        count(problem.place, "plans", problem.message, report);
    const auto root = rules ? YamlNode::parseText(*text, path, problems) : std::nullopt;
    const auto plans = root ? root->find("plans") : std::nullopt;
    const auto examples = plans ? plans->find("examples") : std::nullopt;
    for (const auto& example : examples ? examples->items() : std::vector<YamlNode>())
        count(example.place(), nameOf(example), calculateOne(toJson(example), *rules), report);
}

Json toJson(const YamlNode& node)
{
    if (node.isMap()) {
        auto object = Json::object();
        for (const auto& [key, value] : node.members())
            object[key.scalar()] = toJson(value);
        return object;
    }
    if (node.isSequence()) {
        auto array = Json::array();
        for (const auto& item : node.items())
            array.push_back(toJson(item));
        return array;
    }
    return node.isNull() ? Json() : toJson(factFromScalar(node.scalar()));
}

std::optional<std::string> differenceFrom(const Json& expected, const Json& actual, const std::string& path)
{
    const auto wrong = [&] { return (path.empty() ? "/" : path) + " is " + actual.dump() + ", expected " + expected.dump(); };
    if (expected.is_object() && actual.is_object()) {
        for (const auto& [name, value] : expected.items()) {
            if (!actual.contains(name))
                return path + "/" + name + " is missing, expected " + value.dump();
            if (auto difference = differenceFrom(value, actual[name], path + "/" + name))
                return difference;
        }
        return std::nullopt;
    }
    if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (auto difference = differenceFrom(expected[i], actual[i], path + "/" + std::to_string(i)))
                return difference;
        return std::nullopt;
    }
    return expected == actual ? std::nullopt : std::optional(wrong());
}

} // namespace evenhand::guidance
