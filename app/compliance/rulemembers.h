// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/compliance/rule.h"

/// The members of a rule in a pack file: how each is read, which direction is stricter, how it is shown. One table, so that a
/// new member cannot be forgotten in one of the three.
namespace evenhand::compliance {

enum class Strictness { Same, Tighter, Looser };

/// One difference between two versions of a rule.
struct MemberChange {
    std::string member;
    std::string from;
    std::string to;
    Strictness strictness = Strictness::Same;
};

/// A complete rule; nullopt and at least one problem otherwise. `examples` is left to the caller.
[[nodiscard]] std::optional<Rule> readRule(const base::YamlNode& node, base::SourceProblems& problems);
/// Sets the members named in a map on a rule that is already complete (what an overlay does).
void applyMembers(Rule& rule, const base::YamlNode& map, base::SourceProblems& problems);
/// What changed, member by member; a change that is neither stricter nor the same counts as looser.
[[nodiscard]] std::vector<MemberChange> compareRules(const Rule& before, const Rule& after);
/// The members of this kind with their values, in the order of the table ("limit 3", "days 1" …), without texts and citations.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> showMembers(const Rule& rule);
/// Variants of the rule in which one number, time or set differs a little: a good table of examples notices each of them.
[[nodiscard]] std::vector<std::pair<std::string, Rule>> mutationsOf(const Rule& rule);

/// Members that a map may have; anything else, and anything twice, is complained about with the list of what is known.
void checkKeys(const base::YamlNode& map, const std::vector<std::string_view>& known, std::string_view what, base::SourceProblems& problems);
/// A map of language → sentence with at least one language.
[[nodiscard]] LocalisedText readTexts(const base::YamlNode& node, base::SourceProblems& problems);

} // namespace evenhand::compliance
