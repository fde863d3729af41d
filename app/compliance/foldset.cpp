// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/foldset.h"

#include <array>
#include <utility>

namespace evenhand::compliance {

namespace {

constexpr std::array<std::pair<std::string_view, FoldStep>, 11> kNames{{
    {"width", FoldStep::Width}, {"case", FoldStep::Case}, {"digits", FoldStep::Digits}, {"letters", FoldStep::Letters},
    {"traditional", FoldStep::Traditional}, {"symbols", FoldStep::Symbols}, {"repeat", FoldStep::Repeat},
    {"pinyin", FoldStep::Pinyin}, {"homophone", FoldStep::Homophone}, {"split", FoldStep::Split}, {"leet", FoldStep::Leet}}};

std::string knownNames()
{
    std::string names;
    for (const auto& [name, step] : kNames)
        names += (names.empty() ? "" : ", ") + std::string(name);
    return names + ", all, none";
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

base::Result<FoldSet> addNamed(FoldSet set, std::string_view name)
{
    if (name == "all")
        return FoldSet::all();
    if (name == "none" || name.empty())
        return set;
    for (const auto& [known, step] : kNames) {
        if (known == name)
            return set.with(step);
    }
    return base::fail(base::ErrorCode::Invalid, "unknown fold \"" + std::string(name) + "\"; known: " + knownNames());
}

} // namespace

base::Result<FoldSet> FoldSet::parse(std::string_view list)
{
    std::vector<std::string> names;
    while (!list.empty()) {
        const auto comma = list.find(',');
        names.emplace_back(trimmed(list.substr(0, comma)));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
    return parse(names);
}

base::Result<FoldSet> FoldSet::parse(const std::vector<std::string>& names)
{
    FoldSet set;
    for (const auto& name : names) {
        EVENHAND_ASSIGN(set, addNamed(set, name));
    }
    return set;
}

std::string FoldSet::toString() const
{
    std::string text;
    for (const auto& [name, step] : kNames) {
        if (has(step))
            text += (text.empty() ? "" : ",") + std::string(name);
    }
    return text.empty() ? "none" : text;
}

} // namespace evenhand::compliance
