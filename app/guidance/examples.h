// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/base/json.h"
#include "app/base/yaml.h"

/// The examples a pack carries for its scripts and plans, run as tests.
namespace evenhand::guidance {

struct ExampleReport {
    int passed = 0;
    int failed = 0;
    base::SourceProblems failures;     ///< where the example stands, and what came instead
};

/// Lints the scripts of a pack against its outcomes and plays `<packDirectory>/scripts/tests/*.yaml`:
///
///     script: first_contact
///     transcripts:
///       - {name: …, facts: {…}, events: […], expect: {finished: true, outcome: promise}}
///
/// `expect` holds members of what `evenhandctl script run` prints; those that are not named are not compared.
void testScriptTranscripts(const std::string& packDirectory, ExampleReport& report);

/// Calculates the `examples` of plans.yaml: {name, accounts, offer, role, today, expect}, as in `evenhandctl plan`.
void testPlanTables(const std::string& packDirectory, ExampleReport& report);

/// A YAML value as JSON: true and false, whole numbers, null; everything else is text.
[[nodiscard]] base::Json toJson(const base::YamlNode& node);
/// What in `actual` is not as `expected` says; nullopt: all is. Objects may have more members, lists may not.
[[nodiscard]] std::optional<std::string> differenceFrom(const base::Json& expected, const base::Json& actual, const std::string& path = {});

} // namespace evenhand::guidance
