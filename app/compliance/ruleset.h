// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/base/yaml.h"
#include "app/compliance/rulepack.h"

namespace evenhand::compliance {

/// One change an upper pack makes to a rule of a lower one, as `pack show` lists it.
struct RuleChange {
    std::string packId;        ///< who changes
    std::string rule;
    std::string member;        ///< "limit", "enabled" …
    std::string from;
    std::string to;
    bool isLoosening = false;
    std::string reason;        ///< of a loosening; never empty then
};

/// The rules of one or more packs, in layers: all of them apply, the strictest decides, and an upper pack may tighten rules of a
/// lower one. Loosening needs `relaxes:` with a reason. Immutable, so it is shared between threads freely.
class RuleSet {
public:
    /// Lowest layer first. Returns null and at least one problem when the packs do not fit together.
    [[nodiscard]] static std::shared_ptr<const RuleSet> layer(std::vector<std::shared_ptr<const RulePack>> packs,
                                                              base::SourceProblems& problems);
    /// Finds, reads and layers packs given by folder or by id of a shipped pack. An overlay brings its base with it. The error
    /// lists all problems, one per line, each beginning FILE:LINE:COL.
    [[nodiscard]] static base::Result<std::shared_ptr<const RuleSet>> load(const std::vector<std::string>& packs);

    [[nodiscard]] const std::vector<std::shared_ptr<const RulePack>>& packs() const { return m_packs; }
    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }          ///< after all changes, switched-off ones too
    [[nodiscard]] const std::vector<RuleChange>& changes() const { return m_changes; }
    [[nodiscard]] const HolidayCalendar* calendar(const std::string& id) const;       ///< null: no such calendar
    [[nodiscard]] std::vector<PackIdentity> identities() const;
    [[nodiscard]] const OverridePolicy& overrides() const { return m_overrides; }
    /// A copy in which one rule is replaced (tests of the packs themselves).
    [[nodiscard]] std::shared_ptr<const RuleSet> withRule(const Rule& rule) const;
    /// A copy with this rule alone, switched on: what the examples of a rule run against.
    [[nodiscard]] std::shared_ptr<const RuleSet> only(const Rule& rule) const;

private:
    void addRules(const RulePack& pack, base::SourceProblems& problems);
    void applyPatches(const RulePack& pack, base::SourceProblems& problems);
    std::vector<std::shared_ptr<const RulePack>> m_packs;
    std::vector<Rule> m_rules;
    std::vector<RuleChange> m_changes;
    OverridePolicy m_overrides;
};

} // namespace evenhand::compliance
