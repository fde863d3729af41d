// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/yaml.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <yaml-cpp/yaml.h>

namespace evenhand::base {

struct YamlNode::Impl {
    YAML::Node node;
    std::shared_ptr<const std::string> file;
};

std::string SourcePlace::toString() const
{
    return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

Result<YamlNode> YamlNode::parseText(std::string_view text, const std::string& fileName)
{
    SourceProblems problems;
    auto node = parseText(text, fileName, problems);
    if (!node)
        return fail(ErrorCode::Invalid, problems.front().toString());
    return *std::move(node);
}

std::optional<YamlNode> YamlNode::parseText(std::string_view text, const std::string& fileName, SourceProblems& problems)
{
    try {
        auto node = YAML::Load(std::string(text));
        return YamlNode(std::make_shared<const Impl>(Impl{node, std::make_shared<const std::string>(fileName)}));
    } catch (const YAML::Exception& error) {
        problems.push_back({{fileName, std::max(error.mark.line, 0) + 1, std::max(error.mark.column, 0) + 1}, error.msg});
        return std::nullopt;
    }
}

Result<YamlNode> YamlNode::parseFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, path + ": cannot be read");
    std::ostringstream text;
    text << file.rdbuf();
    return parseText(text.str(), path);
}

bool YamlNode::isNull() const { return m_impl->node.IsNull(); }
bool YamlNode::isScalar() const { return m_impl->node.IsScalar(); }
bool YamlNode::isSequence() const { return m_impl->node.IsSequence(); }
bool YamlNode::isMap() const { return m_impl->node.IsMap(); }

SourcePlace YamlNode::place() const
{
    const auto mark = m_impl->node.Mark();
    return {*m_impl->file, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};   // an empty document has no mark
}

std::string YamlNode::scalar() const { return isScalar() ? m_impl->node.Scalar() : std::string(); }

std::optional<std::int64_t> YamlNode::integer() const
{
    std::int64_t value = 0;
    if (!isScalar() || !YAML::convert<std::int64_t>::decode(m_impl->node, value))
        return std::nullopt;
    return value;
}

std::optional<bool> YamlNode::boolean() const
{
    bool value = false;
    if (!isScalar() || !YAML::convert<bool>::decode(m_impl->node, value))
        return std::nullopt;
    return value;
}

std::vector<YamlNode> YamlNode::items() const
{
    std::vector<YamlNode> all;
    if (isSequence())
        for (const auto& item : m_impl->node)
            all.push_back(YamlNode(std::make_shared<const Impl>(Impl{item, m_impl->file})));
    return all;
}

std::vector<std::pair<YamlNode, YamlNode>> YamlNode::members() const
{
    std::vector<std::pair<YamlNode, YamlNode>> all;
    if (isMap())
        for (const auto& member : m_impl->node)
            all.emplace_back(YamlNode(std::make_shared<const Impl>(Impl{member.first, m_impl->file})),
                             YamlNode(std::make_shared<const Impl>(Impl{member.second, m_impl->file})));
    return all;
}

std::optional<YamlNode> YamlNode::find(std::string_view key) const
{
    if (!isMap())
        return std::nullopt;
    for (const auto& member : m_impl->node)
        if (member.first.IsScalar() && member.first.Scalar() == key)
            return YamlNode(std::make_shared<const Impl>(Impl{member.second, m_impl->file}));
    return std::nullopt;
}

} // namespace evenhand::base
