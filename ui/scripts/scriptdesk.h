// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/guidance/scriptedit.h"
#include "app/guidance/scriptlinter.h"
#include "app/services/packservice.h"

namespace evenhand::ui {

/// The scripts of the active pack while somebody changes them: texts, what the linter says, which script shows a file. Without widgets.
class ScriptDesk {
public:
    void begin(std::shared_ptr<const services::ActivePacks> packs);              ///< changes that were made stay, as far as the file exists
    void change(const std::string& path, const std::string& text);
    void restore(const std::string& path);                                       ///< back to what agents have

    [[nodiscard]] std::vector<std::string> paths() const;                        ///< scripts first, then shared parts
    [[nodiscard]] const std::string& text(const std::string& path) const;
    [[nodiscard]] bool isChanged(const std::string& path) const;
    /// Every finding about this file: of the script, or of all scripts that use the part.
    [[nodiscard]] std::vector<guidance::LintFinding> lint(const std::string& path) const;
    /// The script of the file, or the first that uses the part; null while it does not parse.
    [[nodiscard]] std::shared_ptr<const guidance::Script> script(const std::string& path) const;
    [[nodiscard]] const std::map<std::string, std::string>& changes() const { return m_changed; }
    [[nodiscard]] std::string packId() const { return m_packs ? m_packs->scriptPack : std::string(); }
    [[nodiscard]] std::string packVersion() const;

private:
    [[nodiscard]] std::vector<std::string> usersOf(const std::string& path) const;
    [[nodiscard]] guidance::FileReader reader() const;

    std::shared_ptr<const services::ActivePacks> m_packs;
    std::map<std::string, std::string> m_changed;
};

[[nodiscard]] bool isSharedPart(const std::string& path);

} // namespace evenhand::ui
