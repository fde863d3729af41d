// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/phraseset.h"

#include <algorithm>
#include <optional>

#include "app/base/yamlfields.h"

namespace evenhand::compliance {

namespace {

std::optional<Severity> severityFromWord(const std::string& word)
{
    for (const auto severity : {Severity::Hint, Severity::Warn, Severity::Block}) {
        if (word == toString(severity))
            return severity;
    }
    return std::nullopt;
}

std::optional<Speaker> speakerFromWord(const std::string& word)
{
    if (word == "agent")
        return Speaker::Agent;
    return word == "debtor" ? std::optional(Speaker::Debtor) : std::nullopt;
}

std::optional<WordEdges> edgesFromWord(const std::string& word)
{
    if (word == "free")
        return WordEdges::Free;
    if (word == "letters")
        return WordEdges::Letters;
    return word == "letters_and_digits" ? std::optional(WordEdges::LettersAndDigits) : std::nullopt;
}

/// "+pinyin" and "-repeat" change the standard set; plain names replace it.
FoldSet readFolds(const base::YamlNode& list, base::SourceProblems& problems)
{
    std::optional<FoldSet> named;
    FoldSet folds = FoldSet::standard();
    for (const auto& item : list.isScalar() ? std::vector<base::YamlNode>{list} : list.items()) {
        const auto word = item.scalar();
        const bool changes = !word.empty() && (word[0] == '+' || word[0] == '-');
        const auto set = FoldSet::parse(changes ? word.substr(1) : word);
        if (!set) {
            item.complain(problems, set.error().detail);
            continue;
        }
        if (!changes)
            named = FoldSet(static_cast<std::uint16_t>((named ? named->bits() : 0) | set->bits()));
        else if (word[0] == '+')
            folds = FoldSet(static_cast<std::uint16_t>(folds.bits() | set->bits()));
        else
            folds = FoldSet(static_cast<std::uint16_t>(folds.bits() & ~set->bits()));
    }
    return named ? *named : folds;
}

std::vector<PhraseExample> readExamples(base::YamlFields& in, std::string_view key)
{
    std::vector<PhraseExample> examples;
    for (const auto& item : in.items(key))
        examples.push_back({item.scalar(), item.place()});
    return examples;
}

void readTexts(base::YamlFields& in, PhraseRule& rule)
{
    rule.clause = in.text("clause") + " (" + in.text("confidence") + ")";
    if (const auto message = in.requiredChild("message")) {
        for (const auto& [language, text] : message->members())
            rule.message[language.scalar()] = text.scalar();
    }
    rule.suggestions = in.texts("suggest");
    rule.phrases = in.texts("phrases");
    rule.exceptions = in.texts("except");
    rule.good = readExamples(in, "good");
    rule.bad = readExamples(in, "bad");
}

PhraseRule readRule(const base::YamlNode& node, const std::vector<std::string>& exceptions, base::SourceProblems& problems)
{
    base::YamlFields in(node, problems, "a phrase rule");
    PhraseRule rule;
    rule.place = node.place();
    rule.id = in.text("id");
    rule.category = in.textOr("category", rule.id.substr(0, rule.id.find('.')));
    rule.severity = in.word<Severity>("severity", severityFromWord, "block, warn, hint").value_or(Severity::Block);
    readTexts(in, rule);
    if (const auto folds = in.child("fold"))
        rule.folds = readFolds(*folds, problems);
    rule.edges = in.word<WordEdges>("words", edgesFromWord, "free, letters, letters_and_digits").value_or(WordEdges::Letters);
    rule.negation = in.booleanOr("negation", true);
    rule.quotation = in.booleanOr("quotation", true);
    rule.speaker = in.word<Speaker>("speaker", speakerFromWord, "agent, debtor").value_or(Speaker::Agent);
    for (const auto& fact : in.texts("true_when"))
        rule.trueWhen.insert(fact);
    rule.requiredIn = in.textOr("required_in", {});
    rule.soundMinimum = static_cast<int>(in.integerOr("sound_minimum", 3, 1, 20));
    rule.exceptions.insert(rule.exceptions.end(), exceptions.begin(), exceptions.end());
    if (rule.phrases.empty())
        node.complain(problems, "rule \"" + rule.id + "\" has no phrases; give at least one under \"phrases\"");
    in.refuseOthers();
    return rule;
}

void complainAboutTwins(const std::vector<PhraseRule>& rules, base::SourceProblems& problems)
{
    std::map<std::string, base::SourcePlace> seen;
    for (const auto& rule : rules) {
        const auto [first, isNew] = seen.emplace(rule.id, rule.place);
        if (!isNew)
            problems.push_back({rule.place, "rule \"" + rule.id + "\" is defined twice; first at " + first->second.toString()});
    }
}

} // namespace

const char* toString(Severity severity)
{
    switch (severity) {
    case Severity::Hint: return "hint";
    case Severity::Warn: return "warn";
    case Severity::Block: return "block";
    }
    return "";
}

base::Result<PhraseSet> PhraseSet::parse(std::string_view yaml, const std::string& fileName)
{
    base::SourceProblems problems;
    PhraseSet set;
    if (const auto root = base::YamlNode::parseText(yaml, fileName, problems)) {
        base::YamlFields in(*root, problems, "a phrase file");
        const auto exceptions = in.texts("except");
        for (const auto& node : in.items("rules"))
            set.m_rules.push_back(readRule(node, exceptions, problems));
        if (!in.has("rules"))
            root->complain(problems, "no \"rules\" in this phrase file");
        in.refuseOthers();
        complainAboutTwins(set.m_rules, problems);
    }
    if (!problems.empty())
        return base::fail(base::ErrorCode::Invalid, base::toLines(problems));
    return set;
}

PhraseSet PhraseSet::fromLists(std::vector<std::string> deny, std::vector<std::string> allow, FoldSet folds, WordEdges edges)
{
    PhraseRule rule;
    rule.id = "adhoc";
    rule.category = "adhoc";
    rule.severity = Severity::Block;
    rule.clause = "ad-hoc list";
    rule.phrases = std::move(deny);
    rule.exceptions = std::move(allow);
    rule.folds = folds;
    rule.edges = edges;
    rule.patterns = false;
    rule.negation = false;
    rule.quotation = false;
    rule.soundMinimum = 1;
    PhraseSet set;
    set.addRule(std::move(rule));
    return set;
}

void PhraseSet::add(const PhraseSet& other)
{
    m_rules.insert(m_rules.end(), other.m_rules.begin(), other.m_rules.end());
}

} // namespace evenhand::compliance
