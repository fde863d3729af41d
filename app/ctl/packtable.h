// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/json.h"
#include "app/compliance/ruleset.h"

namespace evenhand::ctl {

/// How `pack show` prints layered packs: identity, sources, rules with clauses, site options, and what overlays changed.
[[nodiscard]] std::string packsAsTable(const compliance::RuleSet& rules);
[[nodiscard]] base::Json packsAsJson(const compliance::RuleSet& rules);

} // namespace evenhand::ctl
