// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packdiff.h"

#include <algorithm>

#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

namespace {

const Rule* ruleIn(const RuleSet& rules, const std::string& id)
{
    const auto found = std::find_if(rules.rules().begin(), rules.rules().end(), [&](const Rule& rule) { return rule.id == id; });
    return found == rules.rules().end() ? nullptr : &*found;
}

std::string summaryOf(const Rule& rule)
{
    std::string text = std::string(toWord(rule.kind)) + ", " + (rule.isEnabled ? std::string(toWord(rule.verdict)) : "off");
    for (const auto& [name, value] : showMembers(rule))
        if (name == "limit" || name == "days" || name == "allowed" || name == "flag")
            text += ", " + name + " " + value;
    return text;
}

DiffKind kindOf(Strictness strictness, const Rule& before, const Rule& after)
{
    if (!before.isEnabled && !after.isEnabled)
        return DiffKind::Reworded;
    if (!before.isEnabled)
        return DiffKind::Tightened;   // it bound nobody so far
    switch (strictness) {
    case Strictness::Same: return DiffKind::Reworded;
    case Strictness::Tighter: return DiffKind::Tightened;
    case Strictness::Looser: return DiffKind::Loosened;
    }
    return DiffKind::Loosened;
}

void addChanges(std::vector<RuleDifference>& all, const Rule& before, const Rule& after)
{
    if (before.kind != after.kind) {   // nothing of the two can be compared
        all.push_back({before.isEnabled ? DiffKind::Removed : DiffKind::Reworded, before.id, {}, summaryOf(before), {}});
        all.push_back({DiffKind::Added, after.id, {}, {}, summaryOf(after)});
        return;
    }
    for (auto& change : compareRules(before, after))
        all.push_back({kindOf(change.strictness, before, after), after.id, std::move(change.member), std::move(change.from), std::move(change.to)});
    if (before.clause != after.clause)
        all.push_back({DiffKind::Reworded, after.id, "clause", before.clause, after.clause});
    if (before.confidence != after.confidence)
        all.push_back({DiffKind::Reworded, after.id, "confidence", std::string(toWord(before.confidence)), std::string(toWord(after.confidence))});
    for (const auto& [language, text] : after.text) {
        const auto old = before.text.find(language);
        if (old == before.text.end() || old->second != text)
            all.push_back({DiffKind::Reworded, after.id, "text." + language, old == before.text.end() ? std::string() : old->second, text});
    }
}

} // namespace

std::vector<RuleDifference> compare(const RuleSet& before, const RuleSet& after)
{
    std::vector<RuleDifference> all;
    for (const auto& rule : before.rules())
        if (ruleIn(after, rule.id) == nullptr)
            all.push_back({rule.isEnabled ? DiffKind::Removed : DiffKind::Reworded, rule.id, {}, summaryOf(rule), {}});
    for (const auto& rule : after.rules()) {
        if (const auto* old = ruleIn(before, rule.id))
            addChanges(all, *old, rule);
        else
            all.push_back({rule.isEnabled ? DiffKind::Added : DiffKind::Reworded, rule.id, {}, {}, summaryOf(rule)});
    }
    std::stable_sort(all.begin(), all.end(), [](const RuleDifference& a, const RuleDifference& b) { return a.kind < b.kind; });
    return all;
}

std::string describe(const std::vector<RuleDifference>& differences)
{
    std::string text;
    for (const auto& d : differences) {
        auto kind = std::string(toWord(d.kind));
        kind.resize(10, ' ');
        text += kind + d.rule + ": ";
        if (d.member.empty())
            text += d.to.empty() ? d.from : d.to;
        else
            text += d.member + " from \"" + d.from + "\" to \"" + d.to + "\"";
        text += "\n";
    }
    return text.empty() ? "no rule differs\n" : text;
}

std::string_view toWord(DiffKind kind)
{
    switch (kind) {
    case DiffKind::Removed: return "removed";
    case DiffKind::Loosened: return "loosened";
    case DiffKind::Added: return "added";
    case DiffKind::Tightened: return "tightened";
    case DiffKind::Reworded: return "reworded";
    }
    return "";
}

} // namespace evenhand::compliance
