// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/compliance/clausewords.h"
#include "app/compliance/contactgate.h"
#include "app/compliance/phrasechecker.h"
#include "app/domain/planrules.h"
#include "app/guidance/letters.h"
#include "app/guidance/outcomes.h"
#include "app/guidance/scriptset.h"

namespace evenhand::services {

class DataThread;

/// The rule packs in force. Immutable; keep the pointer as long as you use a part of it.
struct ActivePacks {
    std::vector<compliance::PackIdentity> identities;
    compliance::ContactGate gate;
    compliance::PhraseChecker phrases;
    guidance::OutcomeSet outcomes;
    guidance::ScriptSet scripts;
    compliance::ClauseWords clauses;
    std::vector<domain::AgreementRules> agreements;  ///< limits of promises and plans, one per pack that has plans.yaml
    std::set<base::Date> daysOff;                    ///< public holidays of the packs' calendars
    guidance::LetterSet letters;                     ///< templates of messages and letters; empty when no pack has any
    std::vector<std::string> problems;               ///< of single scripts that were left out; English, FILE:LINE:COL

    /// Reads packs given by folder or id, lowest layer first; outcomes and scripts come from the topmost pack that has them. Slow
    /// (phrase automata): not on the UI thread. The error lists every problem, one per line.
    [[nodiscard]] static base::Result<std::shared_ptr<const ActivePacks>> load(const std::vector<std::string>& packs);
    [[nodiscard]] static base::Result<std::shared_ptr<const ActivePacks>> of(std::shared_ptr<const compliance::RuleSet> rules);
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

    Q_SIGNAL void activeChanged();

private:
    DataThread& m_data;
    std::shared_ptr<const ActivePacks> m_active;
    std::optional<base::Error> m_error;
};

} // namespace evenhand::services
