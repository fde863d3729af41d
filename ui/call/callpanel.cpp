// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callpanel.h"

#include <QStackedWidget>

#include "ui/call/callbar.h"
#include "ui/call/scriptcard.h"
#include "ui/call/wrapuppanel.h"
#include "ui/case/timelineview.h"
#include "ui/models/timelinemodel.h"
#include "ui/text/errortext.h"
#include "ui/text/strings.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kDraftMs = 2000;

/// The day of the month on which the debtor is paid, where the lender told it.
std::optional<int> payDayOf(const services::CaseView& view)
{
    for (const domain::AccountRow& account : view.accounts)
        for (const auto& [name, value] : account.facts)
            if (name == "pay_day" || name == "发薪日") {
                bool isNumber = false;
                const int day = q(value).toInt(&isNumber);
                if (isNumber && day >= 1 && day <= 31)
                    return day;
            }
    return std::nullopt;
}
} // namespace

CallPanel::CallPanel(CallPresenter& presenter, const base::Clock& clock, TimelineModel& history, QWidget* parent)
    : QWidget(parent), m_presenter(presenter), m_script(new ScriptCard(this)), m_wrapUp(new WrapUpPanel(clock, this)), m_middle(new QStackedWidget(this))
{
    auto* down = column(this, 0, 12);
    down->addWidget(new CallBar(presenter, this));
    QFrame* earlier = makeCard(this);
    auto* list = new TimelineView(earlier);
    list->setObjectName(QStringLiteral("callHistory"));
    list->setModel(&history);
    column(earlier, 8)->addWidget(list);
    m_middle->addWidget(m_script);
    m_middle->addWidget(earlier);
    auto* across = row(12);
    across->addWidget(m_middle, 1);
    across->addWidget(m_wrapUp, 1);
    m_wrapUp->setMinimumWidth(400);
    down->addLayout(across, 1);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftMs);
    connect(&m_draftTimer, &QTimer::timeout, this, &CallPanel::keepDraft);
    connect(m_wrapUp, &WrapUpPanel::edited, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start();
    });
    connect(m_wrapUp, &WrapUpPanel::saveRequested, this, &CallPanel::save);
    connect(m_wrapUp, &WrapUpPanel::abandonRequested, this, &CallPanel::abandonRequested);
    connect(m_wrapUp, &WrapUpPanel::outcomeChanged, this, &CallPanel::showFlags);
    connect(m_wrapUp, &WrapUpPanel::adviceWanted, this, [this](const base::Instant& wished) { m_presenter.adviseCallback(wished, m_wrapUp->outcome()); });
    connect(&presenter, &CallPresenter::flagPreviewed, m_wrapUp, &WrapUpPanel::showConsequences);
    connect(&presenter, &CallPresenter::callbackAdvised, m_wrapUp, &WrapUpPanel::showAdvice);
    connect(m_script, &ScriptCard::scriptWanted, &presenter, &CallPresenter::chooseScript);
    connect(m_script, &ScriptCard::nextScriptWanted, &presenter, &CallPresenter::goOnWithNextScript);
    connect(m_script, &ScriptCard::happened, &presenter, &CallPresenter::handle);
    connectPresenter();
}

void CallPanel::connectPresenter()
{
    connect(&m_presenter, &CallPresenter::promptChanged, this, &CallPanel::showPrompt);
    connect(&m_presenter, &CallPresenter::formRefused, m_wrapUp, &WrapUpPanel::showProblems);
    connect(&m_presenter, &CallPresenter::notSaved, this, [this](const base::Error& error) {
        m_saveFailed = true;
        m_wrapUp->showNotSaved(ErrorText::notSaved(error));
    });
    connect(&m_presenter, &CallPresenter::draftNotKept, this,
            [this](const base::Error& error) {
                if (!m_saveFailed)   // what was not saved matters more, and stays on the screen until the next try
                    m_wrapUp->showNotSaved(tr("The draft could not be kept. %1").arg(ErrorText::of(error)));
            });
    connect(&m_presenter, &CallPresenter::draftResumed, this, [this](const CallForm& form) {
        m_wrapUp->beginAnswers(m_presenter.contactPoint().has_value(),
                               m_presenter.origin() == CallOrigin::Elsewhere ? std::optional(m_presenter.startedAt()) : std::nullopt);
        m_wrapUp->setMayAbandon(m_presenter.mayAbandon());
        m_wrapUp->offer(m_presenter.offeredOutcomes());
        m_wrapUp->fill(form);
        m_script->showNothing(tr("The call has ended. Complete the wrap-up."));
        m_wrapUp->focusNote();
    });
    connect(&m_presenter, &CallPresenter::stageChanged, this, [this](CallStage stage) {
        m_wrapUp->setSaving(stage == CallStage::Saving);
        if (stage == CallStage::Ended)
            keepDraft();
    });
}

void CallPanel::begin(const services::CaseView& view)
{
    const bool elsewhere = m_presenter.origin() == CallOrigin::Elsewhere;
    m_middle->setCurrentIndex(elsewhere ? 1 : 0);
    m_saveFailed = false;
    m_raised = 0;
    m_wrapUp->begin(view.overdue, m_presenter.limits().today);
    m_wrapUp->beginAnswers(m_presenter.contactPoint().has_value(), elsewhere ? std::optional(m_presenter.startedAt()) : std::nullopt);
    m_wrapUp->setMayAbandon(m_presenter.mayAbandon());
    if (const auto day = payDayOf(view))
        m_wrapUp->setPayDay(*day);
    m_wrapUp->offer(m_presenter.offeredOutcomes());
    m_script->showNothing(elsewhere ? tr("The call is over; there is nothing to read out.") : tr("Preparing the script …"));
    elsewhere ? m_wrapUp->focusNote() : focusScript();
    keepDraft();
}

void CallPanel::showFlags()
{
    m_wrapUp->offerFlags(m_presenter.flagsAskedFor(m_wrapUp->outcome()));
    m_presenter.previewFlags(m_wrapUp->outcome());
}

void CallPanel::setChecker(const compliance::PhraseChecker& checker)
{
    m_wrapUp->setChecker(checker);
}

void CallPanel::showPrompt()
{
    if (const auto prompt = m_presenter.prompt()) {
        m_script->show(*prompt);
        m_script->showScripts(m_presenter.script(), m_presenter.scriptsToChoose());
        m_wrapUp->offer(m_presenter.offeredOutcomes());
        m_wrapUp->showKnown(m_presenter.knownFacts());
        if (prompt->raisedFlags.size() != m_raised) {
            m_raised = prompt->raisedFlags.size();
            showFlags();
        }
        m_wrapUp->suggest(prompt->suggestedOutcome);
        if (prompt->kind != guidance::StepKind::Form)
            m_wrapUp->proposePromise(m_presenter.data());
        if (!m_draftTimer.isActive())
            m_draftTimer.start();
    }
}

void CallPanel::save(bool thenNext)
{
    m_draftTimer.stop();
    m_saveFailed = false;
    m_presenter.save(m_wrapUp->form(), thenNext);
}

void CallPanel::keepDraft()
{
    m_draftTimer.stop();
    m_presenter.keepDraft(m_wrapUp->form());
}

void CallPanel::chooseOutcome(int hotKey)
{
    m_wrapUp->chooseOutcome(hotKey);
}

void CallPanel::answer(int number)
{
    m_script->answerByNumber(number);
}

void CallPanel::goOn()
{
    m_script->goOn();
}

void CallPanel::goBack()
{
    m_presenter.handle(guidance::WentBack{});
}

void CallPanel::focusScript()
{
    m_script->setFocus(Qt::ShortcutFocusReason);
}

void CallPanel::switchFocus()
{
    if (m_script->hasFocus())
        m_wrapUp->focusNote();
    else
        focusScript();
}

void CallPanel::findObjection()
{
    m_middle->setCurrentIndex(0);
    m_script->findObjection();
}

void CallPanel::toggleHistory()
{
    m_middle->setCurrentIndex(1 - m_middle->currentIndex());
}

} // namespace evenhand::ui
