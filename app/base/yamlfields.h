// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"

namespace evenhand::base {

/// Reads the members of one YAML map that a person wrote. Every problem is collected with its place; the readers then give
/// neutral values, so that all problems of a file show in one run:
///
///     YamlFields in(node, problems, "an outcome");
///     outcome.code = in.text("code");
///     in.refuseOthers();
///
/// Keeps references to `problems`; lives as long as one map is read.
class YamlFields {
public:
    /// `what` names the map in messages ("an outcome"). Complains when `node` is not a map.
    YamlFields(const YamlNode& node, SourceProblems& problems, std::string what);

    [[nodiscard]] const YamlNode& node() const { return m_node; }
    [[nodiscard]] bool has(std::string_view key);                                  ///< there and not null
    [[nodiscard]] std::optional<YamlNode> child(std::string_view key);             ///< nullopt when absent or null
    [[nodiscard]] std::optional<YamlNode> requiredChild(std::string_view key);
    [[nodiscard]] std::string text(std::string_view key);                          ///< a scalar that is not empty
    [[nodiscard]] std::string textOr(std::string_view key, std::string fallback);
    [[nodiscard]] std::int64_t integerOr(std::string_view key, std::int64_t fallback,
                                         std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                                         std::int64_t most = std::numeric_limits<std::int64_t>::max());
    [[nodiscard]] bool booleanOr(std::string_view key, bool fallback);
    [[nodiscard]] std::vector<YamlNode> items(std::string_view key);               ///< of a sequence; empty when absent
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);            ///< one scalar or a sequence of scalars
    /// The value of one of the words `known` lists; nullopt when absent or, after a problem, unknown.
    template <class T, class FromWord>
    [[nodiscard]] std::optional<T> word(std::string_view key, FromWord fromWord, std::string_view known)
    {
        const auto node = child(key);
        if (!node)
            return std::nullopt;
        const auto value = fromWord(node->scalar());
        if (!value)
            complainAbout(*node, key, known);
        return value;
    }
    /// Complains about members nobody asked for, and about the same key twice. Call it last.
    void refuseOthers();

private:
    void complainAbout(const YamlNode& at, std::string_view key, std::string_view known);

    YamlNode m_node;
    SourceProblems& m_problems;
    std::string m_what;
    std::vector<std::string> m_asked;
};

/// All problems, a line each.
[[nodiscard]] std::string toLines(const SourceProblems& problems);

} // namespace evenhand::base
