// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptflow.h"

#include <deque>

namespace evenhand::guidance {

namespace {

// Whether identity is proven after an answer.
bool identityAfter(const Facts& sets, bool before)
{
    const auto found = sets.find(kRightParty);
    return found == sets.end() ? before : found->second == FactValue(true);
}

FlowPoint pointAt(const Target& target, const FlowPoint& from, bool identity) { return {target.step, from.inObjection, identity}; }

std::vector<FlowMove> branchMoves(const Step& step, const FlowPoint& point)
{
    std::vector<FlowMove> moves;
    bool identity = point.identity;
    for (const auto& one : step.cases) {
        moves.push_back({pointAt(one.target, point, identity || one.when.implies(kRightParty)), false, "case"});
        identity = identity || one.when.failureImplies(kRightParty);
    }
    moves.push_back({pointAt(step.next, point, identity), false, "case"});
    return moves;
}

std::vector<FlowMove> shownMoves(const Script& script, const Step& step, const FlowPoint& point)
{
    std::vector<FlowMove> moves;
    for (const auto& answer : step.answers) {
        const auto& target = answer.target.isMissing() ? step.next : answer.target;
        moves.push_back({pointAt(target, point, identityAfter(answer.sets, point.identity)), true, answer.id});
    }
    if (step.kind == StepKind::Say || step.kind == StepKind::Check) {
        moves.push_back({pointAt(step.next, point, point.identity), true, "continued"});
        if (!step.required)
            moves.push_back({pointAt(step.next, point, point.identity), false, "skipped"});
    }
    if (step.kind == StepKind::Form)
        moves.push_back({pointAt(step.next, point, point.identity), true, "filled"});
    if (step.kind != StepKind::End)
        for (const auto& objection : script.objections)
            moves.push_back({{objection.target.step, true, point.identity || objection.when.implies(kRightParty)}, false, "objection:" + objection.id});
    return moves;
}

} // namespace

FlowPoint flowStart(const Script& script) { return {script.start, false, false}; }

std::vector<FlowMove> movesFrom(const Script& script, const FlowPoint& point)
{
    const auto* step = script.findStep(point.step);
    if (!step)
        return {};
    if (step->kind == StepKind::Branch)
        return branchMoves(*step, point);
    auto shown = point;
    shown.identity = point.identity || step->when.implies(kRightParty);
    auto moves = shownMoves(script, *step, shown);
    if (!step->when.isAlways())
        moves.push_back({pointAt(step->next, point, point.identity || step->when.failureImplies(kRightParty)), false, "hidden"});
    return moves;
}

FlowReach reach(const Script& script, const std::string& avoidDuty)
{
    FlowReach reached;
    std::deque<FlowPoint> open{flowStart(script)};
    reached.emplace(open.front(), std::nullopt);
    while (!open.empty()) {
        const auto point = open.front();
        open.pop_front();
        const auto* step = script.findStep(point.step);
        for (const auto& move : movesFrom(script, point)) {
            const bool fulfils = !avoidDuty.empty() && move.passes && step && dutyOf(*step) == avoidDuty;
            if (!fulfils && reached.emplace(move.to, point).second)
                open.push_back(move.to);
        }
    }
    return reached;
}

std::string describeWay(const FlowReach& reached, const FlowPoint& point)
{
    std::string way = point.step;
    for (auto at = reached.find(point); at != reached.end() && at->second; at = reached.find(*at->second))
        way = at->second->step + " → " + way;
    return way;
}

} // namespace evenhand::guidance
