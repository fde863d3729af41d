// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/packtable.h"

#include <algorithm>
#include <sstream>

#include "app/compliance/rulemembers.h"

namespace evenhand::ctl {

using base::Json;
using compliance::Rule;
using compliance::RulePack;
using compliance::RuleSet;

namespace {

/// Pads to a width counted in code points, which is close enough for rule ids and words.
std::string padded(const std::string& text, std::size_t width)
{
    const auto length = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    return text + std::string(width > length ? width - length : 1, ' ');
}

std::string stateOf(const Rule& rule) { return rule.isEnabled ? std::string(toWord(rule.verdict)) : "off (" + std::string(toWord(rule.verdict)) + ")"; }

std::string membersOf(const Rule& rule)
{
    std::string text;
    for (const auto& [name, value] : compliance::showMembers(rule)) {
        const bool isDefault = name == "enabled" || name == "decision" || value == "all" || value == "none" || (name == "consent_days" && value == "0")
            || (name == "min_duration_s" && value == "0");
        if (!isDefault)
            text += (text.empty() ? "" : "; ") + name + " " + value;
    }
    return text;
}

void showPack(std::ostream& out, const RulePack& pack)
{
    const auto& manifest = pack.manifest();
    out << "pack     " << manifest.identity.id << "\nversion  " << manifest.identity.version << "\nhash     " << manifest.identity.hash << '\n';
    for (const auto& [language, name] : manifest.name)
        out << "name     " << name << " (" << language << ")\n";
    for (const auto& place : manifest.jurisdictions)
        out << "for      " << place << '\n';
    if (manifest.effectiveFrom)
        out << "from     " << manifest.effectiveFrom->toIso() << '\n';
    if (manifest.effectiveUntil)
        out << "until    " << manifest.effectiveUntil->toIso() << '\n';
    if (!manifest.base.empty())
        out << "over     " << manifest.base << '\n';
    for (const auto& [id, calendar] : pack.calendars())
        out << "calendar " << id << ", years " << calendar.firstYear << "–" << calendar.lastYear << ": " << calendar.source << '\n';
    for (const auto& source : manifest.sources)
        out << "source   " << source.id << " (" << source.force << "): " << source.title << '\n';
    out << '\n';
}

void showRule(std::ostream& out, const Rule& rule)
{
    out << padded(rule.id, 34) << padded(stateOf(rule), 13) << padded(std::string(toWord(rule.confidence)), 3) << rule.clause << '\n';
    out << std::string(34, ' ') << toWord(rule.kind) << ": " << membersOf(rule) << '\n';
}

} // namespace

std::string packsAsTable(const RuleSet& rules)
{
    std::ostringstream out;
    for (const auto& pack : rules.packs())
        showPack(out, *pack);
    out << padded("rule", 34) << padded("decision", 13) << padded("c", 3) << "clause\n";
    for (const auto& rule : rules.rules())
        if (rule.isEnabled)
            showRule(out, rule);
    const bool hasOptions = std::any_of(rules.rules().begin(), rules.rules().end(), [](const Rule& r) { return !r.isEnabled; });
    if (hasOptions)
        out << "\nsite options, switched off; X: looked for and not verified, or contradicted by another source. An overlay may switch them on:\n";
    for (const auto& rule : rules.rules())
        if (!rule.isEnabled)
            showRule(out, rule);
    if (!rules.changes().empty())
        out << "\nchanged by an overlay:\n";
    for (const auto& change : rules.changes())
        out << (change.isLoosening ? "LOOSENED  " : "tightened ") << change.rule << ": " << change.member << " from " << change.from << " to " << change.to
            << " (" << change.packId << ")" << (change.isLoosening ? " because: " + change.reason : "") << '\n';
    return out.str();
}

Json packsAsJson(const RuleSet& rules)
{
    auto packs = Json::array();
    for (const auto& pack : rules.packs()) {
        const auto& manifest = pack->manifest();
        auto sources = Json::array();
        for (const auto& source : manifest.sources)
            sources.push_back({{"id", source.id}, {"title", source.title}, {"force", source.force}, {"note", source.note}});
        auto calendars = Json::array();
        for (const auto& [id, calendar] : pack->calendars())
            calendars.push_back({{"id", id}, {"first_year", calendar.firstYear}, {"last_year", calendar.lastYear}, {"source", calendar.source}});
        packs.push_back({{"id", manifest.identity.id}, {"version", manifest.identity.version}, {"hash", manifest.identity.hash},
                         {"name", manifest.name}, {"jurisdictions", manifest.jurisdictions},
                         {"effective_from", manifest.effectiveFrom ? Json(manifest.effectiveFrom->toIso()) : Json(nullptr)},
                         {"sources", std::move(sources)}, {"calendars", std::move(calendars)}});
    }
    auto list = Json::array();
    for (const auto& rule : rules.rules()) {
        auto members = Json::object();
        for (const auto& [name, value] : compliance::showMembers(rule))
            members[name] = value;
        list.push_back({{"id", rule.id}, {"pack", rule.packId}, {"kind", std::string(toWord(rule.kind))}, {"enabled", rule.isEnabled},
                        {"decision", std::string(toWord(rule.verdict))}, {"clause", rule.clause},
                        {"confidence", std::string(toWord(rule.confidence))}, {"text", rule.text}, {"members", std::move(members)}});
    }
    auto changes = Json::array();
    for (const auto& change : rules.changes())
        changes.push_back({{"pack", change.packId}, {"rule", change.rule}, {"member", change.member}, {"from", change.from}, {"to", change.to},
                           {"loosens", change.isLoosening}, {"reason", change.reason}});
    // A single pack is what most callers ask about, so its identity also stands at the top.
    const auto& top = rules.packs().back()->manifest().identity;
    return {{"id", top.id}, {"version", top.version}, {"hash", top.hash}, {"packs", std::move(packs)}, {"rules", std::move(list)},
            {"changes", std::move(changes)}};
}

} // namespace evenhand::ctl
