// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/compliance/clausewords.h"
#include "app/compliance/contactgate.h"
#include "app/compliance/phrasechecker.h"
#include "app/guidance/outcomes.h"
#include "app/guidance/scriptset.h"

namespace evenhand::services {

class DataThread;

/// The files of older versions of a pack, by path below its folder, the latest version first.
using EarlierVersions = std::function<std::vector<std::map<std::string, std::string>>(const std::string& packId)>;

/// The rule packs in force. Immutable; keep the pointer as long as you use a part of it.
struct ActivePacks {
    std::vector<compliance::PackIdentity> identities;
    compliance::ContactGate gate;
    compliance::PhraseChecker phrases;
    guidance::OutcomeSet outcomes;
    guidance::ScriptSet scripts;
    compliance::ClauseWords clauses;
    std::map<std::string, std::string> scriptFiles{};///< of the pack that has the scripts, by path below its folder
    std::string scriptPack{};                        ///< id of that pack
    std::vector<std::string> problems;               ///< of single scripts that were left out; English, FILE:LINE:COL

    /// What the linter is told of this pack. Valid as long as this object.
    [[nodiscard]] guidance::LintOptions lintOptions() const;

    /// Reads packs given by folder or id, lowest layer first; outcomes and scripts come from the topmost pack that has them. Slow
    /// (phrase automata): not on the UI thread. The error lists every problem, one per line.
    [[nodiscard]] static base::Result<std::shared_ptr<const ActivePacks>> load(const std::vector<std::string>& packs);
    /// `earlier`: versions of the pack that has the scripts which were in force before, the latest first; a script that cannot be used is
    /// taken from the nearest of them.
    [[nodiscard]] static base::Result<std::shared_ptr<const ActivePacks>> of(std::shared_ptr<const compliance::RuleSet> rules,
                                                                             const EarlierVersions& earlier = {});
};

/// UI thread.
class PackService : public QObject {
    Q_OBJECT

public:
    /// Loads ServiceOptions::packs in the background at once.
    explicit PackService(DataThread& data);

    /// Null until loading is done.
    [[nodiscard]] std::shared_ptr<const ActivePacks> active() const { return m_active; }
    /// Set when the packs cannot be used: then no contact may be made.
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }
    /// Resolves when loading is done.
    [[nodiscard]] QFuture<base::Result<std::shared_ptr<const ActivePacks>>> load();

    /// Publishes one changed script of the active pack for all workstations; resolves when the server answered, at its next contact.
    /// Forbidden: this user may not, or somebody published another version meanwhile. `path`: "scripts/first_contact.yaml".
    [[nodiscard]] QFuture<base::Result<compliance::PackIdentity>> publishScript(std::string path, std::string text);

    Q_SIGNAL void activeChanged();

private:
    DataThread& m_data;
    std::shared_ptr<const ActivePacks> m_active;
    std::optional<base::Error> m_error;
};

} // namespace evenhand::services
