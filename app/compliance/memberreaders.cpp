// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/memberreaders.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

using base::SourceProblems;
using base::YamlNode;

namespace {

constexpr int kDaySeconds = 86400;

bool areDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "08:00" or "08:00:00", up to "24:00"; seconds from midnight.
std::optional<int> parseClock(const std::string& text)
{
    const bool hasShape = (text.size() == 5 || text.size() == 8) && text[2] == ':' && (text.size() == 5 || text[5] == ':');
    if (!hasShape || !areDigits(text.substr(0, 2)) || !areDigits(text.substr(3, 2)) || (text.size() == 8 && !areDigits(text.substr(6, 2))))
        return std::nullopt;
    const int hours = std::stoi(text.substr(0, 2)), minutes = std::stoi(text.substr(3, 2));
    const int seconds = text.size() == 8 ? std::stoi(text.substr(6, 2)) : 0;
    const int all = hours * 3600 + minutes * 60 + seconds;
    return minutes < 60 && seconds < 60 && all <= kDaySeconds ? std::optional(all) : std::nullopt;
}

std::optional<int> readClock(const YamlNode& window, const char* name, SourceProblems& problems)
{
    const auto node = window.find(name);
    if (!node) {
        window.complain(problems, std::string("\"") + name + "\" is missing; write for example {from: \"08:00\", until: \"22:00\"}");
        return std::nullopt;
    }
    const auto second = parseClock(node->scalar());
    if (!second)
        node->complain(problems, "\"" + node->scalar() + "\" is not a time of day; write \"HH:MM\" or \"HH:MM:SS\", at most \"24:00\"");
    return second;
}

void readWindow(std::vector<ClockWindow>& windows, const YamlNode& node, SourceProblems& problems)
{
    checkKeys(node, {"from", "until", "until_included"}, "a time window", problems);
    const auto from = readClock(node, "from", problems), until = readClock(node, "until", problems);
    bool isIncluded = false;
    if (const auto flag = node.find("until_included"))
        readYesNo(isIncluded, *flag, problems);
    if (!from || !until)
        return;
    // "until 19:00 included" means the whole second 19:00:00.
    const ClockWindow window{*from, std::min(*until + (isIncluded ? 1 : 0), kDaySeconds)};
    if (window.from >= window.until)
        return node.complain(problems, "the window ends before it begins; write two windows for a time across midnight");
    if (!windows.empty() && window.from < windows.back().until)
        return node.complain(problems, "the windows overlap or are not in order");
    windows.push_back(window);
}

std::string clockText(int second)
{
    std::array<char, 16> text{};
    if (second % 60 == 0)
        std::snprintf(text.data(), text.size(), "%02d:%02d", second / 3600, second / 60 % 60);
    else
        std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    return text.data();
}

} // namespace

void readNumber(int& value, const YamlNode& node, int least, int most, SourceProblems& problems)
{
    const auto number = node.integer();
    if (number && *number >= least && *number <= most)
        value = static_cast<int>(*number);
    else
        node.complain(problems, "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

void readYesNo(bool& value, const YamlNode& node, SourceProblems& problems)
{
    if (const auto read = node.boolean())
        value = *read;
    else
        node.complain(problems, "expected true or false");
}

void readText(std::string& value, const YamlNode& node, SourceProblems& problems)
{
    value = node.scalar();
    if (value.empty())
        node.complain(problems, "expected a text that is not empty");
}

void readWindows(std::vector<ClockWindow>& windows, const YamlNode& node, SourceProblems& problems)
{
    if (!node.isSequence())
        return node.complain(problems, "expected a list of windows like [{from: \"08:00\", until: \"22:00\"}]");
    windows.clear();
    const auto before = problems.size();
    for (const auto& item : node.items())
        readWindow(windows, item, problems);
    if (windows.empty() && problems.size() == before)
        node.complain(problems, "at least one window is needed; to close a channel entirely use a rule of another kind");
}

std::string showWindows(const std::vector<ClockWindow>& windows)
{
    std::string shown;
    for (const auto& window : windows)
        shown += (shown.empty() ? "" : ", ") + clockText(window.from) + "–" + clockText(window.until);
    return shown;
}

bool covers(const std::vector<ClockWindow>& outer, const std::vector<ClockWindow>& inner)
{
    return std::all_of(inner.begin(), inner.end(), [&outer](const ClockWindow& part) {
        return std::any_of(outer.begin(), outer.end(), [&part](const ClockWindow& whole) { return whole.from <= part.from && part.until <= whole.until; });
    });
}

void readConditions(std::array<RoleCondition, 5>& conditions, const YamlNode& node, SourceProblems& problems)
{
    if (!node.isMap())
        return node.complain(problems, "expected a map of role to condition, like {debtor: always, unrelated_third: when_debtor_lost}");
    conditions.fill(RoleCondition::Never);
    for (const auto& [key, value] : node.members()) {
        auto role = domain::PartyRole::Debtor;
        const auto before = problems.size();
        readWord(role, key, kRoleWords, problems);
        auto condition = RoleCondition::Never;
        readWord(condition, value, kConditionWords, problems);
        if (problems.size() == before)
            conditions.at(static_cast<std::size_t>(role)) = condition;
    }
}

std::string showConditions(const std::array<RoleCondition, 5>& conditions)
{
    std::string shown;
    for (std::size_t i = 0; i < conditions.size(); ++i)
        shown += (shown.empty() ? "" : ", ") + std::string(toWord(static_cast<domain::PartyRole>(i))) + " " + std::string(toWord(conditions.at(i)));
    return shown;
}

LocalisedText readTexts(const YamlNode& node, SourceProblems& problems)
{
    LocalisedText texts;
    if (!node.isMap())
        node.complain(problems, "expected a map of language to sentence, like {en: \"…\", zh_CN: \"…\"}");
    else if (node.members().empty())
        node.complain(problems, "at least one language is needed");
    for (const auto& [key, value] : node.members()) {
        std::string text;
        readText(text, value, problems);
        if (!texts.emplace(key.scalar(), std::move(text)).second)
            key.complain(problems, "language \"" + key.scalar() + "\" occurs twice");
    }
    return texts;
}

} // namespace evenhand::compliance
