// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a call is kept: checked, judged, saved; and its draft until then.
#include <QJsonDocument>

#include "ui/call/callpresenter.h"
#include "ui/models/queuemodel.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

class CallKeepingText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::CallKeeping)
};

FormProblem callbackProblem(const services::CallbackAdvice& advice, base::Instant now)
{
    const QString reason = reasonOf(advice.light);
    if (!advice.allowedAt)
        //: %1 is a sentence with the reason
        return {FormField::Callback, CallKeepingText::tr("No call may be made then. %1").arg(reason)};
    //: %1 is a sentence with the reason, %2 a time
    return {FormField::Callback, CallKeepingText::tr("No call may be made then. %1 Possible from %2.").arg(reason, Format::shortTime(*advice.allowedAt, now))};
}

/// What was typed matters most: when not everything fits, the trace of the script stays out, then what the gate was told.
QByteArray draftText(CallRecord call, const CallForm& form, const base::Json& script)
{
    const auto written = [&](const base::Json& trace) { return QJsonDocument(toJson(call, form, trace)).toJson(QJsonDocument::Compact); };
    QByteArray text = written(script);
    if (std::size_t(text.size()) > services::CallService::kLargestDraft)
        text = written({});
    if (std::size_t(text.size()) > services::CallService::kLargestDraft && call.gate.is_object()) {
        call.gate.erase("asked");
        text = written({});
    }
    return text;
}

} // namespace

void CallPresenter::save(const CallForm& form, bool thenNext)
{
    if (!m_case || !m_call || (m_stage != CallStage::Talking && m_stage != CallStage::Ended))
        return;
    const bool required = !m_pack || m_pack->outcomes.required();
    const auto problems = problemsOf(form, outcome(form.outcome), required, limits());
    if (!problems.empty()) {
        Q_EMIT formRefused(problems);
        return;
    }
    hangUp();
    enter(CallStage::Saving);
    checkCallback(form, thenNext);
}

/// A call-back never falls into an hour in which nobody may call.
void CallPresenter::checkCallback(const CallForm& form, bool thenNext)
{
    if (!form.callbackAt) {
        judgeAndWrite(form, thenNext);
        return;
    }
    const guidance::Outcome* chosen = outcome(form.outcome);
    const auto result = chosen ? std::optional(chosen->result) : std::nullopt;
    whenReady(m_calls.adviseCallback(requestFor(m_call->party, m_call->contactPoint), *form.callbackAt, result), this,
              [this, form, thenNext](const base::Result<services::CallbackAdvice>& advice) {
                  const bool isForbidden = advice && (!advice->allowedAt || *advice->allowedAt != advice->wished);
                  if (!isForbidden) {   // a case that is not here any more cannot be judged, and its call is saved all the same
                      judgeAndWrite(form, thenNext);
                      return;
                  }
                  enter(CallStage::Ended);
                  Q_EMIT formRefused({callbackProblem(*advice, m_clock.now())});
              });
}

/// A call that is written down later is judged by what was known when it was made.
void CallPresenter::judgeAndWrite(const CallForm& form, bool thenNext)
{
    if (m_call->origin != CallOrigin::Elsewhere) {
        write(form, thenNext);
        return;
    }
    auto request = requestFor(m_call->party, m_call->contactPoint);
    request.at = form.startedAt;
    whenReady(m_calls.askGate(request), this, [this, form, thenNext](const base::Result<services::GateAnswer>& answer) {
        if (answer)
            m_call->gate = answer->json;
        write(form, thenNext);
    });
}

void CallPresenter::write(const CallForm& form, bool thenNext)
{
    services::CallDraft draft = draftOf(*m_call, form, outcome(form.outcome), *m_case, knownFacts(), scriptJson(*m_call, m_runner.get()));
    if (m_hooks.recordings && m_call->origin != CallOrigin::Elsewhere)
        draft.call.recordings = m_hooks.recordings();
    for (domain::FlagPayload& flag : flagsAskedFor(form.outcome))
        if (form.confirmedFlags.contains(flag.kind))
            draft.flags.push_back(std::move(flag));
    whenReady(m_calls.saveCall(std::move(draft)), this, [this, thenNext](const base::Result<services::Saved>& result) {
        if (!result) {
            enter(CallStage::Ended);
            Q_EMIT notSaved(result.error());
            return;
        }
        forgetCall();
        enter(CallStage::Idle);
        Q_EMIT saved(thenNext);
    });
}

bool CallPresenter::mayAbandon() const
{
    const bool wasDialled = m_call && m_call->origin == CallOrigin::Dialled;
    return !wasDialled || (m_pack && !m_pack->outcomes.required());
}

void CallPresenter::abandon()
{
    if (m_stage == CallStage::Saving || !m_call || !mayAbandon())
        return;
    whenReady(m_calls.discardDraft(m_call->draftId), this, [](const base::Result<>&) {});
    forgetCall();
    enter(CallStage::Idle);
}

void CallPresenter::previewFlags(const std::string& code)
{
    if (!m_case)
        return;
    for (const domain::FlagPayload& flag : flagsAskedFor(code))
        whenReady(m_calls.previewFlag(m_case->id, flag), this, [this, kind = flag.kind](const base::Result<std::vector<services::FlagConsequence>>& consequences) {
            if (consequences)
                Q_EMIT flagPreviewed(kind, *consequences);
        });
}

void CallPresenter::adviseCallback(base::Instant wished, const std::string& code)
{
    if (!m_case || !m_call)
        return;
    const guidance::Outcome* chosen = outcome(code);
    const auto result = chosen ? std::optional(chosen->result) : std::nullopt;
    whenLatest(m_calls.adviseCallback(requestFor(m_call->party, m_call->contactPoint), wished, result), this, m_advice,
               [this](const base::Result<services::CallbackAdvice>& advice) {
                   if (advice)
                       Q_EMIT callbackAdvised(*advice);
               });
}

void CallPresenter::keepDraft(const CallForm& form)
{
    if (!m_case || !m_call || (m_stage != CallStage::Talking && m_stage != CallStage::Ended))
        return;
    CallRecord now = *m_call;
    now.talkedS = talkSeconds();
    const QByteArray text = draftText(now, form, scriptJson(*m_call, m_runner.get()));
    services::Draft draft{.id = m_call->draftId, .caseId = m_case->id, .form = "call", .body = base::SensitiveText(text.toStdString())};
    whenReady(m_calls.saveDraft(std::move(draft)), this, [this](const base::Result<>& kept) {
        if (!kept)
            Q_EMIT draftNotKept(kept.error());
    });
}

void CallPresenter::lookForDraft()
{
    if (!m_case || isOnCall())
        return;
    whenReady(m_calls.loadDrafts(m_case->id), this, [this, asked = m_case->id](const base::Result<std::vector<services::Draft>>& drafts) {
        if (!drafts || !m_case || m_case->id != asked || isOnCall())
            return;
        for (const services::Draft& draft : *drafts)
            if (draft.form == "call") {
                Q_EMIT draftFound(draft);
                return;
            }
    });
}

void CallPresenter::resumeDraft(const services::Draft& draft)
{
    const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(draft.body.reveal())).object();
    auto call = callRecordFromJson(body, draft.id);
    if (!m_case || isOnCall() || !call)
        return;
    m_pack = m_packs.active();
    m_call = std::move(call);
    Q_EMIT draftResumed(callFormFromJson(body[QStringLiteral("form")].toObject()));   // first: entering a stage keeps what the fields hold
    enter(CallStage::Ended);
}

} // namespace evenhand::ui
