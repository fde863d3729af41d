// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>

#include "app/guidance/scriptrunner.h"
#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/packservice.h"
#include "ui/async.h"
#include "ui/call/callform.h"
#include "ui/call/callrecord.h"
#include "ui/call/telephone.h"

namespace evenhand::ui {

enum class CallStage {
    Idle,        ///< no call
    Asking,      ///< the gate is being asked
    Warned,      ///< the gate warns; who may go on, does so with a reason
    Refused,     ///< the gate says hold or block; a hold, too, may be overridden by who may
    Talking,     ///< dialled or picked up, the clock runs
    Ended,       ///< wrap-up
    Saving       ///< not saved yet
};

/// What a call needs to know of its recording.
struct RecordingHooks {
    std::function<std::optional<bool>()> willRecord;                 ///< as services::GateRequest::recording
    std::function<std::vector<domain::EventId>()> recordings;        ///< of the call that is on, or has just ended
};

/// One call from F9 to "saved", without widgets: asks the gate, dials, runs the script, takes the form apart, keeps drafts.
class CallPresenter : public QObject {
    Q_OBJECT

public:
    CallPresenter(services::CallService& calls, services::CaseService& cases, services::PackService& packs, const base::Clock& clock,
                  Telephone& telephone, QObject* parent = nullptr);

    void setRecordingHooks(RecordingHooks hooks) { m_hooks = std::move(hooks); }
    void setCase(const services::CaseView& view);                      ///< the case a call would be about; ignored during a call
    void refreshCase(const services::CaseView& view);                  ///< newer facts of the same case
    void dial(const domain::PartyId& party, const domain::ContactPointId& contactPoint);
    /// They are on the line now: their own script, no gate.
    void pickUp(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint);
    /// A call made on another telephone is written down. Always possible; gate() says what the rules make of it.
    void logElsewhere(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint);
    /// Goes on in spite of what the gate said to this contact point. Only while canOverride().
    void goOnBecause(services::OverrideReason reason);
    void hangUp();
    void abandon();                                                    ///< drops the call and its draft; only while mayAbandon()
    void leave();                                                      ///< forgets the case and the call; its draft stays
    void handle(const guidance::ScriptEvent& event);
    void chooseScript(const std::string& id);                          ///< the one that was on stays in the record
    void goOnWithNextScript();                                         ///< at an end that names one
    void save(const CallForm& form, bool thenNext);
    void keepDraft(const CallForm& form);                              ///< at most every two seconds, and before lock and quit
    void lookForDraft();                                               ///< emits draftFound
    void resumeDraft(const services::Draft& draft);                    ///< emits draftResumed; the call is over, the wrap-up is not
    void previewFlags(const std::string& outcome);                     ///< emits flagPreviewed for every flag asked for
    void adviseCallback(base::Instant wished, const std::string& outcome);   ///< emits callbackAdvised

    [[nodiscard]] CallStage stage() const { return m_stage; }
    [[nodiscard]] bool isOnCall() const { return m_stage == CallStage::Talking || m_stage == CallStage::Ended || m_stage == CallStage::Saving; }
    [[nodiscard]] CallOrigin origin() const { return m_call ? m_call->origin : CallOrigin::Dialled; }
    /// A number that was dialled is an attempt: it is recorded, unless the pack lets a wrap-up go without an outcome.
    [[nodiscard]] bool mayAbandon() const;
    /// Whether the gate objected to calling this contact point and this user may go on with a reason.
    [[nodiscard]] bool canOverride(const domain::ContactPointId& contactPoint) const;
    [[nodiscard]] const std::optional<services::GateAnswer>& gate() const { return m_gate; }
    [[nodiscard]] std::optional<guidance::Prompt> prompt() const;
    [[nodiscard]] const guidance::Script* script() const { return m_runner ? &m_runner->script() : nullptr; }
    [[nodiscard]] std::vector<std::shared_ptr<const guidance::Script>> scriptsToChoose() const;
    [[nodiscard]] guidance::MergeData data() const { return m_runner ? m_runner->data() : guidance::MergeData(); }
    [[nodiscard]] guidance::Facts knownFacts() const;                  ///< before the call, learned and answered
    [[nodiscard]] bool rightPartyProven() const;
    [[nodiscard]] std::int64_t talkSeconds() const;
    [[nodiscard]] std::vector<const guidance::Outcome*> offeredOutcomes() const;
    [[nodiscard]] const guidance::Outcome* outcome(const std::string& code) const;
    [[nodiscard]] std::vector<domain::FlagPayload> flagsAskedFor(const std::string& outcome) const;
    [[nodiscard]] const QString& number() const { return m_number; }   ///< in the clear, while talking
    [[nodiscard]] std::optional<domain::PartyId> party() const;
    [[nodiscard]] std::optional<domain::ContactPointId> contactPoint() const;
    [[nodiscard]] FormLimits limits() const;
    [[nodiscard]] base::Instant startedAt() const { return m_call ? m_call->startedAt : base::Instant(); }

Q_SIGNALS:
    void stageChanged(evenhand::ui::CallStage stage);
    void promptChanged();
    void failed(const evenhand::base::Error& error);                   ///< asking, dialling; the form is untouched
    void formRefused(const std::vector<evenhand::ui::FormProblem>& problems);
    void notSaved(const evenhand::base::Error& error);
    void saved(bool thenNext);                                         ///< the journal has it
    void draftFound(const evenhand::services::Draft& draft);
    void draftResumed(const evenhand::ui::CallForm& form);
    void draftNotKept(const evenhand::base::Error& error);
    void judgedElsewhere();                                            ///< gate() holds what the rules make of the call that is written down
    void flagPreviewed(evenhand::domain::FlagKind kind, const std::vector<evenhand::services::FlagConsequence>& consequences);
    void callbackAdvised(const evenhand::services::CallbackAdvice& advice);

private:
    void enter(CallStage stage);
    [[nodiscard]] bool takePacks();
    void gateAnswered(const base::Result<services::GateAnswer>& answer);
    void reveal();
    void startTalking(const std::string& number);
    void begin(CallOrigin origin, const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint);
    void prepareScript();
    void startScript(const services::CallPreparation& preparation);
    void play(std::shared_ptr<const guidance::Script> script, guidance::Facts facts, guidance::MergeData data);
    void lineChanged(LineState state);
    void forgetCall();
    void checkCallback(const CallForm& form, bool thenNext);
    void judgeAndWrite(const CallForm& form, bool thenNext);
    void write(const CallForm& form, bool thenNext);
    [[nodiscard]] services::GateRequest requestFor(const domain::PartyId& party, const std::optional<domain::ContactPointId>& contactPoint) const;

    services::CallService& m_calls;
    services::CaseService& m_cases;
    services::PackService& m_packs;
    const base::Clock& m_clock;
    Telephone& m_telephone;
    RecordingHooks m_hooks;
    Latest m_latest;
    Latest m_advice;
    CallStage m_stage = CallStage::Idle;
    std::optional<services::CaseView> m_case;
    std::optional<domain::PartyId> m_party;                ///< who is to be called, until there is a call
    std::optional<domain::ContactPointId> m_contactPoint;
    std::optional<services::GateAnswer> m_gate;
    std::optional<CallRecord> m_call;
    std::shared_ptr<const services::ActivePacks> m_pack;   ///< those the call began with
    std::optional<services::CallPreparation> m_preparation;
    std::unique_ptr<guidance::ScriptRunner> m_runner;
    std::vector<std::string> m_raised;                     ///< flags that earlier scripts asked for
    QString m_number;
};

} // namespace evenhand::ui
