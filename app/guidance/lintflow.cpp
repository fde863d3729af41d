// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <deque>
#include <set>

#include "app/guidance/lintchecks.h"
#include "app/guidance/scriptflow.h"

namespace evenhand::guidance {

namespace {

bool isExit(const Script& script, const FlowPoint& point)
{
    const auto* step = script.findStep(point.step);
    return point.step == "return" || (step && step->kind == StepKind::End);
}

void lintUnreachable(const Script& script, const FlowReach& reached, LintReport& report)
{
    std::set<std::string> steps;
    for (const auto& [point, from] : reached)
        steps.insert(point.step);
    for (const auto& step : script.steps)
        if (!steps.contains(step.id))
            report.error(step.place, "unreachable", "no way leads to step \"" + step.id + "\"");
}

void lintReturns(const Script& script, const FlowReach& reached, LintReport& report)
{
    for (const auto& [point, from] : reached)
        if (point.step == "return" && !point.inObjection && from)
            report.error(script.findStep(from->step)->place, "misplaced-return",
                         "step \"" + from->step + "\" returns, but is also reached without an objection (" + describeWay(reached, point) + ")");
}

void lintExits(const Script& script, const FlowReach& reached, LintReport& report)
{
    std::map<FlowPoint, std::vector<FlowPoint>> before;
    std::deque<FlowPoint> open;
    std::set<FlowPoint> leaves;
    for (const auto& [point, from] : reached) {
        // A way out through somebody else's objection does not count: the agent cannot raise it.
        for (const auto& move : movesFrom(script, point))
            if (move.how.rfind("objection:", 0) != 0)
                before[move.to].push_back(point);
        if (isExit(script, point) && leaves.insert(point).second)
            open.push_back(point);
    }
    while (!open.empty()) {
        const auto point = open.front();
        open.pop_front();
        for (const auto& earlier : before[point])
            if (leaves.insert(earlier).second)
                open.push_back(earlier);
    }
    std::set<std::string> told;
    for (const auto& [point, from] : reached)
        if (!leaves.contains(point) && told.insert(point.step).second)
            report.error(script.findStep(point.step)->place, "no-exit", "from step \"" + point.step + "\" no end can be reached: the conversation runs in a circle");
}

// Steps that are passed without being shown: a circle of them would never show anything.
std::vector<std::string> silentWays(const Step& step)
{
    std::vector<std::string> ways;
    for (const auto& one : step.cases)
        ways.push_back(one.target.step);
    if (step.kind == StepKind::Branch || !step.when.isAlways())
        ways.push_back(step.next.step);
    return ways;
}

bool silentlyReaches(const Script& script, const std::string& from, const std::string& wanted, std::set<std::string>& seen)
{
    const auto* step = script.findStep(from);
    if (!step)
        return false;
    for (const auto& way : silentWays(*step))
        if (way == wanted || (seen.insert(way).second && silentlyReaches(script, way, wanted, seen)))
            return true;
    return false;
}

void lintSilentLoops(const Script& script, LintReport& report)
{
    for (const auto& step : script.steps) {
        std::set<std::string> seen;
        if (silentlyReaches(script, step.id, step.id, seen))
            report.error(step.place, "silent-loop", "step \"" + step.id + "\" can lead back to itself without showing anything");
    }
}

void lintDisclosure(const Script& script, const FlowReach& reached, LintReport& report)
{
    std::set<std::string> told;
    for (const auto& [point, from] : reached) {
        const auto* step = script.findStep(point.step);
        if (step && step->disclosing && !point.identity && !step->when.implies(kRightParty) && told.insert(step->id).second)
            report.error(step->place, "disclosure-before-identity",
                         "step \"" + step->id + "\" discloses and can be reached before the right party is confirmed: " + describeWay(reached, point));
    }
}

// Whoever walks the main way to an end must say which duties that end does without.
void lintExcuseAll(const Script& script, const FlowReach& reached, LintReport& report)
{
    std::set<std::string> told;
    for (const auto& [point, from] : reached) {
        const auto* step = script.findStep(point.step);
        const bool all = step && std::find(step->excuses.begin(), step->excuses.end(), "all") != step->excuses.end();
        if (all && !point.inObjection && told.insert(step->id).second)
            report.error(step->place, "excuse-all", "end \"" + step->id + "\" excuses all duties, but is reached without an objection: " + describeWay(reached, point));
    }
}

void lintEndDuties(const Script& script, LintReport& report)
{
    for (const auto& duty : dutiesOf(script)) {
        const bool fulfilled = std::any_of(script.steps.begin(), script.steps.end(), [&duty](const Step& step) { return dutyOf(step) == duty.id; });
        if (!fulfilled)
            report.error(script.place, "missing-duty", "no step fulfils the duty \"" + duty.id + "\"");
        const auto without = reach(script, duty.id);
        std::set<std::string> told;
        for (const auto& [point, from] : without) {
            const auto* step = script.findStep(point.step);
            const bool excused = !step || step->kind != StepKind::End || excuses(*step, duty.id);
            if (!excused && fulfilled && told.insert(step->id).second)
                report.error(step->place, "missing-duty", "end \"" + step->id + "\" can be reached without \"" + duty.id + "\": " + describeWay(without, point));
        }
    }
}

} // namespace

void lintFlow(const Script& script, LintReport& report)
{
    const auto reached = reach(script);
    lintUnreachable(script, reached, report);
    lintReturns(script, reached, report);
    lintExits(script, reached, report);
    lintSilentLoops(script, report);
    lintDisclosure(script, reached, report);
    lintExcuseAll(script, reached, report);
    lintEndDuties(script, report);
}

} // namespace evenhand::guidance
