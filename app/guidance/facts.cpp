// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/facts.h"

#include <algorithm>
#include <charconv>

namespace evenhand::guidance {

namespace {

constexpr int kDeepestCondition = 16;

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number) : std::nullopt;
}

} // namespace

base::Json toJson(const FactValue& value)
{
    return std::visit([](const auto& plain) { return base::Json(plain); }, value);
}

std::optional<FactValue> factFromJson(const base::Json& json)
{
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_number_integer())
        return json.get<std::int64_t>();
    if (json.is_string())
        return json.get<std::string>();
    return std::nullopt;
}

FactValue factFromScalar(std::string_view text)
{
    if (text == "true" || text == "false")
        return text == "true";
    if (const auto number = wholeNumber(text))
        return *number;
    return std::string(text);
}

Condition Condition::parse(const base::YamlNode& node, base::SourceProblems& problems)
{
    return parseNested(node, problems, 0);
}

Condition Condition::parseNested(const base::YamlNode& node, base::SourceProblems& problems, int depth)
{
    if (depth > kDeepestCondition) {
        node.complain(problems, "conditions are nested too deeply");
        return {};
    }
    if (node.find("fact"))
        return parseComparison(node, problems);
    const auto members = node.members();
    if (members.size() == 1) {
        const auto& [key, value] = members.front();
        if (key.scalar() == "all")
            return parseCombination(Kind::All, value, problems, depth);
        if (key.scalar() == "any")
            return parseCombination(Kind::Any, value, problems, depth);
        if (key.scalar() == "not") {
            Condition negation;
            negation.m_kind = Kind::Not;
            negation.m_parts.push_back(parseNested(value, problems, depth + 1));
            return negation;
        }
    }
    node.complain(problems, "a condition is `{fact: NAME, is: VALUE}` (or in, at_least, at_most, known), `all:`, `any:` or `not:`");
    return {};
}

Condition Condition::parseCombination(Kind kind, const base::YamlNode& node, base::SourceProblems& problems, int depth)
{
    Condition combination;
    combination.m_kind = kind;
    if (!node.isSequence() || node.items().empty())
        node.complain(problems, "`all` and `any` need a list of conditions");
    for (const auto& item : node.items())
        combination.m_parts.push_back(parseNested(item, problems, depth + 1));
    return combination;
}

Condition Condition::parseComparison(const base::YamlNode& node, base::SourceProblems& problems)
{
    Condition comparison;
    int comparisons = 0;
    for (const auto& [key, value] : node.members()) {
        const auto name = key.scalar();
        if (name == "fact") {
            comparison.m_fact = value.scalar();
            continue;
        }
        ++comparisons;
        if (name == "in") {
            comparison.m_kind = Kind::In;
            for (const auto& item : value.items())
                comparison.m_values.push_back(factFromScalar(item.scalar()));
        } else {
            comparison.m_kind = name == "at_least" ? Kind::AtLeast : (name == "at_most" ? Kind::AtMost : (name == "known" ? Kind::Known : Kind::Is));
            comparison.m_values.push_back(factFromScalar(value.scalar()));
            if (name != "is" && comparison.m_kind == Kind::Is)
                key.complain(problems, "unknown comparison `" + name + "`; known: is, in, at_least, at_most, known");
        }
        const auto isKind = [&](std::size_t index) { return !comparison.m_values.empty() && comparison.m_values.front().index() == index; };
        if ((comparison.m_kind == Kind::AtLeast || comparison.m_kind == Kind::AtMost) && !isKind(1))
            value.complain(problems, "`" + name + "` needs a whole number");
        if (comparison.m_kind == Kind::Known && !isKind(0))
            value.complain(problems, "`known` needs true or false");
        if (comparison.m_values.empty())
            value.complain(problems, "`in` needs a list of values");
    }
    if (comparisons != 1 || comparison.m_fact.empty())
        node.complain(problems, "a comparison names one fact and one of is, in, at_least, at_most, known");
    return comparison;
}

bool Condition::holds(const Facts& facts) const
{
    switch (m_kind) {
    case Kind::Always:
        return true;
    case Kind::All:
        return std::all_of(m_parts.begin(), m_parts.end(), [&](const Condition& part) { return part.holds(facts); });
    case Kind::Any:
        return std::any_of(m_parts.begin(), m_parts.end(), [&](const Condition& part) { return part.holds(facts); });
    case Kind::Not:
        return !m_parts.front().holds(facts);
    case Kind::Is:
    case Kind::In:
    case Kind::AtLeast:
    case Kind::AtMost:
    case Kind::Known:
        return compares(facts);
    }
    return false;
}

bool Condition::compares(const Facts& facts) const
{
    const auto found = facts.find(m_fact);
    if (m_kind == Kind::Known)
        return (found != facts.end()) == std::get<bool>(m_values.front());
    if (found == facts.end())
        return false;
    if (m_kind == Kind::Is || m_kind == Kind::In)
        return std::find(m_values.begin(), m_values.end(), found->second) != m_values.end();
    const auto* number = std::get_if<std::int64_t>(&found->second);
    const auto limit = std::get<std::int64_t>(m_values.front());
    return number && (m_kind == Kind::AtLeast ? *number >= limit : *number <= limit);
}

bool Condition::everyPart(bool (Condition::*property)(std::string_view) const, std::string_view fact) const
{
    return std::all_of(m_parts.begin(), m_parts.end(), [&](const Condition& part) { return (part.*property)(fact); });
}

bool Condition::somePart(bool (Condition::*property)(std::string_view) const, std::string_view fact) const
{
    return std::any_of(m_parts.begin(), m_parts.end(), [&](const Condition& part) { return (part.*property)(fact); });
}

bool Condition::implies(std::string_view fact) const
{
    switch (m_kind) {
    case Kind::All:
        return somePart(&Condition::implies, fact);
    case Kind::Any:
        return everyPart(&Condition::implies, fact);
    case Kind::Not:
        return m_parts.front().failureImplies(fact);
    case Kind::Is:
        return m_fact == fact && m_values.front() == FactValue(true);
    case Kind::Always:
    case Kind::In:
    case Kind::AtLeast:
    case Kind::AtMost:
    case Kind::Known:
        return false;
    }
    return false;
}

bool Condition::failureImplies(std::string_view fact) const
{
    switch (m_kind) {
    case Kind::All:
        return everyPart(&Condition::failureImplies, fact);
    case Kind::Any:
        return somePart(&Condition::failureImplies, fact);
    case Kind::Not:
        return m_parts.front().implies(fact);
    case Kind::Always:
    case Kind::Is:
    case Kind::In:
    case Kind::AtLeast:
    case Kind::AtMost:
    case Kind::Known:
        return false;
    }
    return false;
}

void Condition::collectFacts(std::set<std::string>& names) const
{
    if (!m_fact.empty())
        names.insert(m_fact);
    for (const auto& part : m_parts)
        part.collectFacts(names);
}

} // namespace evenhand::guidance
