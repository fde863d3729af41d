// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/yaml.h"
#include "app/compliance/gatejson.h"
#include "app/compliance/packdirectory.h"
#include "app/compliance/rule.h"

namespace evenhand::compliance {

/// A law, standard or circular a pack cites.
struct PackSource {
    std::string id;
    std::string title;
    std::string force;                          ///< law, ministry_rule, standard, self_regulation, regulator_rule, convention
    std::string note;
};

/// Days off by law. Says nothing about days outside its years.
struct HolidayCalendar {
    std::string id;
    int firstYear = 0;
    int lastYear = 0;
    std::string source;
    std::set<base::Date> daysOff;
    [[nodiscard]] bool covers(const base::Date& day) const { return day.year() >= firstYear && day.year() <= lastYear; }
};

/// Which user roles may go on in spite of a warning or a hold. Nobody overrides a block.
struct OverridePolicy {
    std::vector<std::string> warn;
    std::vector<std::string> hold;
};

struct PackManifest {
    PackIdentity identity;
    LocalisedText name;
    std::vector<std::string> jurisdictions;
    std::optional<base::Date> effectiveFrom;
    std::optional<base::Date> effectiveUntil;   ///< last day, if the pack ends
    std::vector<PackSource> sources;
    std::string base;                           ///< id of the pack this one is layered over; empty: it stands alone
    std::optional<OverridePolicy> overrides;
};

/// What an overlay does to a rule below it; applied and judged when packs are layered.
struct RulePatch {
    std::string rule;
    base::YamlNode set;
    std::string relaxes;                        ///< the reason; empty: the change must not loosen anything
    base::SourcePlace place;
};

/// A boundary row: facts, and what the gate must say. Runs against its rule alone, or, without one, against all rules together.
struct GateExample {
    std::string rule;                                     ///< empty: the whole pack
    std::string name;
    GateQuestion question;
    Verdict expected = Verdict::Allow;
    bool checksNext = false;
    std::optional<base::Instant> nextAllowedAt;           ///< with checksNext; absent: not by waiting
    std::optional<std::vector<std::string>> counted;      ///< ids, in order of time, of the reason's contacts
    std::optional<std::vector<std::string>> reasons;      ///< ids of the rules that object, in any order
    base::SourcePlace place;
};

/// A dated, versioned set of rules, read from a folder and refused whole if anything in it is wrong. Immutable.
class RulePack {
public:
    /// Null, and at least one problem, when something is wrong. Every problem of the folder's pack and contact files is listed.
    [[nodiscard]] static std::shared_ptr<const RulePack> parse(const PackDirectory& directory, base::SourceProblems& problems);

    [[nodiscard]] const PackManifest& manifest() const { return m_manifest; }
    [[nodiscard]] const PackDirectory& directory() const { return m_directory; }
    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] const std::vector<RulePatch>& patches() const { return m_patches; }
    [[nodiscard]] const std::vector<GateExample>& examples() const { return m_examples; }
    [[nodiscard]] const std::map<std::string, HolidayCalendar>& calendars() const { return m_calendars; }

private:
    friend class RulePackReader;
    explicit RulePack(PackDirectory directory) : m_directory(std::move(directory)) {}
    PackDirectory m_directory;
    PackManifest m_manifest;
    std::vector<Rule> m_rules;
    std::vector<RulePatch> m_patches;
    std::vector<GateExample> m_examples;
    std::map<std::string, HolidayCalendar> m_calendars;
};

} // namespace evenhand::compliance
