// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/rulepack.h"

#include <algorithm>
#include <charconv>

#include "app/compliance/memberreaders.h"
#include "app/compliance/packexamples.h"
#include "app/compliance/rulemembers.h"

namespace evenhand::compliance {

using base::SourceProblems;
using base::YamlNode;

namespace {

constexpr std::string_view kForces[] = {"law", "ministry_rule", "regulator_rule", "standard", "self_regulation", "convention"};
constexpr std::string_view kUserRoles[] = {"agent", "field", "supervisor", "qa", "admin", "auditor"};

template <std::size_t N>
bool isOneOf(const std::string_view (&words)[N], std::string_view word)
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool isPackId(std::string_view id)
{
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// An error of the parser, "FILE:LINE:COL: message", as a problem with a place.
base::SourceProblem problemOf(const base::Error& error, const std::string& file)
{
    base::SourceProblem problem{{file, 1, 1}, error.detail};
    if (error.detail.rfind(file + ":", 0) != 0)
        return problem;
    const char* at = error.detail.data() + file.size() + 1;
    const char* end = error.detail.data() + error.detail.size();
    const auto line = std::from_chars(at, end, problem.place.line);
    if (line.ec != std::errc() || line.ptr == end)
        return problem;
    const auto column = std::from_chars(line.ptr + 1, end, problem.place.column);
    problem.message = "not valid YAML: " + std::string(std::min(column.ptr + 2, end), end);
    return problem;
}

void readDate(std::optional<base::Date>& date, const YamlNode& node, SourceProblems& problems)
{
    date = base::Date::tryFromIso(node.scalar());
    if (!date)
        node.complain(problems, "expected a date like 2026-01-30");
}

PackSource readSource(const YamlNode& node, SourceProblems& problems)
{
    checkKeys(node, {"id", "title", "force", "note"}, "a source", problems);
    PackSource source;
    const auto read = [&](const char* name, std::string& into, bool isRequired) {
        if (const auto value = node.find(name))
            readText(into, *value, problems);
        else if (isRequired)
            node.complain(problems, std::string("\"") + name + "\" of a source is missing");
    };
    read("id", source.id, true);
    read("title", source.title, true);
    read("force", source.force, true);
    read("note", source.note, false);
    if (!source.force.empty() && !isOneOf(kForces, source.force))
        node.complain(problems, "unknown force \"" + source.force + "\"; known: law, ministry_rule, regulator_rule, standard, self_regulation, convention");
    return source;
}

std::vector<std::string> readUserRoles(const YamlNode& node, SourceProblems& problems)
{
    std::vector<std::string> roles;
    for (const auto& item : node.items()) {
        if (!isOneOf(kUserRoles, item.scalar()))
            item.complain(problems, "unknown user role \"" + item.scalar() + "\"; known: agent, field, supervisor, qa, admin, auditor");
        roles.push_back(item.scalar());
    }
    if (!node.isSequence())
        node.complain(problems, "expected a list of user roles; [] for nobody");
    return roles;
}

HolidayCalendar readCalendar(const YamlNode& file, SourceProblems& problems)
{
    HolidayCalendar calendar;
    checkKeys(file, {"id", "first_year", "last_year", "source", "days_off"}, "a holiday calendar", problems);
    const auto id = file.find("id"), first = file.find("first_year"), last = file.find("last_year"), source = file.find("source"),
               days = file.find("days_off");
    if (!id || !first || !last || !source || !days) {
        file.complain(problems, "a holiday calendar needs id, first_year, last_year, source and days_off");
        return calendar;
    }
    readText(calendar.id, *id, problems);
    readNumber(calendar.firstYear, *first, 1949, 2199, problems);
    readNumber(calendar.lastYear, *last, 1949, 2199, problems);
    readText(calendar.source, *source, problems);
    for (const auto& item : days->items()) {
        std::optional<base::Date> day;
        readDate(day, item, problems);
        if (day && !calendar.covers(*day))
            item.complain(problems, "this day is outside the years of the calendar");
        if (day && !calendar.daysOff.insert(*day).second)
            item.complain(problems, "this day occurs twice");
    }
    return calendar;
}

} // namespace

/// Reads the files of one pack into a RulePack; keeps going after a problem, so that all of them are found.
class RulePackReader {
public:
    RulePackReader(RulePack& pack, SourceProblems& problems) : m_pack(pack), m_problems(problems) {}

    void run()
    {
        if (const auto manifest = open("pack.yaml"))
            readManifest(*manifest);
        else if (m_pack.m_directory.find("pack.yaml") == nullptr)
            m_problems.push_back({{m_pack.m_directory.pathOf("pack.yaml"), 1, 1}, "a pack needs this file"});
        for (const auto& [path, content] : m_pack.m_directory.files())
            if (path.rfind("calendars/", 0) == 0 && path.ends_with(".yaml"))
                if (const auto file = open(path))
                    addCalendar(readCalendar(*file, m_problems), *file);
        if (const auto contact = open("contact.yaml"))
            readContact(*contact);
    }

private:
    std::optional<YamlNode> open(const std::string& path)
    {
        const auto* content = m_pack.m_directory.find(path);
        if (content == nullptr)
            return std::nullopt;
        const auto name = m_pack.m_directory.pathOf(path);
        auto node = YamlNode::parseText(*content, name);
        if (!node) {
            m_problems.push_back(problemOf(node.error(), name));
            return std::nullopt;
        }
        if (!node->isMap()) {
            m_problems.push_back({{name, 1, 1}, "expected a map of members at the top of the file"});
            return std::nullopt;
        }
        return *node;
    }

    void readManifest(const YamlNode& file)
    {
        checkKeys(file, {"id", "version", "name", "jurisdictions", "effective_from", "effective_until", "sources", "base", "overrides", "note"},
                  "pack.yaml", m_problems);
        auto& manifest = m_pack.m_manifest;
        for (const char* required : {"id", "version", "name", "jurisdictions", "effective_from", "sources"})
            if (!file.find(required))
                file.complain(m_problems, std::string("\"") + required + "\" is missing");
        if (const auto id = file.find("id")) {
            manifest.identity.id = id->scalar();
            if (!isPackId(manifest.identity.id))
                id->complain(m_problems, "a pack id has only lower-case letters, digits and hyphens");
        }
        if (const auto version = file.find("version"))
            readText(manifest.identity.version, *version, m_problems);
        if (const auto name = file.find("name"))
            manifest.name = readTexts(*name, m_problems);
        if (const auto jurisdictions = file.find("jurisdictions"))
            for (const auto& item : jurisdictions->items())
                manifest.jurisdictions.push_back(item.scalar());
        if (const auto from = file.find("effective_from"))
            readDate(manifest.effectiveFrom, *from, m_problems);
        if (const auto until = file.find("effective_until"))
            readDate(manifest.effectiveUntil, *until, m_problems);
        if (const auto sources = file.find("sources"))
            for (const auto& item : sources->items())
                manifest.sources.push_back(readSource(item, m_problems));
        if (const auto base = file.find("base"))
            readText(manifest.base, *base, m_problems);
        if (const auto overrides = file.find("overrides"))
            readOverrides(*overrides);
        manifest.identity.hash = m_pack.m_directory.contentHash();
    }

    void readOverrides(const YamlNode& node)
    {
        checkKeys(node, {"warn", "hold"}, "\"overrides\" (nobody overrides a block)", m_problems);
        OverridePolicy policy;
        if (const auto warn = node.find("warn"))
            policy.warn = readUserRoles(*warn, m_problems);
        if (const auto hold = node.find("hold"))
            policy.hold = readUserRoles(*hold, m_problems);
        m_pack.m_manifest.overrides = std::move(policy);
    }

    void addCalendar(HolidayCalendar calendar, const YamlNode& file)
    {
        const auto id = calendar.id;
        if (!id.empty() && !m_pack.m_calendars.emplace(id, std::move(calendar)).second)
            file.complain(m_problems, "calendar \"" + id + "\" exists twice");
    }

    void readContact(const YamlNode& file)
    {
        checkKeys(file, {"rules", "changes", "examples", "example_facts", "example_history"}, "contact.yaml", m_problems);
        const auto defaults = readExampleDefaults(file, m_problems);
        if (const auto rules = file.find("rules"))
            for (const auto& node : rules->items())
                addRule(node, defaults);
        if (const auto changes = file.find("changes"))
            for (const auto& node : changes->items())
                addPatch(node, defaults);
        if (const auto examples = file.find("examples"))
            addExamples(readExamples(*examples, {}, defaults, m_problems));
    }

    void addRule(const YamlNode& node, const ExampleDefaults& defaults)
    {
        auto rule = readRule(node, m_problems);
        if (!rule)
            return;
        rule->packId = m_pack.m_manifest.identity.id;
        const bool isKnown = std::any_of(m_pack.m_rules.begin(), m_pack.m_rules.end(), [&](const Rule& r) { return r.id == rule->id; });
        if (isKnown)
            node.complain(m_problems, "rule \"" + rule->id + "\" exists twice");
        if (const auto examples = node.find("examples"))
            addExamples(readExamples(*examples, rule->id, defaults, m_problems));
        m_pack.m_rules.push_back(std::move(*rule));
    }

    void addPatch(const YamlNode& node, const ExampleDefaults& defaults)
    {
        checkKeys(node, {"rule", "set", "relaxes", "examples"}, "a change", m_problems);
        const auto rule = node.find("rule"), set = node.find("set"), relaxes = node.find("relaxes");
        if (!rule || !set || !set->isMap())
            return node.complain(m_problems, "a change needs \"rule\" and a map \"set\" of the members to change");
        RulePatch patch{rule->scalar(), *set, {}, node.place()};
        if (relaxes)
            readText(patch.relaxes, *relaxes, m_problems);
        if (const auto examples = node.find("examples"))
            addExamples(readExamples(*examples, patch.rule, defaults, m_problems));
        m_pack.m_patches.push_back(std::move(patch));
    }

    void addExamples(std::vector<GateExample> examples)
    {
        std::move(examples.begin(), examples.end(), std::back_inserter(m_pack.m_examples));
    }

    RulePack& m_pack;
    SourceProblems& m_problems;
};

std::shared_ptr<const RulePack> RulePack::parse(const PackDirectory& directory, SourceProblems& problems)
{
    const auto before = problems.size();
    std::shared_ptr<RulePack> pack(new RulePack(directory));
    RulePackReader(*pack, problems).run();
    return problems.size() == before ? pack : nullptr;
}

} // namespace evenhand::compliance
