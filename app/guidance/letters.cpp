// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/letters.h"

#include <algorithm>
#include <set>

#include "app/base/yamlfields.h"
#include "app/guidance/localtextfields.h"
#include "app/guidance/yamlwords.h"

namespace evenhand::guidance {

namespace {

using base::SourceProblems;
using base::YamlFields;
using base::YamlNode;

bool uses(std::string_view text, std::string_view field)
{
    const auto found = mergeUses(text);
    return std::ranges::any_of(found, [field](const MergeUse& use) { return use.name == field; });
}

bool hasScheduleLine(std::string_view text)
{
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (text.substr(at, end - at) == kScheduleLine)
            return true;
        at = end + 1;
    }
    return false;
}

void checkText(const Letter& letter, const std::string& language, const std::string& text, const YamlNode& node, SourceProblems& problems)
{
    for (const auto& use : mergeUses(text)) {
        if (use.name.empty())
            node.complain(problems, "the text in `" + language + "` has a brace without its partner");
        else if (!findMergeField(use.name))
            node.complain(problems, "the text in `" + language + "` uses the field {" + use.name + "}, which does not exist");
    }
    for (const auto& field : letter.mandatory)
        if (!uses(text, field))
            node.complain(problems, "the text in `" + language + "` lacks {" + field + "}, which is mandatory");
    if (letter.isAgreement != hasScheduleLine(text))
        node.complain(problems, letter.isAgreement ? "the agreement in `" + language + "` needs a line [schedule]"
                                                   : "[schedule] in `" + language + "` belongs to agreements only");
}

Letter readLetter(const YamlNode& node, SourceProblems& problems)
{
    YamlFields in(node, problems, "a letter");
    Letter letter;
    letter.code = in.text("code");
    letter.label = readLocalText(in, "label", problems);
    letter.channels = readWords<domain::Channel>(in, "channels", domain::channelFromWord, problems);
    letter.isReminder = in.booleanOr("reminder", false);
    letter.isAgreement = in.booleanOr("agreement", false);
    letter.textKind = in.textOr("text_kind", "");
    letter.mandatory = in.texts("mandatory");
    letter.text = readLocalText(in, "text", problems);
    in.refuseOthers();
    if (letter.channels.empty())
        node.complain(problems, "a letter needs `channels`: message, im, email, letter");
    if (letter.text.empty())
        node.complain(problems, "a letter needs a `text` in at least one language");
    for (const auto& field : letter.mandatory)
        if (!findMergeField(field))
            node.complain(problems, "`mandatory` names the field {" + field + "}, which does not exist");
    for (const auto& [language, words] : letter.text)
        checkText(letter, language, words, node, problems);
    return letter;
}

// A template that exists in one language only would leave the other desk without it.
void checkLanguages(const std::vector<Letter>& letters, const std::vector<YamlNode>& nodes, SourceProblems& problems)
{
    std::set<std::string> languages;
    for (const auto& letter : letters)
        for (const auto& [language, words] : letter.text)
            languages.insert(language);
    for (std::size_t i = 0; i < letters.size(); ++i)
        for (const auto& language : languages)
            if (!letters[i].text.contains(language) || !letters[i].label.contains(language))
                nodes[i].complain(problems, "\"" + letters[i].code + "\" has no label or text in `" + language + "`");
}

} // namespace

std::optional<LetterSet> LetterSet::parse(std::string_view text, const std::string& fileName, SourceProblems& problems)
{
    const auto before = problems.size();
    const auto root = YamlNode::parseText(text, fileName, problems);
    if (!root)
        return std::nullopt;
    YamlFields in(*root, problems, "the letters file");
    LetterSet set;
    const auto nodes = in.items("letters");
    for (const auto& node : nodes) {
        auto letter = readLetter(node, problems);
        if (set.find(letter.code))
            node.complain(problems, "the code \"" + letter.code + "\" is taken");
        set.m_letters.push_back(std::move(letter));
    }
    in.refuseOthers();
    checkLanguages(set.m_letters, nodes, problems);
    return problems.size() == before ? std::optional(std::move(set)) : std::nullopt;
}

const Letter* LetterSet::find(std::string_view code) const
{
    const auto found = std::ranges::find(m_letters, code, &Letter::code);
    return found == m_letters.end() ? nullptr : &*found;
}

FilledLetter fillLetter(const Letter& letter, const MergeData& data, std::string_view language)
{
    auto text = letter.text.find(language);
    if (text == letter.text.end())
        text = letter.text.find("en");
    if (text == letter.text.end())
        text = letter.text.begin();
    if (text == letter.text.end())
        return {};
    const auto runs = fillIn(text->second, data, text->first);
    FilledLetter filled{joined(runs), {}};
    for (const auto& run : runs)
        if (run.kind == TextRun::Kind::Gap && std::ranges::find(filled.gaps, run.field) == filled.gaps.end())
            filled.gaps.push_back(run.field);
    return filled;
}

} // namespace evenhand::guidance
