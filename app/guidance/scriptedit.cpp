// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptedit.h"

#include <algorithm>
#include <charconv>

namespace evenhand::guidance {

namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr const char* kMemberIndent = "    ";
constexpr const char* kLanguageIndent = "      ";

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines{{}};
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

std::string joinedLines(const std::vector<std::string>& lines)
{
    std::string text;
    for (std::size_t at = 0; at < lines.size(); ++at)
        text += (at == 0 ? "" : "\n") + lines[at];
    return text;
}

// Double quotes may hold everything; a line break becomes a space, because spoken words have none.
std::string quoted(const std::string& words)
{
    std::string text = "\"";
    for (const char c : words) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return text + '"';
}

const char* nameOf(StepMember member)
{
    switch (member) {
    case StepMember::Title: return "title";
    case StepMember::Text: return "text";
    case StepMember::Hint: return "hint";
    }
    return "";
}

const LocalText& wordsOf(const Step& step, StepMember member)
{
    return member == StepMember::Title ? step.title : member == StepMember::Hint ? step.hint : step.text;
}

bool beginsMember(const std::string& line, const std::string& name)
{
    return line.rfind(kMemberIndent + name + ":", 0) == 0;
}

// The line of a member within a step, counted from 0; -1: it has none.
int lineOf(const std::vector<std::string>& lines, const StepLines& step, const std::string& name)
{
    for (int at = step.first - 1; at < step.end - 1; ++at)
        if (beginsMember(lines[static_cast<std::size_t>(at)], name))
            return at;
    return -1;
}

bool isDeeper(const std::string& line) { return line.rfind(kLanguageIndent, 0) == 0; }

std::string flowLine(StepMember member, const Script& script, const LocalText& words)
{
    std::string line = std::string(kMemberIndent) + nameOf(member) + ": {";
    bool first = true;
    for (const auto& language : script.languages) {
        const auto found = words.find(language);
        if (found == words.end())
            continue;
        line += (first ? "" : ", ") + language + ": " + quoted(found->second);
        first = false;
    }
    return line + "}";
}

// Takes the old lines of a member away and puts the words in their place, in the form each kind of member has in the shipped scripts.
void replaceMember(std::vector<std::string>& lines, int from, int count, StepMember member, const Script& script, const LocalText& words)
{
    auto at = lines.erase(lines.begin() + from, lines.begin() + from + count);
    if (words.empty())
        return;
    if (member != StepMember::Text) {
        lines.insert(at, flowLine(member, script, words));
        return;
    }
    std::vector<std::string> block{std::string(kMemberIndent) + "text:"};
    for (const auto& language : script.languages)
        if (const auto found = words.find(language); found != words.end())
            block.push_back(kLanguageIndent + language + ": " + quoted(found->second));
    lines.insert(at, block.begin(), block.end());
}

// How many lines a member takes; a comment among them would be lost, so it is refused.
Result<int> lengthOf(const std::vector<std::string>& lines, int from)
{
    int count = 1;
    while (from + count < static_cast<int>(lines.size()) && isDeeper(lines[static_cast<std::size_t>(from + count)])) {
        const auto& line = lines[static_cast<std::size_t>(from + count)];
        if (line.find_first_not_of(' ') != std::string::npos && line[line.find_first_not_of(' ')] == '#')
            return fail(ErrorCode::Invalid, "there is a comment among these words; edit the text itself");
        ++count;
    }
    return count;
}

} // namespace

Result<StepLines> linesOfStep(std::string_view text, const Script& script, const std::string& fileName, std::string_view stepId)
{
    const auto* step = script.findStep(stepId);
    if (!step || step->place.file != fileName)
        return fail(ErrorCode::NotFound, "step \"" + std::string(stepId) + "\" is not in this file");
    const auto lines = linesOf(text);
    StepLines found{step->place.line, static_cast<int>(lines.size()) + 1};
    for (int at = found.first; at < static_cast<int>(lines.size()); ++at) {
        const auto& line = lines[static_cast<std::size_t>(at)];
        const bool isNext = line.rfind("  - ", 0) == 0 || (!line.empty() && line.front() != ' ' && line.front() != '#');
        if (isNext) {
            found.end = at + 1;
            break;
        }
    }
    return found;
}

Result<std::string> withWords(const std::string& text, const Script& script, const std::string& fileName, std::string_view stepId, StepMember member,
                              const std::string& language, const std::string& words)
{
    EVENHAND_ASSIGN(const auto step, linesOfStep(text, script, fileName, stepId));
    auto all = wordsOf(*script.findStep(stepId), member);
    if (words.empty() && member != StepMember::Text)
        all.erase(language);
    else
        all.insert_or_assign(language, words);
    auto lines = linesOf(text);
    const int at = lineOf(lines, step, nameOf(member));
    if (at >= 0) {
        EVENHAND_ASSIGN(const auto count, lengthOf(lines, at));
        replaceMember(lines, at, count, member, script, all);
        return joinedLines(lines);
    }
    const int kind = lineOf(lines, step, "kind");
    if (kind < 0)
        return fail(ErrorCode::Invalid, "this step stands on one line; edit the text itself");
    replaceMember(lines, kind + 1, 0, member, script, all);
    return joinedLines(lines);
}

Result<std::string> withNext(const std::string& text, const Script& script, const std::string& fileName, std::string_view stepId, const std::string& target)
{
    EVENHAND_ASSIGN(const auto step, linesOfStep(text, script, fileName, stepId));
    const std::string name = script.findStep(stepId)->kind == StepKind::Branch ? "else" : "next";
    auto lines = linesOf(text);
    const int at = lineOf(lines, step, name);
    if (at < 0)
        return fail(ErrorCode::Invalid, "this step has no `" + name + "` of its own; edit the text itself");
    lines[static_cast<std::size_t>(at)] = kMemberIndent + name + ": " + target;
    return joinedLines(lines);
}

Result<std::string> withNextVersion(const std::string& text)
{
    auto lines = linesOf(text);
    for (auto& line : lines) {
        if (line.rfind("version:", 0) != 0)
            continue;
        auto version = line.substr(8);
        version.erase(std::remove_if(version.begin(), version.end(), [](char c) { return c == '"' || c == ' ' || c == '\''; }), version.end());
        const auto dot = version.rfind('.');
        const auto last = dot == std::string::npos ? std::string() : version.substr(dot + 1);
        int number = 0;
        const auto parsed = std::from_chars(last.data(), last.data() + last.size(), number);
        const bool isNumber = !last.empty() && parsed.ec == std::errc() && parsed.ptr == last.data() + last.size();
        line = "version: \"" + (isNumber ? version.substr(0, dot + 1) + std::to_string(number + 1) : version + ".1") + "\"";
        return joinedLines(lines);
    }
    return fail(ErrorCode::Invalid, "there is no version line");
}

} // namespace evenhand::guidance
