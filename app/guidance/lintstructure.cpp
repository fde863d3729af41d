// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "app/guidance/lintchecks.h"

namespace evenhand::guidance {

namespace {

void checkTarget(const Script& script, const std::string& from, const Target& target, LintReport& report)
{
    if (!target.isMissing() && !target.isReturn() && !script.findStep(target.step))
        report.error(target.place, "unknown-target", "\"" + from + "\" leads to \"" + target.step + "\", which does not exist");
}

bool needsNext(const Step& step)
{
    if (step.kind == StepKind::End)
        return false;
    const bool everyAnswerLeads = !step.answers.empty()
        && std::none_of(step.answers.begin(), step.answers.end(), [](const Answer& answer) { return answer.target.isMissing(); });
    return !everyAnswerLeads || !step.when.isAlways();
}

void lintTargets(const Script& script, const Step& step, LintReport& report)
{
    checkTarget(script, step.id, step.next, report);
    for (const auto& answer : step.answers)
        checkTarget(script, step.id, answer.target, report);
    for (const auto& branch : step.cases)
        checkTarget(script, step.id, branch.target, report);
    if (step.next.isMissing() && needsNext(step)) {
        const char* what = step.kind == StepKind::Branch ? "no `else`" : (step.answers.empty() ? "no `next`" : "an answer without `goto`, and no `next`");
        report.error(step.place, "dead-end", "step \"" + step.id + "\" has " + what + ": the conversation stops there");
    }
}

void lintKeys(const Step& step, LintReport& report)
{
    std::set<std::string> keys, ids;
    for (const auto& answer : step.answers) {
        if (!answer.key.empty() && !keys.insert(answer.key).second)
            report.error(answer.place, "duplicate-key", "key \"" + answer.key + "\" stands twice in step \"" + step.id + "\"");
        if (!ids.insert(answer.id).second)
            report.error(answer.place, "duplicate-key", "answer \"" + answer.id + "\" stands twice in step \"" + step.id + "\"");
    }
}

// An objection is raised by its key at any step, so no answer may have the same one.
void lintObjectionKeys(const Script& script, LintReport& report)
{
    for (const auto& objection : script.objections)
        for (const auto& step : script.steps)
            for (const auto& answer : step.answers)
                if (!objection.key.empty() && answer.key == objection.key)
                    report.error(answer.place, "duplicate-key", "key \"" + answer.key + "\" in step \"" + step.id + "\" already raises the objection \"" + objection.id + "\"");
}

void lintDuties(const Script& script, const Step& step, LintReport& report)
{
    const auto duties = dutiesOf(script);
    const auto known = [&duties](const std::string& id) {
        return std::any_of(duties.begin(), duties.end(), [&id](const Duty& duty) { return duty.id == id; });
    };
    const bool declared = std::any_of(script.duties.begin(), script.duties.end(), [&step](const Duty& duty) { return duty.id == step.duty; });
    if (!step.duty.empty() && !declared)
        report.error(step.place, "unknown-duty", "step \"" + step.id + "\" names the duty \"" + step.duty + "\", which `duties` does not list");
    for (const auto& excuse : step.excuses)
        if (excuse != "all" && !known(excuse))
            report.error(step.place, "unknown-duty", "end \"" + step.id + "\" excuses \"" + excuse + "\", which is no duty of this script");
    if (!step.mandated.empty() && !step.required)
        report.error(step.place, "mandated-not-required", "step \"" + step.id + "\" has mandated wording and must be `required: true`");
}

void lintCodes(const Script& script, const LintOptions& options, LintReport& report)
{
    const auto outcome = [&](const std::string& code, const base::SourcePlace& place) {
        if (!code.empty() && options.knowsOutcome && !options.knowsOutcome(code))
            report.error(place, "unknown-outcome", "the pack has no outcome \"" + code + "\"");
    };
    const auto flag = [&](const std::string& word, const base::SourcePlace& place) {
        if (!word.empty() && !domain::flagKindFromWord(word))
            report.error(place, "unknown-flag", "there is no flag \"" + word + "\"");
    };
    outcome(script.hangUpOutcome, script.place);
    for (const auto& step : script.steps) {
        outcome(step.outcome, step.place);
        flag(step.flag, step.place);
        for (const auto& answer : step.answers) {
            outcome(answer.outcome, answer.place);
            flag(answer.flag, answer.place);
        }
    }
}

void lintFills(const Step& step, LintReport& report)
{
    for (const auto& field : step.fields) {
        const auto* merge = findMergeField(field.fills);
        const auto wanted = field.kind == FieldKind::Amount ? MergeKind::Money
            : (field.kind == FieldKind::Date ? MergeKind::Date : (field.kind == FieldKind::Number ? MergeKind::Number : MergeKind::Text));
        if (!field.fills.empty() && !merge)
            report.error(step.place, "unknown-merge-field", "field \"" + field.id + "\" fills {" + field.fills + "}, which does not exist");
        else if (merge && merge->kind != wanted)
            report.error(step.place, "unknown-merge-field", "field \"" + field.id + "\" has another type than {" + field.fills + "}");
    }
}

} // namespace

void lintStructure(const Script& script, const LintOptions& options, LintReport& report)
{
    std::set<std::string> keys;
    for (const auto& objection : script.objections) {
        checkTarget(script, objection.id, objection.target, report);
        if (!objection.key.empty() && !keys.insert(objection.key).second)
            report.error(objection.place, "duplicate-key", "two objections have the key \"" + objection.key + "\"");
    }
    for (const auto& step : script.steps) {
        lintTargets(script, step, report);
        lintKeys(step, report);
        lintDuties(script, step, report);
        lintFills(step, report);
    }
    lintObjectionKeys(script, report);
    lintCodes(script, options, report);
}

} // namespace evenhand::guidance
