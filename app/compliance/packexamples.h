// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/base/yaml.h"
#include "app/compliance/rulepack.h"

namespace evenhand::compliance {

/// What the examples of a file share: the facts they begin from, and what a past contact is unless said otherwise.
struct ExampleDefaults {
    base::Json facts = base::Json::object();
    base::Json history = base::Json::object();
};

[[nodiscard]] ExampleDefaults readExampleDefaults(const base::YamlNode& contactFile, base::SourceProblems& problems);
/// Reads a list of examples; wrong ones are complained about and left out. `rule` is empty for examples of the whole pack.
[[nodiscard]] std::vector<GateExample> readExamples(const base::YamlNode& list, const std::string& rule, const ExampleDefaults& defaults,
                                                    base::SourceProblems& problems);

} // namespace evenhand::compliance
