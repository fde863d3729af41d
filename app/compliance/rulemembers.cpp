// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/rulemembers.h"

#include <algorithm>
#include <set>

#include "app/compliance/memberreaders.h"

namespace evenhand::compliance {

using base::SourceProblems;
using base::YamlNode;

namespace {

using Kinds = EnumSet<RuleKind>;

constexpr Kinds kinds(std::initializer_list<RuleKind> list)
{
    Kinds set;
    for (const auto kind : list)
        set.add(kind);
    return set;
}

constexpr auto kEvery = Kinds::all();
constexpr auto kHours = kinds({RuleKind::Hours});
constexpr auto kCap = kinds({RuleKind::Cap});
constexpr auto kCounting = kinds({RuleKind::Cap, RuleKind::Cooldown});
constexpr auto kParties = kinds({RuleKind::Parties});
constexpr auto kLiftable = kinds({RuleKind::Hours, RuleKind::Cap, RuleKind::Cooldown, RuleKind::OptOut, RuleKind::Holiday});
constexpr auto kPlace = kinds({RuleKind::PlaceOfContact});
constexpr int kMostDays = 366;

struct MemberSpec {
    std::string_view name;
    Kinds kinds;
    bool isRequired;
    void (*read)(Rule&, const YamlNode&, SourceProblems&);
    Strictness (*compare)(const Rule& before, const Rule& after);
    std::string (*show)(const Rule&);
};

Strictness higherIsTighter(int before, int after)
{
    return after == before ? Strictness::Same : after > before ? Strictness::Tighter : Strictness::Looser;
}

Strictness lowerIsTighter(int before, int after) { return higherIsTighter(after, before); }

template <class Set>
Strictness largerIsTighter(const Set& before, const Set& after)
{
    return before == after ? Strictness::Same : after.contains(before) ? Strictness::Tighter : Strictness::Looser;
}

/// Where the number 0 means "without end": 0 is the largest.
int zeroAsLargest(int value) { return value == 0 ? kMostDays + 1 : value; }

Strictness sameOrLooser(bool isSame) { return isSame ? Strictness::Same : Strictness::Looser; }

Strictness compareWindows(const Rule& before, const Rule& after)
{
    return before.allowed == after.allowed ? Strictness::Same : covers(before.allowed, after.allowed) ? Strictness::Tighter : Strictness::Looser;
}

Strictness compareConditions(const Rule& before, const Rule& after)
{
    if (before.roleConditions == after.roleConditions)
        return Strictness::Same;
    const bool isNowhereLooser = std::equal(before.roleConditions.begin(), before.roleConditions.end(), after.roleConditions.begin(),
                                            [](RoleCondition a, RoleCondition b) { return b >= a; });
    return isNowhereLooser ? Strictness::Tighter : Strictness::Looser;
}

Strictness compareLift(const Rule& before, const Rule& after)
{
    return before.liftedBy == after.liftedBy ? Strictness::Same : after.liftedBy ? Strictness::Looser : Strictness::Tighter;
}

void readLift(Rule& rule, const YamlNode& node, SourceProblems& problems)
{
    rule.liftedBy.reset();
    auto kind = ConsentKind::OutsideHours;
    if (node.scalar() == "none")
        return;
    readWord(kind, node, kConsentWords, problems);
    rule.liftedBy = kind;
}

std::string yesNo(bool value) { return value ? "true" : "false"; }

// Reading and showing of plain members.
#define WORD(member, words) \
    [](Rule& r, const YamlNode& n, SourceProblems& p) { readWord(r.member, n, words, p); }
#define SET(member, words) \
    [](Rule& r, const YamlNode& n, SourceProblems& p) { readSet(r.member, n, words, p); }
#define NUMBER(member, least, most) \
    [](Rule& r, const YamlNode& n, SourceProblems& p) { readNumber(r.member, n, least, most, p); }
#define YES_NO(member) [](Rule& r, const YamlNode& n, SourceProblems& p) { readYesNo(r.member, n, p); }
#define SHOW(expression) [](const Rule& r) { return std::string(expression); }
#define COMPARE(expression) [](const Rule& a, const Rule& b) { return expression; }

const std::vector<MemberSpec>& specs()
{
    static const std::vector<MemberSpec> all{
        {"enabled", kEvery, false, YES_NO(isEnabled), COMPARE(higherIsTighter(a.isEnabled, b.isEnabled)), SHOW(yesNo(r.isEnabled))},
        {"decision", kEvery, true, WORD(verdict, kVerdictWords), COMPARE(higherIsTighter(static_cast<int>(a.verdict), static_cast<int>(b.verdict))),
         SHOW(toWord(r.verdict))},
        {"clause", kEvery, true, [](Rule& r, const YamlNode& n, SourceProblems& p) { readText(r.clause, n, p); }, nullptr, nullptr},
        {"confidence", kEvery, true, WORD(confidence, kConfidenceWords), nullptr, nullptr},
        {"text", kEvery, true, [](Rule& r, const YamlNode& n, SourceProblems& p) { r.text = readTexts(n, p); }, nullptr, nullptr},
        {"channels", kEvery, false, SET(channels, kChannelWords), COMPARE(largerIsTighter(a.channels, b.channels)), SHOW(showSet(r.channels, kChannelWords))},
        {"roles", kEvery, false, SET(roles, kRoleWords), COMPARE(largerIsTighter(a.roles, b.roles)), SHOW(showSet(r.roles, kRoleWords))},
        {"except_purposes", kEvery, false, SET(exceptPurposes, kPurposeWords), COMPARE(largerIsTighter(b.exceptPurposes, a.exceptPurposes)),
         SHOW(showSet(r.exceptPurposes, kPurposeWords))},
        {"allowed", kHours, true, [](Rule& r, const YamlNode& n, SourceProblems& p) { readWindows(r.allowed, n, p); }, &compareWindows,
         SHOW(showWindows(r.allowed))},
        {"count", kCounting, true, WORD(counted, kCountedWords), COMPARE(sameOrLooser(a.counted == b.counted)), SHOW(toWord(r.counted))},
        {"per", kCounting, true, WORD(per, kPerWords), COMPARE(sameOrLooser(a.per == b.per)), SHOW(toWord(r.per))},
        {"limit", kCap, true, NUMBER(limit, 0, 1000), COMPARE(lowerIsTighter(a.limit, b.limit)), SHOW(std::to_string(r.limit))},
        {"days", kCounting, true, NUMBER(days, 0, kMostDays), COMPARE(higherIsTighter(zeroAsLargest(a.days), zeroAsLargest(b.days))),
         SHOW(std::to_string(r.days))},
        {"min_duration_s", kCounting, false, NUMBER(minDurationS, 0, 3600), COMPARE(lowerIsTighter(a.minDurationS, b.minDurationS)),
         SHOW(std::to_string(r.minDurationS))},
        {"direction", kCounting, false, WORD(directions, kDirectionWords),
         COMPARE(higherIsTighter(static_cast<int>(a.directions), static_cast<int>(b.directions))), SHOW(toWord(r.directions))},
        {"exclude_results", kCounting, false, SET(excludeResults, kResultWords), COMPARE(largerIsTighter(b.excludeResults, a.excludeResults)),
         SHOW(showSet(r.excludeResults, kResultWords))},
        {"lifted_by", kLiftable, false, &readLift, &compareLift, SHOW(r.liftedBy ? toWord(*r.liftedBy) : "none")},
        {"consent_days", kLiftable, false, NUMBER(consentDays, 0, kMostDays),
         COMPARE(lowerIsTighter(zeroAsLargest(a.consentDays), zeroAsLargest(b.consentDays))), SHOW(std::to_string(r.consentDays))},
        {"conditions", kParties, true, [](Rule& r, const YamlNode& n, SourceProblems& p) { readConditions(r.roleConditions, n, p); },
         &compareConditions, SHOW(showConditions(r.roleConditions))},
        {"lost_after_failed_dials", kParties, false, NUMBER(failedDials, 0, 100),
         COMPARE(higherIsTighter(zeroAsLargest(a.failedDials), zeroAsLargest(b.failedDials))), SHOW(std::to_string(r.failedDials))},
        {"lost_after_failed_days", kParties, false, NUMBER(failedDays, 0, 100),
         COMPARE(higherIsTighter(zeroAsLargest(a.failedDays), zeroAsLargest(b.failedDays))), SHOW(std::to_string(r.failedDays))},
        {"of", kinds({RuleKind::OptOut}), true, WORD(optOutOf, kOptOutWords), COMPARE(sameOrLooser(a.optOutOf == b.optOutOf)), SHOW(toWord(r.optOutOf))},
        {"flag", kinds({RuleKind::Hold}), true, WORD(flag, kFlagWords), COMPARE(sameOrLooser(a.flag == b.flag)), SHOW(toWord(r.flag))},
        {"sources", kinds({RuleKind::Source}), true, SET(sources, kSourceWords), COMPARE(largerIsTighter(b.sources, a.sources)),
         SHOW(showSet(r.sources, kSourceWords))},
        {"refused", kinds({RuleKind::PointStatus}), true, SET(statuses, kStatusWords), COMPARE(largerIsTighter(a.statuses, b.statuses)),
         SHOW(showSet(r.statuses, kStatusWords))},
        {"places", kPlace, true, SET(places, kPlaceWords), COMPARE(largerIsTighter(a.places, b.places)), SHOW(showSet(r.places, kPlaceWords))},
        {"only_when_barred", kPlace, false, YES_NO(onlyWhenBarred), COMPARE(lowerIsTighter(a.onlyWhenBarred, b.onlyWhenBarred)),
         SHOW(yesNo(r.onlyWhenBarred))},
        {"min_visitors", kinds({RuleKind::Crew}), true, NUMBER(minVisitors, 1, 20), COMPARE(higherIsTighter(a.minVisitors, b.minVisitors)),
         SHOW(std::to_string(r.minVisitors))},
        {"passes_when_unknown", kinds({RuleKind::Recording}), false, YES_NO(passesWhenUnknown),
         COMPARE(lowerIsTighter(a.passesWhenUnknown, b.passesWhenUnknown)), SHOW(yesNo(r.passesWhenUnknown))},
        {"keep_here_days", kinds({RuleKind::Recording}), false, NUMBER(keepHereDays, 0, kMostDays),
         COMPARE(higherIsTighter(a.keepHereDays, b.keepHereDays)), SHOW(std::to_string(r.keepHereDays))},
        {"calendar", kinds({RuleKind::Holiday}), true, [](Rule& r, const YamlNode& n, SourceProblems& p) { readText(r.calendar, n, p); },
         COMPARE(sameOrLooser(a.calendar == b.calendar)), SHOW(r.calendar)},
    };
    return all;
}

#undef WORD
#undef SET
#undef NUMBER
#undef YES_NO
#undef SHOW
#undef COMPARE

std::vector<std::string_view> namesFor(RuleKind kind)
{
    std::vector<std::string_view> names{"id", "kind", "examples"};
    for (const auto& spec : specs())
        if (spec.kinds.has(kind))
            names.push_back(spec.name);
    return names;
}

std::string ruleOf(RuleKind kind) { return "a rule of kind " + std::string(toWord(kind)); }

const MemberSpec* specOf(std::string_view name, RuleKind kind)
{
    for (const auto& spec : specs())
        if (spec.name == name && spec.kinds.has(kind))
            return &spec;
    return nullptr;
}

void checkCombination(const Rule& rule, const YamlNode& node, SourceProblems& problems)
{
    if (rule.kind == RuleKind::Cooldown && rule.days == 0)
        node.complain(problems, "a cooldown needs \"days\" of at least 1");
    if (rule.consentDays > 0 && !rule.liftedBy)
        node.complain(problems, "\"consent_days\" says nothing without \"lifted_by\"");
    if (rule.minDurationS > 0 && rule.counted != Counted::Conversations)
        node.complain(problems, "\"min_duration_s\" only fits \"count: conversations\"");
}

} // namespace

void checkKeys(const YamlNode& map, const std::vector<std::string_view>& known, std::string_view what, SourceProblems& problems)
{
    if (!map.isMap())
        return map.complain(problems, "expected a map: " + std::string(what));
    std::set<std::string> seen;
    for (const auto& [key, value] : map.members()) {
        const auto name = key.scalar();
        if (!seen.insert(name).second)
            key.complain(problems, "\"" + name + "\" occurs twice in " + std::string(what));
        if (std::find(known.begin(), known.end(), name) != known.end())
            continue;
        std::string list;
        for (const auto& word : known)
            list += (list.empty() ? "" : ", ") + std::string(word);
        key.complain(problems, "unknown member \"" + name + "\" of " + std::string(what) + "; known: " + list);
    }
}

std::optional<Rule> readRule(const YamlNode& node, SourceProblems& problems)
{
    const auto before = problems.size();
    Rule rule;
    rule.place = node.place();
    const auto id = node.find("id"), kind = node.find("kind");
    if (!node.isMap() || !id || !kind) {
        node.complain(problems, "a rule needs \"id\" and \"kind\"");
        return std::nullopt;
    }
    readText(rule.id, *id, problems);
    readWord(rule.kind, *kind, kKindWords, problems);
    if (problems.size() != before)
        return std::nullopt;   // without the kind nothing else can be judged
    checkKeys(node, namesFor(rule.kind), ruleOf(rule.kind), problems);
    for (const auto& spec : specs()) {
        if (!spec.kinds.has(rule.kind))
            continue;
        if (const auto value = node.find(spec.name))
            spec.read(rule, *value, problems);
        else if (spec.isRequired)
            node.complain(problems, "rule \"" + rule.id + "\": \"" + std::string(spec.name) + "\" is missing");
    }
    checkCombination(rule, node, problems);
    return problems.size() == before ? std::optional(rule) : std::nullopt;
}

void applyMembers(Rule& rule, const YamlNode& map, SourceProblems& problems)
{
    auto known = namesFor(rule.kind);
    known.erase(known.begin(), known.begin() + 3);   // what a rule is called and what it is about stays
    checkKeys(map, known, "a change to " + ruleOf(rule.kind), problems);
    const auto before = problems.size();
    for (const auto& [key, value] : map.members())
        if (const auto* spec = specOf(key.scalar(), rule.kind))
            spec->read(rule, value, problems);
    if (problems.size() == before)
        checkCombination(rule, map, problems);
}

std::vector<MemberChange> compareRules(const Rule& before, const Rule& after)
{
    std::vector<MemberChange> changes;
    for (const auto& spec : specs()) {
        if (!spec.kinds.has(before.kind) || spec.compare == nullptr)
            continue;
        const auto strictness = spec.compare(before, after);
        if (strictness != Strictness::Same)
            changes.push_back({std::string(spec.name), spec.show(before), spec.show(after), strictness});
    }
    return changes;
}

std::vector<std::pair<std::string, std::string>> showMembers(const Rule& rule)
{
    std::vector<std::pair<std::string, std::string>> shown;
    for (const auto& spec : specs())
        if (spec.kinds.has(rule.kind) && spec.show != nullptr)
            shown.emplace_back(std::string(spec.name), spec.show(rule));
    return shown;
}

namespace {

void mutateNumber(std::vector<std::pair<std::string, Rule>>& all, const Rule& rule, const char* name, int Rule::*member, int least)
{
    for (const int delta : {-1, 1}) {
        Rule changed = rule;
        changed.*member += delta;
        if (changed.*member >= least)
            all.emplace_back(std::string(name) + (delta > 0 ? " + 1" : " - 1"), std::move(changed));
    }
}

void mutateWindows(std::vector<std::pair<std::string, Rule>>& all, const Rule& rule)
{
    for (std::size_t i = 0; i < rule.allowed.size(); ++i)
        for (const int delta : {-1, 1}) {
            auto begins = rule, ends = rule;
            begins.allowed[i].from += delta;
            ends.allowed[i].until += delta;
            const std::string by = delta > 0 ? " one second later" : " one second earlier";
            // The ends of the day are nobody's choice.
            if (rule.allowed[i].from > 0)
                all.emplace_back("allowed from" + by, std::move(begins));
            if (rule.allowed[i].until < 86400)
                all.emplace_back("allowed until" + by, std::move(ends));
        }
}

} // namespace

std::vector<std::pair<std::string, Rule>> mutationsOf(const Rule& rule)
{
    std::vector<std::pair<std::string, Rule>> all;
    if (rule.kind == RuleKind::Cap)
        mutateNumber(all, rule, "limit", &Rule::limit, 0);
    if (rule.kind == RuleKind::Cap || rule.kind == RuleKind::Cooldown)
        mutateNumber(all, rule, "days", &Rule::days, rule.kind == RuleKind::Cap ? 0 : 1);
    if (rule.minDurationS > 0)
        mutateNumber(all, rule, "min_duration_s", &Rule::minDurationS, 0);
    if (rule.consentDays > 0)
        mutateNumber(all, rule, "consent_days", &Rule::consentDays, 1);
    if (rule.failedDials > 0)
        mutateNumber(all, rule, "lost_after_failed_dials", &Rule::failedDials, 1);
    if (rule.failedDays > 0)
        mutateNumber(all, rule, "lost_after_failed_days", &Rule::failedDays, 1);
    if (rule.kind == RuleKind::Crew)
        mutateNumber(all, rule, "min_visitors", &Rule::minVisitors, 0);
    mutateWindows(all, rule);
    return all;
}

} // namespace evenhand::compliance
