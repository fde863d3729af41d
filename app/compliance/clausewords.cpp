// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/clausewords.h"

#include "app/base/yamlfields.h"

namespace evenhand::compliance {

namespace {

constexpr const char* kClauses = "clauses.yaml";
constexpr std::size_t kMarkLength = 4;   // " (S)"

/// Length of `clause` without the confidence mark that readers of phrases.yaml add.
std::size_t citedLength(std::string_view clause)
{
    const bool marked = clause.size() > kMarkLength && clause[clause.size() - 4] == ' ' && clause[clause.size() - 3] == '(' && clause.back() == ')';
    return marked ? clause.size() - kMarkLength : clause.size();
}

} // namespace

base::Result<> ClauseWords::add(const PackDirectory& pack)
{
    const auto* text = pack.find(kClauses);
    if (!text)
        return {};
    base::SourceProblems problems;
    const auto root = base::YamlNode::parseText(*text, pack.pathOf(kClauses), problems);
    if (root) {
        base::YamlFields file(*root, problems, "the file of clauses");
        for (const auto& item : file.items("clauses")) {
            base::YamlFields in(item, problems, "a clause");
            auto& words = m_words[in.text("cited")];
            for (const auto& [key, value] : item.members()) {
                if (key.scalar() != "cited")
                    words[key.scalar()] = in.text(key.scalar());
            }
            in.refuseOthers();
        }
        file.refuseOthers();
    }
    if (problems.empty())
        return {};
    std::string lines;
    for (const auto& problem : problems)
        lines += (lines.empty() ? "" : "\n") + problem.toString();
    return base::fail(base::ErrorCode::Invalid, lines);
}

std::string ClauseWords::in(std::string_view language, std::string_view clause) const
{
    // A script cites with the mark as part of its text, so the whole is looked for first.
    for (const std::size_t length : {clause.size(), citedLength(clause)}) {
        const auto found = m_words.find(clause.substr(0, length));
        if (found == m_words.end())
            continue;
        if (const auto words = found->second.find(language); words != found->second.end())
            return words->second + std::string(clause.substr(length));
    }
    return {};
}

} // namespace evenhand::compliance
