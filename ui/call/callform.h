// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QJsonObject>
#include <QString>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/money.h"
#include "app/domain/eventpayloads.h"
#include "app/guidance/outcomes.h"

namespace evenhand::ui {

/// What the agent typed and chose during one call, as the fields hold it now.
struct CallForm {
    std::string outcome{};                            ///< code; "" none yet
    QString note{};
    std::vector<domain::PhraseFinding> findings{};
    bool hasBlockingPhrase = false;
    QString amountText{};                             ///< raw, for the draft
    std::optional<base::Money> amount{};
    QString dueText{};
    std::optional<base::Date> dueOn{};
    std::string method{};
    std::optional<base::Instant> callbackAt{};
    bool confirmFlag = false;                         ///< the flag of the outcome was confirmed
};

enum class FormField { Outcome, Note, Amount, DueOn, Method, Callback, Flag };

struct FormProblem {
    FormField field;
    QString text;
    friend bool operator==(const FormProblem&, const FormProblem&) = default;
};

/// What a promise is measured against.
struct FormLimits {
    base::Date today;
    base::Instant now;
    std::optional<base::Money> balance{};             ///< a promise above it is refused
    int latestDays = 60;                              ///< a promise later than this is refused
};

/// Everything that keeps the form from being saved, in the order of the fields. `outcome` may be null: none chosen.
[[nodiscard]] std::vector<FormProblem> problemsOf(const CallForm& form, const guidance::Outcome* outcome, bool outcomeRequired, const FormLimits& limits);

/// The draft's form, and back; an unknown or damaged one gives an empty form.
[[nodiscard]] QJsonObject toJson(const CallForm& form);
[[nodiscard]] CallForm callFormFromJson(const QJsonObject& json);

} // namespace evenhand::ui
