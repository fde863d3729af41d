// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/casepage.h"

#include <QEvent>
#include <QShortcut>

#include "app/services/agreementservice.h"
#include "app/services/packservice.h"
#include "app/services/sessionservice.h"
#include "app/services/recordingservice.h"
#include "ui/call/callpanel.h"
#include "ui/call/recordingstrip.h"
#include "ui/case/caseheader.h"
#include "ui/case/factspanel.h"
#include "ui/case/gatereplaydialog.h"
#include "ui/case/notecomposer.h"
#include "ui/case/revealtime.h"
#include "ui/case/timelineview.h"
#include "ui/documents/letterdialog.h"
#include "ui/models/queuemodel.h"
#include "ui/models/timelinemodel.h"
#include "ui/plans/plandialog.h"
#include "ui/prompt/userprompt.h"
#include "ui/text/clausetranslator.h"
#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasetextedit.h"

namespace evenhand::ui {

CasePage::CasePage(const Services& services, Dialler dialler, QWidget* parent)
    : QWidget(parent), m_services(services), m_presenter(services.calls, services.cases, services.packs, services.clock, std::move(dialler)),
      m_header(new CaseHeader(this)), m_hotNote(new Banner(this)), m_holds(new Banner(this)), m_gate(new Banner(this)), m_facts(new FactsPanel(services.clock, this)),
      m_side(new QStackedWidget(this)), m_note(new NoteComposer(services.calls, this)), m_timeline(new TimelineModel(this)),
      m_call(new CallPanel(m_presenter, services.clock, *m_timeline, this)), m_recording(new RecordingStrip(services.recording, m_presenter, this))
{
    m_presenter.setRecordingHooks({[this] { return m_services.recording.willRecord(); }, [this] { return m_services.recording.recordings(); }});
    setObjectName(QStringLiteral("casePage"));
    m_gate->setObjectName(QStringLiteral("gateBanner"));
    if (const auto* note = m_call->findChild<PhraseTextEdit*>())
        m_recording->watchNote(*note);
    layOut();
    connectParts();
    addShortcuts();
    usePacks();
}

void CasePage::layOut()
{
    auto* down = column(this, 0, 0);
    down->addWidget(m_header);
    auto* inside = column(nullptr, 12, 8);
    for (Banner* banner : {m_hotNote, m_holds, m_gate})
        inside->addWidget(banner);
    inside->addWidget(m_recording);
    auto* read = new QWidget(this);
    auto* readDown = column(read, 0, 12);
    readDown->addWidget(m_note);
    QFrame* history = makeCard(read);
    auto* list = new TimelineView(history);
    list->setObjectName(QStringLiteral("timeline"));
    list->setModel(m_timeline);
    connect(list, &QListView::activated, this, [this](const QModelIndex& at) {
        if (at.data(TimelineModel::AskedRole).toBool())
            explain(at.data(TimelineModel::IdRole).toString());
    });
    column(history, 8)->addWidget(list);
    readDown->addWidget(history, 1);
    m_side->addWidget(read);
    m_side->addWidget(m_call);
    auto* across = row(12);
    m_facts->setMinimumWidth(300);
    m_facts->setMaximumWidth(420);
    across->addWidget(m_facts, 3);
    across->addWidget(m_side, 7);
    inside->addLayout(across, 1);
    down->addLayout(inside, 1);
}

void CasePage::connectParts()
{
    connect(m_header, &CaseHeader::backRequested, this, &CasePage::backRequested);
    connect(m_header, &CaseHeader::callRequested, this, &CasePage::call);
    connect(m_header, &CaseHeader::nextRequested, this, &CasePage::goNext);
    connect(m_header, &CaseHeader::revealNameRequested, this, [this] {
        if (m_view && !m_view->parties.empty())
            askReveal(m_view->parties.front().id.uuid(), services::RevealField::Name);
    });
    connect(m_facts, &FactsPanel::revealRequested, this, &CasePage::askReveal);
    connect(m_facts, &FactsPanel::caseRequested, this, &CasePage::caseRequested);
    connect(m_facts, &FactsPanel::planRequested, this, &CasePage::plan);
    connect(m_facts, &FactsPanel::letterRequested, this, [this] { write(std::nullopt); });
    connect(m_facts, &FactsPanel::agreementRequested, this, [this](const services::PlanView& plan) { write(plan); });
    connect(m_facts, &FactsPanel::planDecided, this, &CasePage::decide);
    connect(m_note, &NoteComposer::saved, this, [this](bool thenNext) {
        Q_EMIT savedHere();
        if (thenNext)
            Q_EMIT nextRequested();
    });
    connect(m_call, &CallPanel::abandonRequested, this, [this] {
        m_services.prompt.ask({tr("Discard this call?"), tr("Nothing of it will be recorded, although a number was dialled."), {tr("Discard"), tr("Keep it")}, true}, this,
                              [this](std::optional<int> answer) {
                                  if (answer == 0)
                                      m_presenter.abandon();
                              });
    });
    connect(&m_presenter, &CallPresenter::stageChanged, this, &CasePage::stageChanged);
    connect(&m_presenter, &CallPresenter::promptChanged, this, [this] {
        const bool masked = m_presenter.isOnCall() && !m_presenter.rightPartyProven();
        m_header->setAmountsMasked(masked);
        m_facts->setAmountsMasked(masked);
        m_timeline->setAmountsMasked(masked);
    });
    connect(&m_presenter, &CallPresenter::failed, this,
            [this](const base::Error& error) { m_gate->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(error)); });
    connect(&m_presenter, &CallPresenter::saved, this, [this](bool thenNext) {
        Q_EMIT savedHere();
        if (thenNext)
            Q_EMIT nextRequested();
        else
            reload();
    });
    connect(&m_presenter, &CallPresenter::draftFound, this, &CasePage::offerDraft);
    connect(&m_services.packs, &services::PackService::activeChanged, this, &CasePage::usePacks);
    connect(&m_services.cases, &services::CaseService::changed, this, [this](const services::ChangeSet& what) {
        if (m_id && what.touches(*m_id))
            reload();
    });
}

void CasePage::addShortcuts()
{
    const auto on = [this](const QKeySequence& keys, auto action) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    on(Qt::Key_F9, [this] { call(); });
    on(Qt::Key_F10, [this] { m_presenter.hangUp(); });
    on(Qt::Key_F8, [this] { m_call->switchFocus(); });
    on(Qt::ALT | Qt::Key_M, [this] { m_recording->toggleMute(); });
    on(Qt::Key_F6, [this] { m_call->toggleHistory(); });
    on(Qt::ALT | Qt::Key_N, [this] { goNext(); });
    on(Qt::ALT | Qt::Key_P, [this] { plan(); });
    on(Qt::ALT | Qt::Key_W, [this] { write(std::nullopt); });
    on(Qt::ALT | Qt::Key_Right, [this] { m_call->goOn(); });
    on(Qt::ALT | Qt::Key_Left, [this] { m_call->goBack(); });
    on(Qt::Key_Escape, [this] {
        if (!m_presenter.isOnCall())
            Q_EMIT backRequested();
    });
    const auto save = [this](bool next) { m_presenter.isOnCall() ? m_call->save(next) : m_note->save(next); };
    on(Qt::CTRL | Qt::Key_S, [save] { save(false); });
    on(Qt::CTRL | Qt::Key_Return, [save] { save(true); });
    on(Qt::CTRL | Qt::Key_Enter, [save] { save(true); });
    for (int digit = 1; digit <= 9; ++digit) {
        on(QKeyCombination(Qt::ALT, Qt::Key(Qt::Key_0 + digit)), [this, digit] { m_call->chooseOutcome(digit); });
        on(QKeyCombination(Qt::CTRL, Qt::Key(Qt::Key_0 + digit)), [this, digit] { m_call->answer(digit); });
    }
}

void CasePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        showBanners();
        m_timeline->refreshTexts();
    }
}

void CasePage::open(const domain::CaseId& id)
{
    if (m_presenter.isOnCall() && !(m_id == id))
        return;   // the navigator does not offer it; a call is finished before the next case
    m_id = id;
    m_gate->clear();
    reload();
}

void CasePage::reload()
{
    if (!m_id)
        return;
    whenLatest(m_services.cases.openCase(*m_id), this, m_latest, [this](const base::Result<services::CaseView>& view) {
        if (view)
            show(*view);
        else if (m_presenter.isOnCall())
            m_gate->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("This case was taken away meanwhile. Finish and save the call; then it closes."));
        else
            m_gate->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(view.error()));
    });
}

void CasePage::show(const services::CaseView& view)
{
    const bool another = !m_view || !(m_view->id == view.id);
    m_view = view;
    m_header->show(view);
    m_facts->show(view);
    m_timeline->setItems(view.timeline);
    m_note->setCase(view.id, view.version);
    m_recording->setCase(view.id);
    if (another)
        m_presenter.setCase(view);
    else
        m_presenter.refreshCase(view);
    showBanners();
    if (another) {
        m_header->findChild<QPushButton*>(QStringLiteral("caseCall"))->setFocus();
        m_presenter.lookForDraft();
    }
}

void CasePage::showBanners()
{
    if (!m_view)
        return;
    m_hotNote->say(QStringLiteral("warn"), QStringLiteral("pin"), q(m_view->hotNote));
    if (m_view->closedSince)
        //: %1 is a day and time
        m_hotNote->say(QStringLiteral("block"), QStringLiteral("lock"), tr("Closed since %1: this computer has not spoken with the server for too long. It opens again at the next contact. "
                                                                            "You can still write down what happened.").arg(Format::dateTime(*m_view->closedSince)));
    QStringList flags;
    for (const domain::Flag& flag : m_view->flags)
        //: %1 is a flag such as "Disputed", %2 a day and time
        flags << tr("%1 (since %2)").arg(Words::of(flag.kind), Format::dateTime(flag.setAt));
    //: %1 is a list of flags
    m_holds->say(QStringLiteral("hold"), QStringLiteral("light-hold"), flags.isEmpty() ? QString() : tr("In force on this case: %1").arg(flags.join(tr(", "))));
}

void CasePage::usePacks()
{
    const auto packs = m_services.packs.active();
    if (!packs) {
        if (m_services.packs.error())
            m_gate->say(QStringLiteral("block"), QStringLiteral("light-block"), tr("The rule packs cannot be read, so no contact may be made."), q(m_services.packs.error()->detail));
        return;
    }
    m_note->setChecker(packs->phrases);
    m_call->setChecker(packs->phrases);
    m_timeline->setOutcomes(&packs->outcomes);
}

void CasePage::call()
{
    if (!m_view || m_presenter.isOnCall())
        return;
    const services::ContactPointView* target = m_facts->callTarget();
    if (!target) {
        m_gate->say(QStringLiteral("warn"), QStringLiteral("light-warn"), tr("There is no phone number to call."));
        return;
    }
    if (m_presenter.canOverride(target->id))
        askOverride();   // the answer was read, and the same number is wanted again
    else
        m_presenter.dial(target->partyId, target->id);
}

/// Offered during a call as well: what was agreed is on disk when the window closes, whatever becomes of the call.
void CasePage::plan()
{
    const auto& who = m_services.session.who();
    if (!m_view || !who || m_view->parties.empty() || (m_presenter.isOnCall() && !m_presenter.rightPartyProven()))
        return;
    const auto today = base::TimeZone::tryFromName(m_view->parties.front().timeZone).value_or(*base::TimeZone::tryFromName("Asia/Shanghai")).dateAt(m_services.clock.now());
    openPlanDialog(m_services.packs, {m_view->accounts, today, who->role}, [this, id = m_view->id, version = m_view->version, party = m_view->parties.front().id](services::PlanDraft draft) {
        const bool isAsked = draft.needs != domain::ApprovalLevel::Self;
        whenReady(m_services.agreements.requestPlan({id, party, version, std::move(draft)}), this, [this, isAsked](const base::Result<services::Saved>& saved) {
            sayRecorded(saved, isAsked ? tr("The request is saved. It counts when it is approved.") : tr("The plan is saved."));
        });
    }, window());
}

void CasePage::write(const std::optional<services::PlanView>& plan)
{
    if (m_view && (!m_presenter.isOnCall() || m_presenter.rightPartyProven()))
        (new LetterDialog(m_services, *m_view, plan ? std::optional(plan->row) : std::nullopt, window()))->open();
}

void CasePage::decide(const services::PlanView& plan, domain::DecisionKind kind)
{
    if (!m_view)
        return;
    domain::DecisionPayload decision{plan.row.id, kind};
    if (kind == domain::DecisionKind::Agree)
        decision.reference = "call";
    whenReady(m_services.agreements.decide({m_view->id, m_view->version, std::move(decision)}), this,
              [this](const base::Result<services::Saved>& saved) { sayRecorded(saved, tr("Saved.")); });
}

void CasePage::sayRecorded(const base::Result<services::Saved>& saved, const QString& text)
{
    if (saved) {
        m_gate->say(QStringLiteral("allow"), QStringLiteral("check"), text);
        Q_EMIT savedHere();
    } else {
        m_gate->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(saved.error()));
    }
}

void CasePage::askOverride()
{
    using services::OverrideReason;
    const std::vector<OverrideReason> reasons{OverrideReason::AskedForIt, OverrideReason::Agreed, OverrideReason::HelpsThem, OverrideReason::RecordWrong,
                                              OverrideReason::Instructed};
    m_services.prompt.ask({tr("Why do you call all the same?"), tr("%1 It is recorded that you went on, and why; supervisors see it.").arg(reasonOf(m_presenter.gate()->light)),
                           {tr("The person asked for it"), tr("It was agreed with the person"), tr("It keeps harm from the person"), tr("What the rule goes by is recorded wrongly"),
                            tr("I was told to by a supervisor")}},
                          this, [this, reasons](std::optional<int> answer) {
                              if (answer)
                                  m_presenter.goOnBecause(reasons[std::size_t(*answer)]);
                          });
}

void CasePage::explain(const QString& eventId)
{
    const auto event = domain::EventId::tryFromString(u8(eventId));
    if (!m_id || !event)
        return;
    whenReady(m_services.cases.replayGate(*m_id, *event), this, [this](const base::Result<services::GateReplay>& replay) {
        if (replay)
            showGateReplay(*replay, window());
        else
            m_gate->say(QStringLiteral("info"), QStringLiteral("info"), tr("The rules were not asked about this contact: it came from the other side, or was recorded later."));
    });
}

void CasePage::stageChanged(CallStage stage)
{
    const bool onCall = m_presenter.isOnCall();
    if (stage == CallStage::Talking) {
        m_note->keepDraft();
        m_call->begin(m_view->overdue);
    }
    m_side->setCurrentIndex(onCall ? 1 : 0);
    if (stage == CallStage::Talking)
        m_call->focusScript();
    m_header->setCallEnabled(!onCall && stage != CallStage::Asking);
    const bool masked = onCall && !m_presenter.rightPartyProven();
    m_header->setAmountsMasked(masked);
    m_facts->setAmountsMasked(masked);
    m_timeline->setAmountsMasked(masked);
    if (stage == CallStage::Warned || stage == CallStage::Refused) {
        sayGate(stage);
    } else if (stage == CallStage::Talking) {
        m_gate->clear();
    }
}

/// What stands against the call, since when it will be possible, and whether this user may go on.
void CasePage::sayGate(CallStage stage)
{
    const services::GateAnswer& gate = *m_presenter.gate();
    const services::ContactLight& light = gate.light;
    QString text = reasonOf(light);
    if (light.nextAllowedAt)
        //: %1 is the reason, %2 a time
        text = tr("%1 Possible again from %2.").arg(text, Format::shortTime(*light.nextAllowedAt, m_services.clock.now()));
    if (gate.mayOverride)
        //: %1 is the reason for the warning
        text = tr("%1 Press F9 again to call all the same, with a reason.").arg(text);
    else if (stage == CallStage::Warned)
        //: %1 is the reason for the warning
        text = tr("%1 Your role may not go on; ask a supervisor.").arg(text);
    QStringList clauses;
    for (const compliance::Reason& reason : gate.decision.reasons)
        if (!reason.clause.empty())
            clauses << clauseText(reason.clause + " (" + std::string(toWord(reason.confidence)) + ")");
    m_gate->say(lookOf(light.level), lightIconName(light.level), text, clauses.join(QStringLiteral("\n")));
}

void CasePage::askReveal(const base::Uuid& row, services::RevealField field)
{
    const std::vector<services::RevealReason> reasons{services::RevealReason::Verify, services::RevealReason::Correct, services::RevealReason::Dial, services::RevealReason::Other};
    m_services.prompt.ask({tr("Why do you need to see it?"), tr("It is recorded that you looked, and why. The value is masked again after 30 seconds."),
                           {tr("To verify who I speak with"), tr("To correct it"), tr("To dial by hand"), tr("Another reason")}},
                          this, [this, row, field, reasons](std::optional<int> answer) {
        if (!answer || !m_id)
            return;
        whenReady(m_services.cases.reveal(*m_id, row, field, reasons[std::size_t(*answer)]), this, [this, row, field](const base::Result<std::string>& value) {
            if (!value)
                m_gate->say(QStringLiteral("block"), QStringLiteral("light-block"), ErrorText::of(value.error()));
            else if (field == services::RevealField::Name)
                m_header->showClearName(q(*value));
            else if (field == services::RevealField::IdNumber) {
                m_gate->say(QStringLiteral("info"), QStringLiteral("eye"), tr("Identity number: %1").arg(q(*value)));
                QTimer::singleShot(kRevealMs, m_gate, &Banner::clear);
            }
            else
                m_facts->showClear(row, q(*value));
        });
    });
}

void CasePage::offerDraft(const services::Draft& draft)
{
    m_services.prompt.ask({tr("An unfinished call was found"), tr("It was last touched on %1. Nothing of it was saved as a call yet.").arg(Format::dateTime(draft.savedAt)),
                           {tr("Complete it"), tr("Discard it")}},
                          this, [this, draft](std::optional<int> answer) {
                              if (answer == 0)
                                  m_presenter.resumeDraft(draft);
                              else if (answer == 1)
                                  whenReady(m_services.calls.discardDraft(draft.id), this, [](const base::Result<>&) {});
                          });
}

void CasePage::goNext()
{
    if (m_presenter.isOnCall())
        return;
    m_note->keepDraft();
    Q_EMIT nextRequested();
}

void CasePage::keepDrafts()
{
    m_note->keepDraft();
    if (m_presenter.isOnCall())
        m_call->keepDraft();
}

void CasePage::forget()
{
    m_latest.dropAll();
    m_presenter.leave();
    m_id.reset();
    m_view.reset();
}

} // namespace evenhand::ui
