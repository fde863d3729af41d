// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QString>

#include "app/guidance/scriptrunner.h"
#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/packservice.h"
#include "ui/async.h"
#include "ui/call/callform.h"
#include "ui/plans/promisejudge.h"

namespace evenhand::ui {

enum class CallStage {
    Idle,        ///< no call
    Asking,      ///< the gate is being asked
    Warned,      ///< the gate warns; who may go on, does so with a reason
    Refused,     ///< the gate says hold or block; a hold, too, may be overridden by who may
    Talking,     ///< dialled, the clock runs
    Ended,       ///< wrap-up
    Saving       ///< not saved yet
};

/// Hands a number to the phone. Implemented outside (clipboard, tel:, a command); tells what was done ("copy", "tel", "command") or why not.
using Dialler = std::function<base::Result<std::string>(const QString& number)>;

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
                  Dialler dialler, QObject* parent = nullptr);

    void setRecordingHooks(RecordingHooks hooks) { m_hooks = std::move(hooks); }
    void setCase(const services::CaseView& view);                      ///< the case a call would be about; ignored during a call
    void refreshCase(const services::CaseView& view);                  ///< newer facts of the same case
    void dial(const domain::PartyId& party, const domain::ContactPointId& contactPoint);
    /// Goes on in spite of what the gate said to this contact point. Only while canOverride().
    void goOnBecause(services::OverrideReason reason);
    void hangUp();
    void abandon();                                                    ///< drops the call and its draft
    void leave();                                                      ///< forgets the case and the call; its draft stays
    void handle(const guidance::ScriptEvent& event);
    void save(const CallForm& form, bool thenNext);
    void keepDraft(const CallForm& form);                              ///< at most every two seconds, and before lock and quit
    void lookForDraft();                                               ///< emits draftFound
    void resumeDraft(const services::Draft& draft);

    [[nodiscard]] CallStage stage() const { return m_stage; }
    [[nodiscard]] bool isOnCall() const { return m_stage == CallStage::Talking || m_stage == CallStage::Ended || m_stage == CallStage::Saving; }
    /// Whether the gate objected to calling this contact point and this user may go on with a reason.
    [[nodiscard]] bool canOverride(const domain::ContactPointId& contactPoint) const;
    [[nodiscard]] const std::optional<services::GateAnswer>& gate() const { return m_gate; }
    [[nodiscard]] std::optional<guidance::Prompt> prompt() const;
    [[nodiscard]] bool rightPartyProven() const;
    [[nodiscard]] std::int64_t talkSeconds() const;
    [[nodiscard]] std::vector<const guidance::Outcome*> offeredOutcomes() const;
    [[nodiscard]] const guidance::Outcome* outcome(const std::string& code) const;
    [[nodiscard]] const QString& number() const { return m_number; }   ///< in the clear, while talking
    [[nodiscard]] const std::optional<domain::PartyId>& party() const { return m_party; }
    [[nodiscard]] const std::optional<domain::ContactPointId>& contactPoint() const { return m_contactPoint; }
    [[nodiscard]] PromiseJudge promiseJudge() const;          ///< of the case that is open
    [[nodiscard]] FormLimits limits() const;

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

private:
    void enter(CallStage stage);
    void gateAnswered(const base::Result<services::GateAnswer>& answer);
    void reveal();
    void startTalking(const std::string& number);
    void startScript(const services::CallPreparation& preparation);
    void forgetCall();
    [[nodiscard]] services::CallDraft draftOf(const CallForm& form) const;
    [[nodiscard]] domain::CallPayload payloadOf(const CallForm& form, const guidance::Outcome& outcome) const;
    void addConsequences(services::CallDraft& draft, const CallForm& form, const guidance::Outcome& outcome) const;

    services::CallService& m_calls;
    services::CaseService& m_cases;
    services::PackService& m_packs;
    const base::Clock& m_clock;
    Dialler m_dialler;
    RecordingHooks m_hooks;
    Latest m_latest;
    CallStage m_stage = CallStage::Idle;
    std::optional<services::CaseView> m_case;
    std::optional<domain::PartyId> m_party;
    std::optional<domain::ContactPointId> m_contactPoint;
    std::optional<services::GateAnswer> m_gate;
    base::Json m_gateJson;
    base::Json m_resumedScript;
    std::shared_ptr<const services::ActivePacks> m_pack;   ///< those the call began with
    std::unique_ptr<guidance::ScriptRunner> m_runner;
    std::optional<domain::DraftId> m_draftId;
    QString m_number;
    std::string m_dialledBy;
    base::Instant m_startedAt;
    std::int64_t m_startedMono = 0;
    std::optional<std::int64_t> m_talkedS;
};

} // namespace evenhand::ui
