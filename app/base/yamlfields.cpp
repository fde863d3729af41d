// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/yamlfields.h"

#include <algorithm>
#include <set>

namespace evenhand::base {

YamlFields::YamlFields(const YamlNode& node, SourceProblems& problems, std::string what)
    : m_node(node), m_problems(problems), m_what(std::move(what))
{
    if (!node.isMap())
        node.complain(problems, m_what + " must be a map of `key: value` lines");
}

bool YamlFields::has(std::string_view key) { return child(key).has_value(); }

std::optional<YamlNode> YamlFields::child(std::string_view key)
{
    m_asked.emplace_back(key);
    auto found = m_node.find(key);
    return found && !found->isNull() ? found : std::nullopt;
}

std::optional<YamlNode> YamlFields::requiredChild(std::string_view key)
{
    auto found = child(key);
    if (!found && m_node.isMap())
        m_node.complain(m_problems, m_what + " needs `" + std::string(key) + "`");
    return found;
}

std::string YamlFields::text(std::string_view key)
{
    const auto found = requiredChild(key);
    if (!found)
        return {};
    if (!found->isScalar() || found->scalar().empty())
        found->complain(m_problems, "`" + std::string(key) + "` must be a text that is not empty");
    return found->scalar();
}

std::string YamlFields::textOr(std::string_view key, std::string fallback)
{
    const auto found = child(key);
    if (!found)
        return fallback;
    if (!found->isScalar())
        found->complain(m_problems, "`" + std::string(key) + "` must be a text");
    return found->scalar();
}

std::int64_t YamlFields::integerOr(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most)
{
    const auto found = child(key);
    if (!found)
        return fallback;
    const auto value = found->integer();
    if (!value)
        found->complain(m_problems, "`" + std::string(key) + "` must be a whole number, not \"" + found->scalar() + "\"");
    else if (*value < least || *value > most)
        found->complain(m_problems, "`" + std::string(key) + "` must be between " + std::to_string(least) + " and " + std::to_string(most));
    return value.value_or(fallback);
}

bool YamlFields::booleanOr(std::string_view key, bool fallback)
{
    const auto found = child(key);
    if (!found)
        return fallback;
    const auto value = found->boolean();
    if (!value)
        found->complain(m_problems, "`" + std::string(key) + "` must be true or false, not \"" + found->scalar() + "\"");
    return value.value_or(fallback);
}

std::vector<YamlNode> YamlFields::items(std::string_view key)
{
    const auto found = child(key);
    if (!found)
        return {};
    if (!found->isSequence())
        found->complain(m_problems, "`" + std::string(key) + "` must be a list");
    return found->items();
}

std::vector<std::string> YamlFields::texts(std::string_view key)
{
    const auto found = child(key);
    if (!found)
        return {};
    if (found->isScalar())
        return {found->scalar()};
    std::vector<std::string> all;
    for (const auto& item : items(key)) {
        if (!item.isScalar())
            item.complain(m_problems, "`" + std::string(key) + "` must hold texts only");
        all.push_back(item.scalar());
    }
    return all;
}

void YamlFields::refuseOthers()
{
    std::set<std::string> seen;
    std::set<std::string> asked(m_asked.begin(), m_asked.end());
    for (const auto& [key, value] : m_node.members()) {
        if (!asked.contains(key.scalar())) {
            std::string known;
            for (const auto& name : asked)
                known += (known.empty() ? "" : ", ") + name;
            key.complain(m_problems, m_what + " has no `" + key.scalar() + "`; known: " + known);
        } else if (!seen.insert(key.scalar()).second) {
            key.complain(m_problems, "`" + key.scalar() + "` stands twice in " + m_what);
        }
    }
}

void YamlFields::complainAbout(const YamlNode& at, std::string_view key, std::string_view known)
{
    at.complain(m_problems, "unknown " + std::string(key) + " \"" + at.scalar() + "\"; known: " + std::string(known));
}

std::string toLines(const SourceProblems& problems)
{
    std::string lines;
    for (const auto& problem : problems)
        lines += (lines.empty() ? "" : "\n") + problem.toString();
    return lines;
}

} // namespace evenhand::base
