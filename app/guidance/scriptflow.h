// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/guidance/script.h"

/// Every way through a script, without playing it: which steps can be shown, with or without proven identity, inside or
/// outside an objection. Conditions over other facts are taken as "may hold, may not".
namespace evenhand::guidance {

/// A step as it may be shown.
struct FlowPoint {
    std::string step;
    bool inObjection = false;
    bool identity = false;           ///< `right_party` is certainly true
    friend auto operator<=>(const FlowPoint&, const FlowPoint&) = default;
};

/// One way on from a point.
struct FlowMove {
    FlowPoint to;                    ///< step "return" when it leads back out of an objection
    bool passes = true;              ///< fulfils the duty of the step it leaves
    std::string how;                 ///< answer id, "continued", "skipped", "filled", "objection:ID", "hidden", "case"
};

/// The moves of a sound script (all targets exist).
[[nodiscard]] std::vector<FlowMove> movesFrom(const Script& script, const FlowPoint& point);
[[nodiscard]] FlowPoint flowStart(const Script& script);

/// Which points can be reached, and over which point first.
using FlowReach = std::map<FlowPoint, std::optional<FlowPoint>>;

/// All points that can be reached. With `avoidDuty`, only over ways that do not fulfil that duty.
[[nodiscard]] FlowReach reach(const Script& script, const std::string& avoidDuty = {});
/// "greet → verify → close": the way by which `reach` found the point.
[[nodiscard]] std::string describeWay(const FlowReach& reached, const FlowPoint& point);

} // namespace evenhand::guidance
