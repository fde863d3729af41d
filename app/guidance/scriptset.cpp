// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guidance/scriptset.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace evenhand::guidance {

namespace {

template <class T>
bool admits(const std::vector<T>& list, T value)
{
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool fits(const ScriptUse& use, const ScriptContext& context)
{
    return admits(use.channels, context.channel) && admits(use.directions, context.direction) && admits(use.roles, context.role)
        && (use.manual || use.when.holds(context.facts));
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

std::vector<std::string> scriptFiles(const std::string& folder)
{
    std::vector<std::string> paths;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.is_regular_file() && entry.path().extension() == ".yaml")
            paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string scriptFileName(const std::string& path) { return std::filesystem::path(path).filename().string(); }

ScriptSet ScriptSet::load(const std::string& packDirectory, const LintOptions& options, std::vector<LintFinding>& findings)
{
    std::map<std::string, std::string> texts;
    for (const auto* folder : {"/scripts", "/scripts/common"})
        for (const auto& path : scriptFiles(packDirectory + folder))
            texts.emplace(path, contentOf(path));
    return fromTexts(texts, options, findings);
}

ScriptSet ScriptSet::fromTexts(const std::map<std::string, std::string>& texts, const LintOptions& options, std::vector<LintFinding>& findings)
{
    const auto reader = [&texts](const std::string& path) {
        const auto found = texts.find(path);
        return found == texts.end() ? std::nullopt : std::optional(found->second);
    };
    ScriptSet set;
    for (const auto& [path, text] : texts) {
        if (std::filesystem::path(path).parent_path().filename() == "common")
            continue;
        const auto found = lintScriptText(text, path, options, reader);
        findings.insert(findings.end(), found.begin(), found.end());
        if (hasErrors(found)) {
            set.m_leftOut.emplace(scriptFileName(path), base::SourcePlace{path, 1, 1});
            continue;
        }
        auto script = Script::parse(text, path, reader);
        if (script)
            set.m_scripts.push_back(std::make_shared<const Script>(*std::move(script)));
    }
    std::vector<const Script*> together;
    for (const auto& script : set.m_scripts)
        together.push_back(script.get());
    const auto across = lintTogether(together);
    findings.insert(findings.end(), across.begin(), across.end());
    return set;
}

void ScriptSet::keepEarlier(const std::function<std::optional<std::map<std::string, std::string>>()>& earlier, const LintOptions& options,
                            std::vector<LintFinding>& findings)
{
    while (!m_leftOut.empty()) {
        const auto texts = earlier();
        if (!texts)
            return;
        std::vector<LintFinding> ignored;   // they were reported when that version arrived
        const auto older = fromTexts(*texts, options, ignored);
        for (const auto& script : older.m_scripts) {
            const auto gone = m_leftOut.find(scriptFileName(script->place.file));
            if (gone == m_leftOut.end() || find(script->id))
                continue;
            findings.push_back({gone->second, LintLevel::Warning, "kept-earlier",
                                "version " + script->version + " of \"" + script->id + "\" stays in use"});
            m_scripts.push_back(script);
            m_leftOut.erase(gone);
        }
    }
}

std::shared_ptr<const Script> ScriptSet::find(std::string_view id) const
{
    const auto found = std::find_if(m_scripts.begin(), m_scripts.end(), [id](const auto& script) { return script->id == id; });
    return found == m_scripts.end() ? nullptr : *found;
}

std::vector<std::shared_ptr<const Script>> ScriptSet::fitting(const ScriptContext& context) const
{
    std::vector<std::shared_ptr<const Script>> all;
    for (const auto& script : m_scripts)
        if (fits(script->use, context))
            all.push_back(script);
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a->use.manual != b->use.manual ? b->use.manual : a->use.priority > b->use.priority;
    });
    return all;
}

} // namespace evenhand::guidance
