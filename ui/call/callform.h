// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
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
    std::set<domain::FlagKind> confirmedFlags{};      ///< of those the outcome and the script ask for
    std::string overdueReason{};                      ///< cannot, forgot, will_not, disputes; "" not said
    std::optional<bool> willing{};
    std::string numberStatus{};                       ///< dead, wrong_person, third_party, right; "" nothing new
    QString startedText{};                            ///< only of a call made elsewhere: when, as typed
    std::optional<base::Instant> startedAt{};
    QString durationText{};                           ///< of it: how long, as typed
    std::optional<std::int64_t> durationS{};
};

enum class FormField { Outcome, Note, Amount, DueOn, Method, Callback, Flag, Started, Duration };

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
    bool asksWhen = false;                            ///< a call made elsewhere: the form must say when and how long
};

/// Everything that keeps the form from being saved, in the order of the fields. `outcome` may be null: none chosen.
[[nodiscard]] std::vector<FormProblem> problemsOf(const CallForm& form, const guidance::Outcome* outcome, bool outcomeRequired, const FormLimits& limits);

/// "14:30", "1430", "11-30 14:30", "2026-11-30 14:30" as a time of this computer: today, or the day that is named. Nullopt: unreadable.
[[nodiscard]] std::optional<base::Instant> readMoment(const QString& text, base::Instant now);
/// "3:05" or "1:02:09" in minutes and seconds; a bare number means minutes. Nullopt: empty or unreadable.
[[nodiscard]] std::optional<std::int64_t> readDuration(const QString& text);

/// What becomes of a number: the status and reason word of a form's choice; nullopt for none.
struct NumberFinding {
    domain::ContactStatus status;
    std::string reason;
};
[[nodiscard]] std::optional<NumberFinding> numberFinding(const std::string& choice);

/// The draft's form, and back; an unknown or damaged one gives an empty form.
[[nodiscard]] QJsonObject toJson(const CallForm& form);
[[nodiscard]] CallForm callFormFromJson(const QJsonObject& json);

} // namespace evenhand::ui
