// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace evenhand::base {

/// A place in a file, from 1.
struct SourcePlace {
    std::string file;
    int line = 0;
    int column = 0;
    [[nodiscard]] std::string toString() const;   ///< "contact.yaml:14:9"
};

/// One finding about a file written by a person.
struct SourceProblem {
    SourcePlace place;
    std::string message;
    [[nodiscard]] std::string toString() const { return place.toString() + ": " + message; }
};

/// Collects all problems of a file, so that its author sees every one in one run.
using SourceProblems = std::vector<SourceProblem>;

/// A node of a YAML document that knows where it stands. Cheap to copy. Not thread-safe.
class YamlNode {
public:
    [[nodiscard]] static Result<YamlNode> parseText(std::string_view text, const std::string& fileName);   ///< error detail begins FILE:LINE:COL
    [[nodiscard]] static std::optional<YamlNode> parseText(std::string_view text, const std::string& fileName, SourceProblems& problems);
    [[nodiscard]] static Result<YamlNode> parseFile(const std::string& path);

    [[nodiscard]] bool isNull() const;
    [[nodiscard]] bool isScalar() const;
    [[nodiscard]] bool isSequence() const;
    [[nodiscard]] bool isMap() const;
    [[nodiscard]] SourcePlace place() const;

    [[nodiscard]] std::string scalar() const;                                  ///< empty if it is not a scalar
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    [[nodiscard]] std::optional<bool> boolean() const;                         ///< true/false, yes/no, on/off
    [[nodiscard]] std::vector<YamlNode> items() const;                         ///< of a sequence; empty otherwise
    [[nodiscard]] std::vector<std::pair<YamlNode, YamlNode>> members() const;  ///< of a map, in file order; keys are scalars
    [[nodiscard]] std::optional<YamlNode> find(std::string_view key) const;    ///< of a map

    void complain(SourceProblems& problems, std::string message) const { problems.push_back({place(), std::move(message)}); }

private:
    struct Impl;
    explicit YamlNode(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

} // namespace evenhand::base
