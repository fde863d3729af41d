// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packtest.h"

#include <algorithm>

#include "app/compliance/contactgate.h"
#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

namespace {

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return "[" + text + "]";
}

std::string shown(const std::optional<base::Instant>& at, const Decision& decision)
{
    const auto zone = base::TimeZone::tryFromName(decision.timeZone);
    return at ? at->toRfc3339(zone ? zone->utcOffsetMinutes(*at) : 0) : std::string("none");
}

std::vector<std::string> objecting(const Decision& decision)
{
    std::vector<std::string> rules;
    for (const auto& reason : decision.reasons)
        rules.push_back(reason.rule);
    std::sort(rules.begin(), rules.end());
    return rules;
}

/// What differs from the expectation; empty: nothing.
std::string difference(const GateExample& example, const Decision& decision)
{
    if (decision.verdict != example.expected)
        return "expected " + std::string(toWord(example.expected)) + ", the gate says " + std::string(toWord(decision.verdict)) + " "
            + listed(objecting(decision));
    if (example.checksNext && decision.nextAllowedAt != example.nextAllowedAt)
        return "expected next " + shown(example.nextAllowedAt, decision) + ", the gate says " + shown(decision.nextAllowedAt, decision);
    const auto counted = decision.reasons.empty() ? std::vector<std::string>() : decision.reasons.front().counted;
    if (example.counted && *example.counted != counted)
        return "expected counted " + listed(*example.counted) + ", the gate says " + listed(counted);
    if (example.reasons) {
        auto expected = *example.reasons;
        std::sort(expected.begin(), expected.end());
        if (expected != objecting(decision))
            return "expected reasons " + listed(expected) + ", the gate says " + listed(objecting(decision));
    }
    return {};
}

const Rule* find(const RuleSet& rules, const std::string& id)
{
    const auto& all = rules.rules();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.id == id; });
    return it == all.end() ? nullptr : &*it;
}

std::string runExample(const GateExample& example, std::shared_ptr<const RuleSet> rules)
{
    return difference(example, ContactGate(std::move(rules)).decide(example.question.intent, example.question.facts, example.question.now));
}

bool isNoticed(const RuleSet& rules, const Rule& mutated, const std::vector<GateExample>& examples)
{
    const auto alone = rules.only(mutated), all = rules.withRule(mutated);
    return std::any_of(examples.begin(), examples.end(), [&](const GateExample& example) {
        return (example.rule == mutated.id || example.rule.empty()) && !runExample(example, example.rule.empty() ? all : alone).empty();
    });
}

} // namespace

void testGateExamples(const RuleSet& rules, PackTestReport& report)
{
    if (rules.packs().empty())
        return;
    const auto whole = std::make_shared<RuleSet>(rules);
    for (const auto& example : rules.packs().back()->examples()) {
        const auto* rule = find(rules, example.rule);
        const auto problem = runExample(example, rule == nullptr ? whole : rules.only(*rule));
        ++(problem.empty() ? report.passed : report.failed);
        if (!problem.empty())
            report.failures.push_back({example.place, (example.rule.empty() ? "" : example.rule + ": ") + "\"" + example.name + "\": " + problem});
    }
}

base::SourceProblems unnoticedMutations(const RuleSet& rules)
{
    base::SourceProblems unnoticed;
    if (rules.packs().empty())
        return unnoticed;
    const auto& pack = *rules.packs().back();
    for (const auto& rule : pack.rules())
        for (const auto& [what, mutated] : mutationsOf(*find(rules, rule.id)))
            if (!isNoticed(rules, mutated, pack.examples()))
                unnoticed.push_back({rule.place, rule.id + ": no example notices " + what});
    return unnoticed;
}

} // namespace evenhand::compliance
