// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callform.h"

#include <QCoreApplication>

#include "ui/text/format.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

class CallFormText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::CallForm)
};

void checkAmount(const CallForm& form, const FormLimits& limits, std::vector<FormProblem>& problems)
{
    if (!form.amount) {
        problems.push_back({FormField::Amount, form.amountText.trimmed().isEmpty()
                                                   ? CallFormText::tr("Enter the promised amount.")
                                                   : CallFormText::tr("This is not an amount. Write it like 1234.50.")});
        return;
    }
    if (!limits.balance)
        return;
    if (!(form.amount->currency() == limits.balance->currency()) || form.amount->minor() > limits.balance->minor())
        //: %1 is the balance
        problems.push_back({FormField::Amount, CallFormText::tr("More than the balance of %1.").arg(Format::money(*limits.balance))});
}

void checkDay(const CallForm& form, const FormLimits& limits, std::vector<FormProblem>& problems)
{
    if (!form.dueOn) {
        problems.push_back({FormField::DueOn, form.dueText.trimmed().isEmpty()
                                                  ? CallFormText::tr("Enter the day of the payment.")
                                                  : CallFormText::tr("There is no such day. Write it like 1130 or +3.")});
        return;
    }
    if (*form.dueOn < limits.today)
        problems.push_back({FormField::DueOn, CallFormText::tr("This day is in the past.")});
    else if (*form.dueOn > limits.today.plusDays(limits.latestDays))
        //: %1 is a day
        problems.push_back({FormField::DueOn, CallFormText::tr("Too far away: at the latest %1.")
                                                  .arg(Format::date(limits.today.plusDays(limits.latestDays)))});
}

bool wantsPromise(const CallForm& form, const guidance::Outcome& outcome)
{
    if (outcome.promise == guidance::Need::Required)
        return true;
    return outcome.promise == guidance::Need::Optional && !(form.amountText.trimmed().isEmpty() && form.dueText.trimmed().isEmpty());
}

} // namespace

std::vector<FormProblem> problemsOf(const CallForm& form, const guidance::Outcome* outcome, bool outcomeRequired, const FormLimits& limits)
{
    std::vector<FormProblem> problems;
    if (!outcome && outcomeRequired)
        problems.push_back({FormField::Outcome, CallFormText::tr("Choose what came of the call (Alt+1 … 9).")});
    if (form.hasBlockingPhrase)
        problems.push_back({FormField::Note, CallFormText::tr("The note has a phrase that is not allowed: replace it, mark it as the debtor's words, or appeal with a reason.")});
    if (!outcome)
        return problems;
    if (outcome->note == guidance::Need::Required && form.note.trimmed().isEmpty())
        problems.push_back({FormField::Note, CallFormText::tr("This outcome needs a note.")});
    if (wantsPromise(form, *outcome)) {
        checkAmount(form, limits, problems);
        checkDay(form, limits, problems);
        if (form.method.empty())
            problems.push_back({FormField::Method, CallFormText::tr("Choose how they will pay.")});
    }
    if (outcome->callback == guidance::Need::Required && !form.callbackAt)
        problems.push_back({FormField::Callback, CallFormText::tr("Choose when to call back.")});
    if (form.callbackAt && *form.callbackAt <= limits.now)
        problems.push_back({FormField::Callback, CallFormText::tr("The call-back time has passed.")});
    return problems;
}

QJsonObject toJson(const CallForm& form)
{
    QJsonObject json;
    json[QStringLiteral("outcome")] = q(form.outcome);
    json[QStringLiteral("note")] = form.note;
    json[QStringLiteral("amount")] = form.amountText;
    json[QStringLiteral("due")] = form.dueText;
    json[QStringLiteral("method")] = q(form.method);
    if (form.callbackAt)
        json[QStringLiteral("callback_at")] = q(form.callbackAt->toRfc3339Utc());
    json[QStringLiteral("confirm_flag")] = form.confirmFlag;
    return json;
}

CallForm callFormFromJson(const QJsonObject& json)
{
    CallForm form;
    form.outcome = u8(json[QStringLiteral("outcome")].toString());
    form.note = json[QStringLiteral("note")].toString();
    form.amountText = json[QStringLiteral("amount")].toString();
    form.dueText = json[QStringLiteral("due")].toString();
    form.method = u8(json[QStringLiteral("method")].toString());
    form.callbackAt = base::Instant::tryFromRfc3339(u8(json[QStringLiteral("callback_at")].toString()));
    form.confirmFlag = json[QStringLiteral("confirm_flag")].toBool();
    return form;
}

} // namespace evenhand::ui
