// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callpresenter.h"

#include "app/domain/words.h"
#include "ui/text/format.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

CallPresenter::CallPresenter(services::CallService& calls, services::CaseService& cases, services::PackService& packs, const base::Clock& clock,
                             Telephone& telephone, QObject* parent)
    : QObject(parent), m_calls(calls), m_cases(cases), m_packs(packs), m_clock(clock), m_telephone(telephone)
{
    connect(&telephone, &Telephone::stateChanged, this, &CallPresenter::lineChanged);
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

bool CallPresenter::takePacks()
{
    m_pack = m_packs.active();
    if (!m_pack)
        Q_EMIT failed(m_packs.error().value_or(base::Error{base::ErrorCode::NotFound, "rule packs are still being loaded"}));
    return m_pack != nullptr;
}

services::GateRequest CallPresenter::requestFor(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint) const
{
    const bool isElsewhere = m_call && m_call->origin == CallOrigin::Elsewhere;   // whether another telephone recorded it is not known here
    return {.caseId = m_case->id, .partyId = party, .contactPointId = contactPoint,
            .recording = m_hooks.willRecord && !isElsewhere ? m_hooks.willRecord() : std::nullopt};
}

void CallPresenter::dial(const domain::PartyId& party, const domain::ContactPointId& contactPoint)
{
    if (!m_case || isOnCall() || m_stage == CallStage::Asking || !takePacks())
        return;
    m_party = party;
    m_contactPoint = contactPoint;
    enter(CallStage::Asking);
    whenLatest(m_calls.askGate(requestFor(party, contactPoint)), this, m_latest,
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
    services::GateAnswer answer = *m_gate;
    enter(CallStage::Asking);
    whenLatest(m_calls.overrideGate(requestFor(*m_party, m_contactPoint), std::move(answer), reason), this, m_latest,
               [this](const base::Result<services::GateAnswer>& recorded) {
                   if (!recorded) {
                       enter(CallStage::Idle);
                       Q_EMIT failed(recorded.error());
                       return;
                   }
                   m_gate = *recorded;
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
    const base::Result<std::string> dialled = m_telephone.dial(q(number));
    if (!dialled) {
        enter(CallStage::Idle);
        Q_EMIT failed(dialled.error());
        return;
    }
    m_number = q(number);
    begin(CallOrigin::Dialled, *m_party, m_contactPoint);
    m_call->dialledBy = *dialled;
    m_call->gate = m_gate->json;
    enter(CallStage::Talking);
    prepareScript();
}

void CallPresenter::begin(CallOrigin origin, const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint)
{
    m_call = CallRecord{.origin = origin, .party = party, .contactPoint = contactPoint, .draftId = services::CallService::newDraftId()};
    m_call->startedAt = m_clock.now();
    m_call->startedMono = m_clock.monotonicMs();
}

void CallPresenter::pickUp(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint)
{
    if (!m_case || isOnCall() || m_stage == CallStage::Asking || !takePacks())
        return;
    begin(CallOrigin::Inbound, party, contactPoint);
    enter(CallStage::Talking);
    prepareScript();
}

void CallPresenter::logElsewhere(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint)
{
    if (!m_case || isOnCall() || m_stage == CallStage::Asking || !takePacks())
        return;
    begin(CallOrigin::Elsewhere, party, contactPoint);
    m_call->dialledBy = "manual";
    m_call->talkedS = 0;
    enter(CallStage::Ended);
    whenLatest(m_calls.askGate(requestFor(party, contactPoint)), this, m_latest, [this](const base::Result<services::GateAnswer>& answer) {
        if (!answer || !m_call)
            return;
        m_gate = *answer;
        Q_EMIT judgedElsewhere();
    });
}

void CallPresenter::prepareScript()
{
    whenLatest(m_calls.prepare(m_case->id, m_call->party), this, m_latest, [this](const base::Result<services::CallPreparation>& preparation) {
        if (preparation)
            startScript(*preparation);
        else
            Q_EMIT failed(preparation.error());
    });
}

void CallPresenter::startScript(const services::CallPreparation& preparation)
{
    m_preparation = preparation;
    const auto fitting = scriptsToChoose();
    if (fitting.empty() || m_stage != CallStage::Talking)
        return;
    play(fitting.front(), preparation.facts, preparation.data);
}

void CallPresenter::play(std::shared_ptr<const guidance::Script> script, guidance::Facts facts, guidance::MergeData data)
{
    m_runner = std::make_unique<guidance::ScriptRunner>(std::move(script), std::move(facts), std::move(data), packLanguage(), m_clock);
    Q_EMIT promptChanged();
}

std::vector<std::shared_ptr<const guidance::Script>> CallPresenter::scriptsToChoose() const
{
    if (!m_pack || !m_preparation || !m_call)
        return {};
    guidance::ScriptContext context{.direction = directionOf(m_call->origin), .role = m_preparation->role, .facts = m_preparation->facts};
    auto scripts = m_pack->scripts.fitting(context);
    context.facts["voicemail"] = true;   // a machine may answer any call
    for (const auto& script : m_pack->scripts.fitting(context))
        if (std::find(scripts.begin(), scripts.end(), script) == scripts.end())
            scripts.push_back(script);
    return scripts;
}

void CallPresenter::chooseScript(const std::string& id)
{
    const auto script = m_pack ? m_pack->scripts.find(id) : nullptr;
    if (!script || !m_preparation || !m_call || m_stage == CallStage::Saving || (m_runner && m_runner->script().id == id))
        return;
    guidance::Facts facts = m_preparation->facts;
    guidance::MergeData data = m_preparation->data;
    if (m_runner) {
        if (const auto prompt = m_runner->prompt(); !prompt.raisedFlags.empty())
            m_raised.insert(m_raised.end(), prompt.raisedFlags.begin(), prompt.raisedFlags.end());
        auto trace = guidance::toJson(m_runner->trace());
        if (!m_call->earlierScripts.empty())
            trace["began_at_ms"] = m_call->earlierScripts.back().value("ended_at_ms", std::int64_t{0});
        trace["ended_at_ms"] = m_clock.monotonicMs() - m_call->startedMono;
        m_call->earlierScripts.push_back(std::move(trace));
        facts = m_runner->facts();   // who is on the line does not change with the script
        data = m_runner->data();
    }
    play(script, std::move(facts), std::move(data));
}

void CallPresenter::goOnWithNextScript()
{
    if (const auto shown = prompt(); shown && !shown->continuesWith.empty())
        chooseScript(shown->continuesWith);
}

void CallPresenter::lineChanged(LineState state)
{
    if (!m_call || m_stage != CallStage::Talking || !m_telephone.tellsState())
        return;
    if (state == LineState::Talking)
        m_call->startedMono = m_clock.monotonicMs();   // ringing is no talk
    else if (state == LineState::Ended)
        hangUp();
}

void CallPresenter::hangUp()
{
    if (m_stage != CallStage::Talking)
        return;
    m_call->talkedS = talkSeconds();
    if (m_runner && !m_runner->finished())
        handle(guidance::DebtorHungUp{});
    m_number.clear();
    enter(CallStage::Ended);
    m_telephone.hangUp();
}

void CallPresenter::handle(const guidance::ScriptEvent& event)
{
    if (!m_runner)
        return;
    if (const auto prompt = m_runner->handle(event); !prompt) {
        Q_EMIT failed(prompt.error());   // nothing changed, and what was typed into the card stays
        return;
    }
    Q_EMIT promptChanged();
}

std::optional<guidance::Prompt> CallPresenter::prompt() const
{
    return m_runner ? std::optional(m_runner->prompt()) : std::nullopt;
}

guidance::Facts CallPresenter::knownFacts() const
{
    if (m_runner)
        return m_runner->facts();
    return m_preparation ? m_preparation->facts : guidance::Facts();
}

bool CallPresenter::rightPartyProven() const
{
    const guidance::Facts facts = knownFacts();
    const auto fact = facts.find(guidance::kRightParty);
    const bool* proven = fact == facts.end() ? nullptr : std::get_if<bool>(&fact->second);
    return proven && *proven;
}

std::int64_t CallPresenter::talkSeconds() const
{
    if (!m_call)
        return 0;
    // By the clock that nobody can set: a change of the time of day does not make a call longer.
    return m_call->talkedS.value_or((m_clock.monotonicMs() - m_call->startedMono) / 1000);
}

std::vector<const guidance::Outcome*> CallPresenter::offeredOutcomes() const
{
    const auto pack = m_pack ? m_pack : m_packs.active();
    if (!pack)
        return {};
    return pack->outcomes.offered({.direction = directionOf(origin()), .facts = knownFacts()});
}

const guidance::Outcome* CallPresenter::outcome(const std::string& code) const
{
    const auto& pack = m_pack ? m_pack : m_packs.active();
    return pack ? pack->outcomes.find(code) : nullptr;
}

std::vector<domain::FlagPayload> CallPresenter::flagsAskedFor(const std::string& code) const
{
    if (!m_call)
        return {};
    auto raised = m_raised;
    if (m_runner)
        for (const auto& flag : m_runner->prompt().raisedFlags)
            raised.push_back(flag);
    return ui::flagsAskedFor(outcome(code), raised, m_call->party);
}

std::optional<domain::PartyId> CallPresenter::party() const
{
    return m_call ? std::optional(m_call->party) : m_party;
}

std::optional<domain::ContactPointId> CallPresenter::contactPoint() const
{
    return m_call ? m_call->contactPoint : m_contactPoint;
}

FormLimits CallPresenter::limits() const
{
    const base::Instant now = m_clock.now();
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.milliseconds()).date();
    return {.today = *fromQDate(today), .now = now, .balance = m_case ? std::optional(m_case->balance) : std::nullopt,
            .asksWhen = m_call && m_call->origin == CallOrigin::Elsewhere};
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
    m_advice.dropAll();
    m_runner.reset();
    m_call.reset();
    m_preparation.reset();
    m_raised.clear();
    m_gate.reset();
    m_number.clear();
    m_party.reset();
    m_contactPoint.reset();
    m_pack.reset();
    if (m_stage == CallStage::Warned || m_stage == CallStage::Refused || m_stage == CallStage::Asking)
        enter(CallStage::Idle);
}

} // namespace evenhand::ui
