// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/yaml.h"
#include "app/compliance/ruleset.h"

namespace evenhand::compliance {

/// What came of running examples of a pack. Each section of `pack test` adds to the same report.
struct PackTestReport {
    int passed = 0;
    int failed = 0;
    base::SourceProblems failures;   ///< where the example stands and what came instead
};

/// Runs the gate examples of the uppermost pack: those of a rule against that rule alone and switched on, the others against all.
void testGateExamples(const RuleSet& rules, PackTestReport& report);

/// Changes each number of each rule of the uppermost pack a little and lists the changes that no example notices.
[[nodiscard]] base::SourceProblems unnoticedMutations(const RuleSet& rules);

} // namespace evenhand::compliance
