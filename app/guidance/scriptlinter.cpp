// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptlinter.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/guidance/lintchecks.h"

namespace evenhand::guidance {

std::string LintFinding::toString() const
{
    return place.toString() + ": " + (level == LintLevel::Error ? "error" : "warning") + ": " + message + " [" + check + "]";
}

std::vector<LintFinding> lintScript(const Script& script, const LintOptions& options)
{
    std::vector<LintFinding> findings;
    LintReport report(findings);
    lintStructure(script, options, report);
    // Paths mean nothing while a step leads nowhere.
    const bool sound = std::none_of(findings.begin(), findings.end(), [](const LintFinding& finding) {
        return finding.check == "unknown-target" || finding.check == "dead-end";
    });
    if (sound)
        lintFlow(script, report);
    lintWords(script, options, report);
    std::stable_sort(findings.begin(), findings.end(), [](const LintFinding& a, const LintFinding& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
    });
    return findings;
}

std::vector<LintFinding> lintScriptText(std::string_view text, const std::string& fileName, const LintOptions& options, const FileReader& reader)
{
    base::SourceProblems problems;
    if (const auto script = Script::parse(text, fileName, problems, reader))
        return lintScript(*script, options);
    std::vector<LintFinding> findings;
    for (const auto& problem : problems)
        findings.push_back({problem.place, LintLevel::Error, "syntax", problem.message});
    return findings;
}

std::vector<LintFinding> lintTogether(const std::vector<const Script*>& scripts)
{
    std::vector<LintFinding> findings;
    LintReport report(findings);
    std::map<std::string, const Script*> byId;
    std::map<std::string, const Step*> byWording;
    for (const auto* script : scripts) {
        if (const auto [other, fresh] = byId.emplace(script->id, script); !fresh)
            report.error(script->place, "duplicate-script", "\"" + script->id + "\" is also the id of " + other->second->place.file);
        for (const auto& step : script->steps) {
            const bool leads = step.continuesWith.empty() || std::any_of(scripts.begin(), scripts.end(), [&step](const Script* other) { return other->id == step.continuesWith; });
            if (!leads)
                report.error(step.place, "unknown-script", "end \"" + step.id + "\" continues with \"" + step.continuesWith + "\", which the pack does not have");
            if (step.mandated.empty())
                continue;
            const auto [other, fresh] = byWording.emplace(step.mandated, &step);
            if (!fresh && other->second->text != step.text)
                report.error(step.place, "mandated-differs",
                             "the mandated wording \"" + step.mandated + "\" differs from " + other->second->place.toString());
        }
    }
    return findings;
}

bool hasErrors(const std::vector<LintFinding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const LintFinding& finding) { return finding.level == LintLevel::Error; });
}

} // namespace evenhand::guidance
