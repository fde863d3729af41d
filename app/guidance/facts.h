// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/json.h"
#include "app/base/yaml.h"

/// What a conversation knows, and questions about it written as data.
namespace evenhand::guidance {

/// A yes/no, a number or a word.
using FactValue = std::variant<bool, std::int64_t, std::string>;
/// By name, such as `right_party`. A fact that is not there is not known.
using Facts = std::map<std::string, FactValue, std::less<>>;

/// The fact that opens disclosing steps: true once the person on the line is proven to be the party.
inline constexpr const char* kRightParty = "right_party";

[[nodiscard]] base::Json toJson(const FactValue& value);
/// A boolean, an integer or a string; nullopt for anything else.
[[nodiscard]] std::optional<FactValue> factFromJson(const base::Json& json);
/// `true`/`false` are booleans, digits are a number, everything else is a word ("yes" stays the word "yes").
[[nodiscard]] FactValue factFromScalar(std::string_view text);

/// `{fact: willing, is: yes}`, `{fact: dpd, at_least: 90}`, `{fact: x, in: [a, b]}`, `{fact: x, known: true}`, combined by
/// `all:`, `any:` and `not:`. No programming. An unknown fact makes every comparison false.
class Condition {
public:
    Condition() = default;   ///< always true
    [[nodiscard]] static Condition parse(const base::YamlNode& node, base::SourceProblems& problems);

    [[nodiscard]] bool holds(const Facts& facts) const;
    [[nodiscard]] bool isAlways() const { return m_kind == Kind::Always; }
    /// Whether it can only hold when the boolean `fact` is true. Used to prove that a path is open only to the right party.
    [[nodiscard]] bool implies(std::string_view fact) const;
    [[nodiscard]] bool failureImplies(std::string_view fact) const;   ///< the same for the condition not holding
    void collectFacts(std::set<std::string>& names) const;

private:
    enum class Kind { Always, Is, In, AtLeast, AtMost, Known, All, Any, Not };
    [[nodiscard]] static Condition parseNested(const base::YamlNode& node, base::SourceProblems& problems, int depth);
    [[nodiscard]] static Condition parseCombination(Kind kind, const base::YamlNode& node, base::SourceProblems& problems, int depth);
    [[nodiscard]] static Condition parseComparison(const base::YamlNode& node, base::SourceProblems& problems);
    [[nodiscard]] bool everyPart(bool (Condition::*property)(std::string_view) const, std::string_view fact) const;
    [[nodiscard]] bool somePart(bool (Condition::*property)(std::string_view) const, std::string_view fact) const;
    [[nodiscard]] bool compares(const Facts& facts) const;

    Kind m_kind = Kind::Always;
    std::string m_fact;
    std::vector<FactValue> m_values;
    std::vector<Condition> m_parts;
};

} // namespace evenhand::guidance
