// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QCoreApplication>
#include <QString>

#include "app/domain/agreement.h"

namespace evenhand::ui {

/// The words of plans, promises above the limits and the decisions about them, in the language of the window.
class PlanWords {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::PlanWords)

public:
    [[nodiscard]] static QString of(domain::PlanKind value);
    [[nodiscard]] static QString of(domain::PlanState value);
    [[nodiscard]] static QString of(domain::ApprovalLevel value);       ///< who: "the supervisor"
    [[nodiscard]] static QString of(domain::DecisionKind value);        ///< what was said: "Approved"
    [[nodiscard]] static QString lookOf(domain::PlanState value);       ///< of chips
    /// "6 instalments, 30 % of the interest waived".
    [[nodiscard]] static QString describe(const domain::PlanOffer& offer);
    /// What a limit or a refusal of the server means (promise.latest, decision.own_request …); an unknown one as it is.
    [[nodiscard]] static QString rule(const std::string& code);
    /// All of them in one line.
    [[nodiscard]] static QString rules(const std::vector<std::string>& codes);
};

} // namespace evenhand::ui
