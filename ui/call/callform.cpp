// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callform.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

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

void checkWhen(const CallForm& form, const FormLimits& limits, std::vector<FormProblem>& problems)
{
    if (!form.startedAt)
        problems.push_back({FormField::Started, CallFormText::tr("When was the call? Write it like 14:30, or 11-30 14:30.")});
    else if (*form.startedAt > limits.now)
        problems.push_back({FormField::Started, CallFormText::tr("This time has not come yet.")});
    if (!form.durationS && !form.durationText.trimmed().isEmpty())
        problems.push_back({FormField::Duration, CallFormText::tr("This is not a length. Write minutes, or 3:05.")});
}

bool wantsPromise(const CallForm& form, const guidance::Outcome& outcome)
{
    if (outcome.promise == guidance::Need::Required)
        return true;
    return outcome.promise == guidance::Need::Optional && !(form.amountText.trimmed().isEmpty() && form.dueText.trimmed().isEmpty());
}

} // namespace

std::optional<base::Instant> readMoment(const QString& text, base::Instant now)
{
    QString typed = text.normalized(QString::NormalizationForm_KC).simplified();
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(now.milliseconds());
    QDate day = here.date();
    const int blank = typed.lastIndexOf(u' ');
    if (blank > 0) {
        const QString named = typed.left(blank);
        day = QDate::fromString(named, QStringLiteral("yyyy-M-d"));
        if (!day.isValid())
            day = QDate::fromString(QString::number(here.date().year()) + u'-' + named, QStringLiteral("yyyy-M-d"));
        typed = typed.mid(blank + 1);
    }
    typed.remove(u':');
    const QTime time = typed.size() < 3 ? QTime() : QTime::fromString(typed.rightJustified(4, u'0'), QStringLiteral("HHmm"));
    if (!day.isValid() || !time.isValid())
        return std::nullopt;
    return base::Instant::fromMilliseconds(QDateTime(day, time).toMSecsSinceEpoch());
}

std::optional<std::int64_t> readDuration(const QString& text)
{
    const QStringList parts = text.normalized(QString::NormalizationForm_KC).trimmed().split(u':');
    if (parts.isEmpty() || parts.size() > 3)
        return std::nullopt;
    std::int64_t seconds = 0;
    for (const QString& part : parts) {
        bool isNumber = false;
        const int value = part.toInt(&isNumber);
        if (!isNumber || value < 0 || value > 999 || (&part != &parts.front() && value > 59))
            return std::nullopt;
        seconds = seconds * 60 + value;
    }
    return parts.size() == 1 ? seconds * 60 : seconds;
}

std::optional<NumberFinding> numberFinding(const std::string& choice)
{
    if (choice == "dead" || choice == "wrong_person")
        return NumberFinding{domain::ContactStatus::Invalid, choice};
    if (choice == "third_party")
        return NumberFinding{domain::ContactStatus::Unknown, choice};
    if (choice == "right")
        return NumberFinding{domain::ContactStatus::Active, choice};
    return std::nullopt;
}

std::vector<FormProblem> problemsOf(const CallForm& form, const guidance::Outcome* outcome, bool outcomeRequired, const FormLimits& limits)
{
    std::vector<FormProblem> problems;
    if (!outcome && outcomeRequired)
        problems.push_back({FormField::Outcome, CallFormText::tr("Choose what came of the call (Alt+1 … 9).")});
    if (limits.asksWhen)
        checkWhen(form, limits, problems);
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
    QJsonArray flags;
    for (const domain::FlagKind kind : form.confirmedFlags)
        flags.append(q(domain::toWord(kind)));
    json[QStringLiteral("flags")] = flags;
    json[QStringLiteral("overdue_reason")] = q(form.overdueReason);
    if (form.willing)
        json[QStringLiteral("willing")] = *form.willing;
    json[QStringLiteral("number_status")] = q(form.numberStatus);
    json[QStringLiteral("started")] = form.startedText;
    json[QStringLiteral("duration")] = form.durationText;
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
    for (const QJsonValue& word : json[QStringLiteral("flags")].toArray())
        if (const auto kind = domain::flagKindFromWord(u8(word.toString())))
            form.confirmedFlags.insert(*kind);
    form.overdueReason = u8(json[QStringLiteral("overdue_reason")].toString());
    if (const QJsonValue willing = json[QStringLiteral("willing")]; willing.isBool())
        form.willing = willing.toBool();
    form.numberStatus = u8(json[QStringLiteral("number_status")].toString());
    form.startedText = json[QStringLiteral("started")].toString();
    form.durationText = json[QStringLiteral("duration")].toString();
    return form;
}

} // namespace evenhand::ui
