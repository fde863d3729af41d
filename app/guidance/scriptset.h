// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/guidance/script.h"
#include "app/guidance/scriptlinter.h"

namespace evenhand::guidance {

struct ScriptContext {
    domain::Channel channel = domain::Channel::Call;
    domain::Direction direction = domain::Direction::Outbound;
    domain::PartyRole role = domain::PartyRole::Debtor;
    Facts facts;                                   ///< e.g. promise_broken, promise_due, earlier_contacts
};

/// The script files of a folder, by name; not those of folders below it.
[[nodiscard]] std::vector<std::string> scriptFiles(const std::string& folder);

/// The place of a script within its pack: the file name without folders.
[[nodiscard]] std::string scriptFileName(const std::string& path);

/// The scripts of a pack (`<packDirectory>/scripts/*.yaml`). A file that does not parse or lint is left out and reported;
/// the others work. Immutable: a running call keeps its shared script when a newer set is loaded.
class ScriptSet {
public:
    [[nodiscard]] static ScriptSet load(const std::string& packDirectory, const LintOptions& options, std::vector<LintFinding>& findings);

    /// The same for files in memory, by path; parts that scripts use are those in a folder `common`.
    [[nodiscard]] static ScriptSet fromTexts(const std::map<std::string, std::string>& texts, const LintOptions& options,
                                             std::vector<LintFinding>& findings);

    /// Puts in the place of every file that was left out (by name) what the nearest of these earlier sets has, so that agents keep
    /// the version they had. `earlier` gives the files of older versions by path, one version per call, nullopt at the end.
    void keepEarlier(const std::function<std::optional<std::map<std::string, std::string>>()>& earlier, const LintOptions& options,
                     std::vector<LintFinding>& findings);

    [[nodiscard]] const std::vector<std::shared_ptr<const Script>>& all() const { return m_scripts; }
    [[nodiscard]] std::shared_ptr<const Script> find(std::string_view id) const;           ///< null: none
    /// Those that fit, the best first; scripts marked manual come last.
    [[nodiscard]] std::vector<std::shared_ptr<const Script>> fitting(const ScriptContext& context) const;

private:
    std::vector<std::shared_ptr<const Script>> m_scripts;
    std::map<std::string, base::SourcePlace> m_leftOut;   ///< file name without its folder, and where it stands
};

} // namespace evenhand::guidance
