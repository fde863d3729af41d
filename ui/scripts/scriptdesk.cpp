// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scripts/scriptdesk.h"

#include <algorithm>

namespace evenhand::ui {

bool isSharedPart(const std::string& path)
{
    return path.find("/common/") != std::string::npos;
}

void ScriptDesk::begin(std::shared_ptr<const services::ActivePacks> packs)
{
    m_packs = std::move(packs);
    std::erase_if(m_changed, [this](const auto& change) {
        const auto known = m_packs->scriptFiles.find(change.first);
        return known == m_packs->scriptFiles.end() || known->second == change.second;   // it is what agents have now
    });
}

void ScriptDesk::change(const std::string& path, const std::string& text)
{
    m_changed.insert_or_assign(path, text);
    if (m_packs && m_packs->scriptFiles.contains(path) && m_packs->scriptFiles.at(path) == text)
        m_changed.erase(path);
}

void ScriptDesk::restore(const std::string& path)
{
    m_changed.erase(path);
}

std::vector<std::string> ScriptDesk::paths() const
{
    std::vector<std::string> all;
    if (!m_packs)
        return all;
    for (const bool parts : {false, true})
        for (const auto& [path, text] : m_packs->scriptFiles)
            if (isSharedPart(path) == parts)
                all.push_back(path);
    return all;
}

const std::string& ScriptDesk::text(const std::string& path) const
{
    static const std::string kNothing;
    if (const auto changed = m_changed.find(path); changed != m_changed.end())
        return changed->second;
    if (!m_packs)
        return kNothing;
    const auto known = m_packs->scriptFiles.find(path);
    return known == m_packs->scriptFiles.end() ? kNothing : known->second;
}

bool ScriptDesk::isChanged(const std::string& path) const
{
    return m_changed.contains(path);
}

guidance::FileReader ScriptDesk::reader() const
{
    return [this](const std::string& path) -> std::optional<std::string> {
        const std::string& found = text(path);
        return found.empty() ? std::nullopt : std::optional(found);
    };
}

std::vector<std::string> ScriptDesk::usersOf(const std::string& path) const
{
    if (!isSharedPart(path))
        return {path};
    std::vector<std::string> users;
    for (const auto& one : paths()) {
        const auto script = isSharedPart(one) ? std::nullopt : std::optional(guidance::Script::parse(text(one), one, reader()));
        if (!script)
            continue;
        // A script that cannot be read because of this part uses it too.
        const bool uses = *script ? std::ranges::any_of((*script)->steps, [&path](const guidance::Step& step) { return step.place.file == path; })
                                  : script->error().detail.find(path) != std::string::npos;
        if (uses)
            users.push_back(one);
    }
    return users;
}

std::vector<guidance::LintFinding> ScriptDesk::lint(const std::string& path) const
{
    std::vector<guidance::LintFinding> all;
    if (!m_packs)
        return all;
    const auto options = m_packs->lintOptions();
    for (const auto& user : usersOf(path))
        for (auto& finding : guidance::lintScriptText(text(user), user, options, reader())) {
            const auto known = std::ranges::any_of(all, [&finding](const guidance::LintFinding& one) { return one.toString() == finding.toString(); });
            if (!known)
                all.push_back(std::move(finding));
        }
    return all;
}

std::shared_ptr<const guidance::Script> ScriptDesk::script(const std::string& path) const
{
    for (const auto& user : usersOf(path))
        if (auto parsed = guidance::Script::parse(text(user), user, reader()))
            return std::make_shared<const guidance::Script>(*std::move(parsed));
    return nullptr;
}

std::string ScriptDesk::packVersion() const
{
    if (m_packs)
        for (const auto& identity : m_packs->identities)
            if (identity.id == m_packs->scriptPack)
                return identity.version;
    return {};
}

} // namespace evenhand::ui
