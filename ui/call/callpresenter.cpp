// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callpresenter.h"

#include <QJsonDocument>

#include "app/domain/words.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

CallPresenter::CallPresenter(services::CallService& calls, services::CaseService& cases, services::PackService& packs, const base::Clock& clock,
                             Dialler dialler, QObject* parent)
    : QObject(parent), m_calls(calls), m_cases(cases), m_packs(packs), m_clock(clock), m_dialler(std::move(dialler))
{
}

void CallPresenter::setCase(const services::CaseView& view)
{
    if (isOnCall())
        return;
    forgetCall();
    m_case = view;
}

void CallPresenter::refreshCase(const services::CaseView& view)
{
    if (m_case && m_case->id == view.id)
        m_case = view;
}

void CallPresenter::enter(CallStage stage)
{
    m_stage = stage;
    Q_EMIT stageChanged(stage);
}

void CallPresenter::dial(const domain::PartyId& party, const domain::ContactPointId& contactPoint)
{
    if (!m_case || isOnCall() || m_stage == CallStage::Asking)
        return;
    m_pack = m_packs.active();
    if (!m_pack) {
        Q_EMIT failed(m_packs.error().value_or(base::Error{base::ErrorCode::NotFound, "rule packs are still being loaded"}));
        return;
    }
    m_party = party;
    m_contactPoint = contactPoint;
    enter(CallStage::Asking);
    whenLatest(m_calls.askGate({.caseId = m_case->id, .partyId = party, .contactPointId = contactPoint, .recording = m_hooks.willRecord ? m_hooks.willRecord() : std::nullopt}), this, m_latest,
               [this](const base::Result<services::GateAnswer>& answer) { gateAnswered(answer); });
}

void CallPresenter::gateAnswered(const base::Result<services::GateAnswer>& answer)
{
    if (!answer) {
        enter(CallStage::Idle);
        Q_EMIT failed(answer.error());
        return;
    }
    m_gate = *answer;
    m_gateJson = answer->json;
    switch (answer->decision.verdict) {
    case compliance::Verdict::Allow: reveal(); break;
    case compliance::Verdict::Warn: enter(CallStage::Warned); break;
    case compliance::Verdict::Hold:
    case compliance::Verdict::Block: enter(CallStage::Refused); break;
    }
}

bool CallPresenter::canOverride(const domain::ContactPointId& contactPoint) const
{
    const bool hasAnswer = m_stage == CallStage::Warned || m_stage == CallStage::Refused;
    return hasAnswer && m_gate && m_gate->mayOverride && m_contactPoint == contactPoint;
}

void CallPresenter::goOnBecause(services::OverrideReason reason)
{
    if (!m_case || !m_contactPoint || !canOverride(*m_contactPoint))
        return;
    const services::GateRequest request{.caseId = m_case->id, .partyId = *m_party, .contactPointId = m_contactPoint,
                                        .recording = m_hooks.willRecord ? m_hooks.willRecord() : std::nullopt};
    services::GateAnswer answer = *m_gate;
    enter(CallStage::Asking);
    whenLatest(m_calls.overrideGate(request, std::move(answer), reason), this, m_latest, [this](const base::Result<services::GateAnswer>& recorded) {
        if (!recorded) {
            enter(CallStage::Idle);
            Q_EMIT failed(recorded.error());
            return;
        }
        m_gate = *recorded;
        m_gateJson = recorded->json;
        reveal();
    });
}

void CallPresenter::reveal()
{
    enter(CallStage::Asking);
    whenLatest(m_cases.reveal(m_case->id, m_contactPoint->uuid(), services::RevealField::Phone, services::RevealReason::Dial), this, m_latest,
               [this](const base::Result<std::string>& number) {
                   if (number) {
                       startTalking(*number);
                       return;
                   }
                   enter(CallStage::Idle);
                   Q_EMIT failed(number.error());
               });
}

void CallPresenter::startTalking(const std::string& number)
{
    m_number = q(number);
    const base::Result<std::string> dialled = m_dialler(m_number);
    if (!dialled) {
        m_number.clear();
        enter(CallStage::Idle);
        Q_EMIT failed(dialled.error());
        return;
    }
    m_dialledBy = *dialled;
    m_startedAt = m_clock.now();
    m_startedMono = m_clock.monotonicMs();
    m_talkedS.reset();
    m_draftId = services::CallService::newDraftId();
    enter(CallStage::Talking);
    whenLatest(m_calls.prepare(m_case->id, *m_party), this, m_latest, [this](const base::Result<services::CallPreparation>& preparation) {
        if (preparation)
            startScript(*preparation);
        else
            Q_EMIT failed(preparation.error());
    });
}

void CallPresenter::startScript(const services::CallPreparation& preparation)
{
    const auto fitting = m_pack->scripts.fitting({.role = preparation.role, .facts = preparation.facts});
    if (fitting.empty())
        return;
    m_runner = std::make_unique<guidance::ScriptRunner>(fitting.front(), preparation.facts, preparation.data, packLanguage(), m_clock);
    Q_EMIT promptChanged();
}

void CallPresenter::hangUp()
{
    if (m_stage != CallStage::Talking)
        return;
    m_talkedS = (m_clock.monotonicMs() - m_startedMono) / 1000;
    if (m_runner && !m_runner->finished())
        handle(guidance::DebtorHungUp{});
    m_number.clear();
    enter(CallStage::Ended);
}

void CallPresenter::handle(const guidance::ScriptEvent& event)
{
    if (!m_runner)
        return;
    if (const auto prompt = m_runner->handle(event); !prompt)
        Q_EMIT failed(prompt.error());
    Q_EMIT promptChanged();
}

std::optional<guidance::Prompt> CallPresenter::prompt() const
{
    return m_runner ? std::optional(m_runner->prompt()) : std::nullopt;
}

bool CallPresenter::rightPartyProven() const
{
    if (!m_runner)
        return false;
    const guidance::Facts facts = m_runner->facts();
    const auto fact = facts.find(guidance::kRightParty);
    const bool* proven = fact == facts.end() ? nullptr : std::get_if<bool>(&fact->second);
    return proven && *proven;
}

std::int64_t CallPresenter::talkSeconds() const
{
    if (m_talkedS)
        return *m_talkedS;
    return m_stage == CallStage::Talking ? (m_clock.monotonicMs() - m_startedMono) / 1000 : 0;
}

std::vector<const guidance::Outcome*> CallPresenter::offeredOutcomes() const
{
    const auto pack = m_pack ? m_pack : m_packs.active();
    if (!pack)
        return {};
    guidance::OutcomeContext context;
    if (m_runner)
        context.facts = m_runner->facts();
    return pack->outcomes.offered(context);
}

const guidance::Outcome* CallPresenter::outcome(const std::string& code) const
{
    const auto& pack = m_pack ? m_pack : m_packs.active();
    return pack ? pack->outcomes.find(code) : nullptr;
}

PromiseJudge CallPresenter::promiseJudge() const
{
    return {*m_case, m_pack ? m_pack.get() : m_packs.active().get(), limits().today};
}

FormLimits CallPresenter::limits() const
{
    const base::Instant now = m_clock.now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.milliseconds()).date();
    return {.today = *fromQDate(today), .now = now, .balance = m_case ? std::optional(m_case->balance) : std::nullopt};
}

void CallPresenter::save(const CallForm& form, bool thenNext)
{
    if (!m_case || (m_stage != CallStage::Talking && m_stage != CallStage::Ended))
        return;
    const bool required = !m_pack || m_pack->outcomes.required();
    const auto problems = problemsOf(form, outcome(form.outcome), required, limits());
    if (!problems.empty()) {
        Q_EMIT formRefused(problems);
        return;
    }
    hangUp();
    const services::CallDraft draft = draftOf(form);
    enter(CallStage::Saving);
    whenReady(m_calls.saveCall(draft), this, [this, thenNext](const base::Result<services::Saved>& result) {
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

services::CallDraft CallPresenter::draftOf(const CallForm& form) const
{
    services::CallDraft draft{.caseId = m_case->id, .contextVersion = m_case->version, .call = {.partyId = *m_party}, .draftId = m_draftId};
    const guidance::Outcome* chosen = outcome(form.outcome);
    if (!chosen)
        return draft;
    draft.call = payloadOf(form, *chosen);
    addConsequences(draft, form, *chosen);
    return draft;
}

domain::CallPayload CallPresenter::payloadOf(const CallForm& form, const guidance::Outcome& chosen) const
{
    domain::CallPayload call{.partyId = *m_party};
    call.contactPointId = m_contactPoint;
    for (const domain::AccountRow& account : m_case->accounts)
        call.accountIds.push_back(account.id);
    call.startedAt = m_startedAt;
    const bool talked = chosen.result == domain::ContactResult::Conversation || chosen.result == domain::ContactResult::WrongParty;
    call.durationS = talked ? talkSeconds() : 0;
    call.outcome = chosen.code;
    call.result = chosen.result;
    call.rightParty = chosen.rightParty == guidance::RightParty::Yes || (chosen.rightParty == guidance::RightParty::Ask && rightPartyProven());
    call.note = base::SensitiveText(u8(form.note));
    call.phraseFindings = form.findings;
    if (m_hooks.recordings)
        call.recordings = m_hooks.recordings();
    call.dial = m_dialledBy;
    call.gate = m_gateJson;
    call.script = m_runner ? guidance::toJson(m_runner->trace()) : m_resumedScript;
    return call;
}

void CallPresenter::addConsequences(services::CallDraft& draft, const CallForm& form, const guidance::Outcome& chosen) const
{
    if (chosen.promise != guidance::Need::No && form.amount && form.dueOn)
        draft.promise = promiseJudge().complete(services::PromiseDraft{*form.amount, *form.dueOn, form.method}, u8(form.note.trimmed()));
    if (form.callbackAt)
        draft.reminder = domain::ReminderPayload{*form.callbackAt, "callback"};
    if (chosen.flag && form.confirmFlag)
        draft.flags.push_back({.kind = *chosen.flag, .set = true, .partyId = chosen.flagWholeCase ? std::nullopt : m_party, .channel = {}, .reason = chosen.code});
    if (!chosen.numberStatus || !m_contactPoint)
        return;
    for (const services::PartyView& party : m_case->parties)
        for (const services::ContactPointView& point : party.contactPoints)
            if (point.id == *m_contactPoint)
                draft.contactPointChanges.push_back({.contactPointId = point.id, .partyId = point.partyId, .added = false, .kind = point.kind,
                                                     .value = {}, .status = chosen.numberStatus, .source = point.source});
}

void CallPresenter::abandon()
{
    if (m_stage == CallStage::Saving)
        return;
    if (m_draftId)
        whenReady(m_calls.discardDraft(*m_draftId), this, [](const base::Result<>&) {});
    forgetCall();
    enter(CallStage::Idle);
}

void CallPresenter::leave()
{
    forgetCall();
    m_case.reset();
    enter(CallStage::Idle);
}

void CallPresenter::forgetCall()
{
    m_latest.dropAll();
    m_runner.reset();
    m_gate.reset();
    m_gateJson = {};
    m_resumedScript = {};
    m_number.clear();
    m_party.reset();
    m_contactPoint.reset();
    m_draftId.reset();
    m_talkedS.reset();
    m_pack.reset();
    if (m_stage == CallStage::Warned || m_stage == CallStage::Refused || m_stage == CallStage::Asking)
        enter(CallStage::Idle);
}

void CallPresenter::keepDraft(const CallForm& form)
{
    if (!m_case || !m_draftId || (m_stage != CallStage::Talking && m_stage != CallStage::Ended))
        return;
    QJsonObject body{{QStringLiteral("v"), 1}, {QStringLiteral("form"), toJson(form)}};
    body[QStringLiteral("party")] = q(m_party->toString());
    body[QStringLiteral("point")] = q(m_contactPoint->toString());
    body[QStringLiteral("started_at")] = q(m_startedAt.toRfc3339Utc());
    body[QStringLiteral("talked_s")] = qint64(talkSeconds());
    body[QStringLiteral("dial")] = q(m_dialledBy);
    body[QStringLiteral("gate")] = q(m_gateJson.dump());
    body[QStringLiteral("script")] = q((m_runner ? guidance::toJson(m_runner->trace()) : m_resumedScript).dump());
    const QByteArray text = QJsonDocument(body).toJson(QJsonDocument::Compact);
    services::Draft draft{.id = *m_draftId, .caseId = m_case->id, .form = "call", .body = base::SensitiveText(text.toStdString())};
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
    const auto party = domain::PartyId::tryFromString(u8(body[QStringLiteral("party")].toString()));
    const auto startedAt = base::Instant::tryFromRfc3339(u8(body[QStringLiteral("started_at")].toString()));
    if (!m_case || isOnCall() || !party || !startedAt)
        return;
    m_pack = m_packs.active();
    m_draftId = draft.id;
    m_party = party;
    m_contactPoint = domain::ContactPointId::tryFromString(u8(body[QStringLiteral("point")].toString()));
    m_startedAt = *startedAt;
    m_talkedS = body[QStringLiteral("talked_s")].toInteger();
    m_dialledBy = u8(body[QStringLiteral("dial")].toString());
    m_gateJson = base::parseJson(u8(body[QStringLiteral("gate")].toString())).value_or(base::Json());
    m_resumedScript = base::parseJson(u8(body[QStringLiteral("script")].toString())).value_or(base::Json());
    Q_EMIT draftResumed(callFormFromJson(body[QStringLiteral("form")].toObject()));   // first: entering a stage keeps what the fields hold
    enter(CallStage::Ended);
}

} // namespace evenhand::ui
