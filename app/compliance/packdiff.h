// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/compliance/ruleset.h"

namespace evenhand::compliance {

/// What publishing a new version does, in the words a compliance officer signs: in order of weight.
enum class DiffKind {
    Removed,     ///< a rule that bound is gone
    Loosened,    ///< a rule that bound lets more pass
    Added,       ///< a new rule
    Tightened,   ///< a rule lets less pass, or is switched on
    Reworded     ///< text, citation or confidence; nothing else passes or fails than before
};

struct RuleDifference {
    DiffKind kind = DiffKind::Reworded;
    std::string rule;
    std::string member;      ///< empty for a rule that is added or removed
    std::string from;
    std::string to;
};

/// Differences of the rules in force, the heaviest first. What neither tightens nor stays the same counts as loosened. A rule that
/// is switched off binds nobody: adding one is no tightening, removing one no loosening.
[[nodiscard]] std::vector<RuleDifference> compare(const RuleSet& before, const RuleSet& after);

/// One line per difference; a sentence when there is none.
[[nodiscard]] std::string describe(const std::vector<RuleDifference>& differences);

[[nodiscard]] std::string_view toWord(DiffKind kind);

} // namespace evenhand::compliance
