// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <vector>

#include <QString>

#include "app/domain/promise.h"
#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "app/services/packservice.h"

namespace evenhand::ui {

/// What a promise about one case is measured against: the limits of the packs, holidays, and the promises that are open. A new promise takes
/// the place of all of them.
class PromiseJudge {
public:
    PromiseJudge(const services::CaseView& view, const services::ActivePacks* packs, base::Date today);

    [[nodiscard]] std::vector<domain::PromiseFinding> findings(const base::Money& amount, const base::Date& due) const;
    /// Who has to agree, what is worth knowing about the day, and what it replaces; a sentence a line.
    [[nodiscard]] QString notes(const base::Money& amount, const base::Date& due) const;
    /// Fills in what follows from the judgement. `reason`: what whoever approves reads.
    [[nodiscard]] services::PromiseDraft complete(services::PromiseDraft draft, const std::string& reason) const;

private:
    base::Money m_balance;
    base::Date m_today;
    domain::PromiseRules m_rules;
    domain::PromiseCalendar m_calendar;
    std::vector<services::PromiseView> m_open;
};

} // namespace evenhand::ui
