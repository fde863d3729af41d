// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/callpanel.h"

#include <QStackedWidget>

#include "ui/call/callbar.h"
#include "ui/call/promiseform.h"
#include "ui/call/scriptcard.h"
#include "ui/call/wrapuppanel.h"
#include "ui/case/timelineview.h"
#include "ui/models/timelinemodel.h"
#include "ui/text/errortext.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kDraftMs = 2000;
}

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

void CallPanel::begin(const base::Money& overdue)
{
    m_middle->setCurrentIndex(0);
    m_saveFailed = false;
    m_wrapUp->begin(overdue, m_presenter.limits().today);
    if (auto* promise = m_wrapUp->findChild<PromiseForm*>())
        promise->setJudge(m_presenter.promiseJudge());
    m_wrapUp->offer(m_presenter.offeredOutcomes());
    m_script->showNothing(tr("Preparing the script …"));
    focusScript();
    keepDraft();
}

void CallPanel::setChecker(const compliance::PhraseChecker& checker)
{
    m_wrapUp->setChecker(checker);
}

void CallPanel::showPrompt()
{
    if (const auto prompt = m_presenter.prompt()) {
        m_script->show(*prompt);
        m_wrapUp->offer(m_presenter.offeredOutcomes());
        m_wrapUp->suggest(prompt->suggestedOutcome);
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

void CallPanel::toggleHistory()
{
    m_middle->setCurrentIndex(1 - m_middle->currentIndex());
}

} // namespace evenhand::ui
