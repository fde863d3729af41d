// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packexamples.h"

#include "app/compliance/memberreaders.h"
#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

using base::Json;
using base::SourceProblems;
using base::YamlNode;

namespace {

Json toJson(const YamlNode& node)
{
    if (node.isMap()) {
        auto object = Json::object();
        for (const auto& [key, value] : node.members())
            object[key.scalar()] = toJson(value);
        return object;
    }
    if (node.isSequence()) {
        auto array = Json::array();
        for (const auto& item : node.items())
            array.push_back(toJson(item));
        return array;
    }
    if (node.isNull())
        return nullptr;
    if (node.scalar() == "true" || node.scalar() == "false")
        return node.scalar() == "true";
    if (const auto number = node.integer())
        return *number;
    return node.scalar();
}

/// Past contacts in short form: defaults filled in, `at_each: [t1, t2]` made into one contact per time, ids h1, h2 … given.
Json expandHistory(const Json& shortForm, const Json& defaults)
{
    auto history = Json::array();
    for (const auto& item : shortForm) {
        auto contact = defaults;
        contact.merge_patch(item);
        const auto times = contact.contains("at_each") ? contact["at_each"] : Json::array({contact.value("at", "")});
        contact.erase("at_each");
        for (const auto& at : times) {
            contact["at"] = at;
            if (!item.contains("id"))
                contact["id"] = "h" + std::to_string(history.size() + 1);
            history.push_back(contact);
        }
    }
    return history;
}

std::optional<std::vector<std::string>> readNames(const YamlNode& example, const char* member)
{
    const auto node = example.find(member);
    if (!node)
        return std::nullopt;
    std::vector<std::string> names;
    for (const auto& item : node->items())
        names.push_back(item.scalar());
    return names;
}

void readQuestion(GateExample& example, const YamlNode& node, const ExampleDefaults& defaults, SourceProblems& problems)
{
    auto facts = defaults.facts;
    if (const auto with = node.find("with"))
        facts.merge_patch(toJson(*with));
    if (const auto now = node.find("now"))
        facts["now"] = now->scalar();
    if (facts.contains("history") && facts["history"].is_array())
        facts["history"] = expandHistory(facts["history"], defaults.history);
    auto question = questionFromJson(facts);
    if (question)
        example.question = std::move(*question);
    else
        node.complain(problems, "example \"" + example.name + "\": " + question.error().detail);
}

void readNext(GateExample& example, const YamlNode& node, SourceProblems& problems)
{
    example.checksNext = true;
    if (node.scalar() == "none")
        return;
    example.nextAllowedAt = base::Instant::tryFromRfc3339(node.scalar());
    if (!example.nextAllowedAt)
        node.complain(problems, "expected a time like 2026-03-03T08:00:00+08:00, or none");
}

} // namespace

ExampleDefaults readExampleDefaults(const YamlNode& contactFile, SourceProblems& problems)
{
    ExampleDefaults defaults;
    const auto read = [&](const char* member, Json& into) {
        const auto node = contactFile.find(member);
        if (node && !node->isMap())
            node->complain(problems, "expected a map of facts, as evenhandctl gate reads them");
        else if (node)
            into = toJson(*node);
    };
    read("example_facts", defaults.facts);
    read("example_history", defaults.history);
    return defaults;
}

std::vector<GateExample> readExamples(const YamlNode& list, const std::string& rule, const ExampleDefaults& defaults, SourceProblems& problems)
{
    if (!list.isSequence())
        list.complain(problems, "expected a list of examples");
    std::vector<GateExample> examples;
    for (const auto& node : list.items()) {
        const auto before = problems.size();
        checkKeys(node, {"name", "now", "with", "expect", "next", "counted", "reasons"}, "an example", problems);
        GateExample example;
        example.rule = rule;
        example.place = node.place();
        const auto name = node.find("name"), expect = node.find("expect");
        if (!name || !expect) {
            node.complain(problems, "an example needs \"name\" and \"expect\"");
            continue;
        }
        readText(example.name, *name, problems);
        readWord(example.expected, *expect, {"decision", "allow, warn, hold, block", &verdictFromWord}, problems);
        if (const auto next = node.find("next"))
            readNext(example, *next, problems);
        example.counted = readNames(node, "counted");
        example.reasons = readNames(node, "reasons");
        readQuestion(example, node, defaults, problems);
        if (problems.size() == before)
            examples.push_back(std::move(example));
    }
    return examples;
}

} // namespace evenhand::compliance
