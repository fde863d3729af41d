// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/ruleset.h"

#include <algorithm>

#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

using base::ErrorCode;
using base::Result;
using base::SourceProblems;

namespace {

/// Only who both policies trust.
std::vector<std::string> common(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    std::vector<std::string> both;
    std::copy_if(a.begin(), a.end(), std::back_inserter(both), [&b](const std::string& role) { return std::find(b.begin(), b.end(), role) != b.end(); });
    return both;
}

std::string joined(const SourceProblems& problems)
{
    std::string text;
    for (const auto& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.toString();
    return text;
}

/// What the change does, recorded; a loosening without a reason is a problem. A rule that was off bound nobody, so nothing loosens it.
std::vector<RuleChange> judge(const Rule& before, const Rule& after, const RulePatch& patch, const std::string& packId, SourceProblems& problems)
{
    std::vector<RuleChange> changes;
    for (const auto& change : compareRules(before, after)) {
        const bool isLoosening = change.strictness == Strictness::Looser && before.isEnabled;
        if (isLoosening && patch.relaxes.empty())
            problems.push_back({patch.place, "rule \"" + before.id + "\": changing " + change.member + " from \"" + change.from + "\" to \"" + change.to
                                             + "\" loosens it; write \"relaxes:\" with the reason, or tighten instead"});
        changes.push_back({packId, before.id, change.member, change.from, change.to, isLoosening, isLoosening ? patch.relaxes : std::string()});
    }
    return changes;
}

using Packs = std::vector<std::shared_ptr<const RulePack>>;

bool isLoaded(const Packs& packs, const std::string& id)
{
    return std::any_of(packs.begin(), packs.end(), [&](const auto& pack) { return pack->manifest().identity.id == id; });
}

/// Reads one pack and, before it, the packs it is layered over. `chain` are the packs that asked for it.
Result<> loadInto(Packs& packs, const std::string& nameOrFolder, SourceProblems& problems, std::vector<std::string> chain)
{
    EVENHAND_ASSIGN(const auto folder, locatePack(nameOrFolder));
    EVENHAND_ASSIGN(const auto directory, PackDirectory::read(folder));
    const auto pack = RulePack::parse(directory, problems);
    if (!pack)
        return {};   // its problems are on the list; the others are still read
    const auto& manifest = pack->manifest();
    if (std::find(chain.begin(), chain.end(), manifest.identity.id) != chain.end())
        return base::fail(ErrorCode::Invalid, directory.pathOf("pack.yaml") + ": is layered over itself");
    if (isLoaded(packs, manifest.identity.id))
        return {};
    if (!manifest.base.empty() && !isLoaded(packs, manifest.base)) {
        chain.push_back(manifest.identity.id);
        EVENHAND_TRY(loadInto(packs, manifest.base, problems, chain));
    }
    packs.push_back(pack);
    return {};
}

} // namespace

std::shared_ptr<const RuleSet> RuleSet::layer(Packs packs, SourceProblems& problems)
{
    const auto before = problems.size();
    auto set = std::make_shared<RuleSet>();
    bool hasPolicy = false;
    for (const auto& pack : packs) {
        set->addRules(*pack, problems);
        set->applyPatches(*pack, problems);
        const auto& policy = pack->manifest().overrides;
        if (policy && hasPolicy)
            set->m_overrides = {common(set->m_overrides.warn, policy->warn), common(set->m_overrides.hold, policy->hold)};
        else if (policy)
            set->m_overrides = *policy;
        hasPolicy = hasPolicy || policy.has_value();
    }
    set->m_packs = std::move(packs);
    for (const auto& rule : set->m_rules)
        if (rule.kind == RuleKind::Holiday && set->calendar(rule.calendar) == nullptr)
            problems.push_back({rule.place, "rule \"" + rule.id + "\": there is no calendar \"" + rule.calendar + "\" in calendars/"});
    return problems.size() == before ? set : nullptr;
}

void RuleSet::addRules(const RulePack& pack, SourceProblems& problems)
{
    for (const auto& rule : pack.rules()) {
        const auto known = std::find_if(m_rules.begin(), m_rules.end(), [&](const Rule& r) { return r.id == rule.id; });
        if (known != m_rules.end())
            problems.push_back({rule.place, "rule \"" + rule.id + "\" exists already in pack \"" + known->packId
                                            + "\"; to change it, name it under \"changes:\""});
        else
            m_rules.push_back(rule);
    }
}

void RuleSet::applyPatches(const RulePack& pack, SourceProblems& problems)
{
    for (const auto& patch : pack.patches()) {
        const auto rule = std::find_if(m_rules.begin(), m_rules.end(), [&](const Rule& r) { return r.id == patch.rule; });
        if (rule == m_rules.end()) {
            problems.push_back({patch.place, "there is no rule \"" + patch.rule + "\" in the packs below; is \"base:\" in pack.yaml right?"});
            continue;
        }
        const auto before = *rule;
        const auto known = problems.size();
        applyMembers(*rule, patch.set, problems);
        if (problems.size() != known)
            continue;
        auto changes = judge(before, *rule, patch, pack.manifest().identity.id, problems);
        std::move(changes.begin(), changes.end(), std::back_inserter(m_changes));
    }
}

Result<std::shared_ptr<const RuleSet>> RuleSet::load(const std::vector<std::string>& names)
{
    SourceProblems problems;
    Packs packs;
    for (const auto& name : names)
        EVENHAND_TRY(loadInto(packs, name, problems, {}));
    if (problems.empty())
        if (auto set = layer(std::move(packs), problems))
            return set;
    return base::fail(ErrorCode::Invalid, joined(problems));
}

const HolidayCalendar* RuleSet::calendar(const std::string& id) const
{
    // The uppermost pack that has the calendar: a site may ship a newer year.
    for (auto pack = m_packs.rbegin(); pack != m_packs.rend(); ++pack)
        if (const auto found = (*pack)->calendars().find(id); found != (*pack)->calendars().end())
            return &found->second;
    return nullptr;
}

std::vector<PackIdentity> RuleSet::identities() const
{
    std::vector<PackIdentity> all;
    for (const auto& pack : m_packs)
        all.push_back(pack->manifest().identity);
    return all;
}

std::shared_ptr<const RuleSet> RuleSet::withRule(const Rule& rule) const
{
    auto copy = std::make_shared<RuleSet>(*this);
    for (auto& existing : copy->m_rules)
        if (existing.id == rule.id)
            existing = rule;
    return copy;
}

std::shared_ptr<const RuleSet> RuleSet::only(const Rule& rule) const
{
    auto copy = std::make_shared<RuleSet>(*this);
    copy->m_rules = {rule};
    copy->m_rules.front().isEnabled = true;
    return copy;
}

} // namespace evenhand::compliance
