// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/phrasesinput.h"

#include "app/compliance/packdirectory.h"
#include "app/compliance/ruleset.h"
#include "app/ctl/report.h"

namespace evenhand::ctl {

using base::ErrorCode;
using base::Json;

namespace {

/// A phrase per line; blank lines, the byte order mark and carriage returns do not count.
std::vector<std::string> linesOf(std::string_view text)
{
    if (text.substr(0, 3) == "\xEF\xBB\xBF")
        text.remove_prefix(3);
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            lines.emplace_back(line);
    }
    return lines;
}

base::Result<std::vector<std::string>> textsOf(const Json& line, const char* name, const std::string& place)
{
    std::vector<std::string> texts;
    if (!line[name].is_array())
        return base::fail(ErrorCode::Invalid, place + "\"" + name + "\" must be a list of texts");
    for (const auto& item : line[name]) {
        if (!item.is_string())
            return base::fail(ErrorCode::Invalid, place + "\"" + name + "\" must be a list of texts");
        if (auto text = item.get<std::string>(); text.find_first_not_of(" \t\r\n") != std::string::npos)
            texts.push_back(std::move(text));
    }
    return texts;
}

void addTrueMembers(const Json& object, std::set<std::string>& facts)
{
    for (const auto& [name, value] : object.items()) {
        if (value.is_boolean() && value.get<bool>())
            facts.insert(name);
    }
}

} // namespace

base::Result<PhraseSource> loadPackPhrases(const std::vector<std::string>& packs)
{
    PhraseSource source;
    EVENHAND_ASSIGN(const auto rules, compliance::RuleSet::load(packs));
    source.packs = rules->identities();
    for (const auto& pack : rules->packs()) {
        const auto* text = pack->directory().find("phrases.yaml");
        if (text == nullptr)
            continue;
        EVENHAND_ASSIGN(const auto set, compliance::PhraseSet::parse(*text, pack->directory().pathOf("phrases.yaml")));
        source.set.add(set);
    }
    return source;
}

base::Result<AdHocList> readAdHocList(const PhrasesOptions& options)
{
    AdHocList list;
    list.edges = options.words ? compliance::WordEdges::Letters : compliance::WordEdges::Free;
    EVENHAND_ASSIGN(list.folds, compliance::FoldSet::parse(options.fold));
    if (!options.deny.empty()) {
        EVENHAND_ASSIGN(const auto text, readInput(options.deny));
        list.deny = linesOf(text);
    }
    if (!options.allow.empty()) {
        EVENHAND_ASSIGN(const auto text, readInput(options.allow));
        list.allow = linesOf(text);
    }
    return list;
}

base::Result<AdHocList> adHocListOf(const Json& line, const AdHocList& defaults, const std::string& place)
{
    AdHocList list = defaults;
    if (line.contains("deny")) {
        EVENHAND_ASSIGN(list.deny, textsOf(line, "deny", place));
    }
    if (line.contains("allow")) {
        EVENHAND_ASSIGN(list.allow, textsOf(line, "allow", place));
    }
    if (line.contains("fold") && line["fold"].is_string()) {
        EVENHAND_ASSIGN(list.folds, compliance::FoldSet::parse(line["fold"].get<std::string>()));
    } else if (line.contains("fold")) {
        EVENHAND_ASSIGN(const auto names, textsOf(line, "fold", place));
        auto folds = compliance::FoldSet::parse(names);
        if (!folds)
            return base::fail(ErrorCode::Invalid, place + folds.error().detail);
        list.folds = *folds;
    }
    if (line.contains("words")) {
        if (!line["words"].is_boolean())
            return base::fail(ErrorCode::Invalid, place + "\"words\" must be true or false");
        list.edges = line["words"].get<bool>() ? compliance::WordEdges::Letters : compliance::WordEdges::Free;
    }
    return list;
}

base::Result<compliance::PhraseContext> readPhraseContext(const PhrasesOptions& options)
{
    compliance::PhraseContext context;
    context.textKind = options.textKind;
    if (options.speaker != "agent" && options.speaker != "debtor")
        return base::fail(ErrorCode::Invalid, "unknown speaker \"" + options.speaker + "\"; known: agent, debtor");
    context.speaker = options.speaker == "agent" ? compliance::Speaker::Agent : compliance::Speaker::Debtor;
    if (options.facts.empty())
        return context;
    EVENHAND_ASSIGN(const auto text, readInput(options.facts));
    const auto json = base::parseJson(text);
    if (!json)
        return base::fail(ErrorCode::Invalid, inputName(options.facts) + ": " + json.error().detail);
    if (!json->is_object())
        return base::fail(ErrorCode::Invalid, inputName(options.facts) + ": expected an object such as {\"facts\": [\"suit_filed\"]}");
    addTrueMembers(*json, context.trueFacts);
    if (!json->contains("facts"))
        return context;
    const auto& facts = (*json)["facts"];
    if (facts.is_object()) {
        addTrueMembers(facts, context.trueFacts);
    } else {
        EVENHAND_ASSIGN(const auto names, textsOf(*json, "facts", inputName(options.facts) + ": "));
        context.trueFacts.insert(names.begin(), names.end());
    }
    return context;
}

qsizetype CodePointCounter::at(qsizetype unit)
{
    if (unit < m_unit)
        m_unit = m_codePoint = 0;
    for (; m_unit < unit; ++m_unit)
        m_codePoint += m_unit + 1 < m_text.size() && m_text[m_unit].isHighSurrogate() && m_text[m_unit + 1].isLowSurrogate() ? 0 : 1;
    return m_codePoint;
}

} // namespace evenhand::ctl
