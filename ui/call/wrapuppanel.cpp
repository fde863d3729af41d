// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/wrapuppanel.h"

#include <QDateTime>
#include <QEvent>
#include <QScrollArea>
#include <QTimer>

#include "ui/call/answersrow.h"
#include "ui/call/callbackpicker.h"
#include "ui/call/flagbox.h"
#include "ui/call/outcomegrid.h"
#include "ui/call/promiseform.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/phrasepanel.h"
#include "ui/widgets/phrasetextedit.h"

namespace evenhand::ui {

WrapUpPanel::WrapUpPanel(const base::Clock& clock, QWidget* parent)
    : QFrame(parent), m_clock(clock), m_outcomeHead(makeLabel(this, QStringLiteral("section"))), m_outcomes(new OutcomeGrid(this)), m_outcomeProblem(makeLabel(this, QStringLiteral("error"))),
      m_promiseHead(makeLabel(this, QStringLiteral("section"))), m_promise(new PromiseForm(this)), m_callbackHead(makeLabel(this, QStringLiteral("section"))),
      m_callback(new CallbackPicker(clock, this)), m_callbackProblem(makeLabel(this, QStringLiteral("error"))), m_flags(new FlagBox(this)),
      m_answers(new AnswersRow(this)),
      m_noteHead(makeLabel(this, QStringLiteral("section"))), m_note(new PhraseTextEdit(this)), m_phrases(new PhrasePanel(*m_note, this)),
      m_noteProblem(makeLabel(this, QStringLiteral("error"))), m_banner(new Banner(this)), m_abandon(makeButton(this, QStringLiteral("callAbandon"), QStringLiteral("flat"))),
      m_save(makeButton(this, QStringLiteral("callSave"))), m_saveNext(makeButton(this, QStringLiteral("callSaveNext"), QStringLiteral("primary")))
{
    setProperty("look", QStringLiteral("card"));
    nameInput(m_note, QStringLiteral("callNote"));
    layOut();
    connectParts();
    m_texts.add([this] {
        m_outcomeHead->setText(tr("Outcome  (Alt+number)"));
        m_promiseHead->setText(tr("Promise"));
        m_callbackHead->setText(tr("Call back"));
        m_noteHead->setText(tr("Note"));
        m_note->setAccessibleName(tr("Note about the call"));
        m_note->setPlaceholderText(tr("What was said and agreed. Facts, no opinions."));
        m_abandon->setText(tr("Discard call"));
        m_save->setText(tr("Save"));
        m_saveNext->setText(tr("Save and next  (Ctrl+Enter)"));
        m_outcomes->offer(m_offered);
        outcomeChosen();
    });
}

void WrapUpPanel::layOut()
{
    auto* body = new QWidget(this);
    auto* down = column(body, 16, 8);
    for (QLabel* problem : {m_outcomeProblem, m_callbackProblem, m_noteProblem}) {
        problem->setWordWrap(true);
        problem->hide();
    }
    m_note->setMinimumHeight(96);
    m_note->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);   // takes what is left, so that hits stay in sight on a small screen
    for (QWidget* part : std::initializer_list<QWidget*>{m_outcomeHead, m_outcomes, m_outcomeProblem, m_promiseHead, m_promise, m_callbackHead, m_callback,
                                                         m_callbackProblem, m_flags, m_answers, m_noteHead})
        down->addWidget(part);
    down->addWidget(m_note, 1);
    down->addWidget(m_noteProblem);
    down->addWidget(m_phrases);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    connect(m_note, &PhraseTextEdit::hitsChanged, scroll, [this, scroll] {
        if (m_note->hasFocus() && m_phrases->isVisible())
            QTimer::singleShot(0, scroll, [this, scroll] { scroll->ensureWidgetVisible(m_phrases, 0, 8); });   // once the layout knows its height
    });

    auto* all = column(this, 1, 0);
    all->addWidget(scroll, 1);
    auto* foot = column(nullptr, 0, 8);
    foot->setContentsMargins(16, 8, 16, 12);
    foot->addWidget(m_banner);
    auto* buttons = row(8);
    buttons->addWidget(m_abandon);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_saveNext);
    foot->addLayout(buttons);
    all->addLayout(foot);
}

void WrapUpPanel::connectParts()
{
    connect(m_outcomes, &OutcomeGrid::chosenChanged, this, &WrapUpPanel::outcomeChosen);
    connect(m_outcomes, &OutcomeGrid::chosenChanged, this, &WrapUpPanel::edited);
    connect(m_promise, &PromiseForm::changed, this, &WrapUpPanel::edited);
    connect(m_callback, &CallbackPicker::changed, this, &WrapUpPanel::edited);
    connect(m_callback, &CallbackPicker::adviceWanted, this, &WrapUpPanel::adviceWanted);
    connect(m_flags, &FlagBox::edited, this, &WrapUpPanel::edited);
    connect(m_answers, &AnswersRow::edited, this, &WrapUpPanel::edited);
    connect(m_note, &QPlainTextEdit::textChanged, this, &WrapUpPanel::edited);
    connect(m_note, &PhraseTextEdit::hitsChanged, this, [this] { m_noteProblem->hide(); });
    connect(m_abandon, &QPushButton::clicked, this, &WrapUpPanel::abandonRequested);
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(false); });
    connect(m_saveNext, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(true); });
}

void WrapUpPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void WrapUpPanel::begin(const base::Money& overdue, const base::Date& today)
{
    m_outcomes->choose({});
    m_outcomes->suggest({});
    m_promise->begin(overdue, today);
    m_callback->set(std::nullopt);
    m_flags->startAfresh();
    m_note->startAfresh();
    m_banner->clear();
    showProblems({});
    outcomeChosen();
}

void WrapUpPanel::beginAnswers(bool hasNumber, const std::optional<base::Instant>& when)
{
    const QString text = when ? QDateTime::fromMSecsSinceEpoch(when->milliseconds()).toString(QStringLiteral("HH:mm")) : QString();
    m_answers->begin(hasNumber, when.has_value(), text);
    m_outcomeHead->setVisible(true);
}

void WrapUpPanel::showKnown(const guidance::Facts& known)
{
    m_answers->showKnown(known);
}

void WrapUpPanel::offerFlags(const std::vector<domain::FlagPayload>& flags)
{
    m_flags->offer(flags);
}

void WrapUpPanel::showConsequences(domain::FlagKind kind, const std::vector<services::FlagConsequence>& consequences)
{
    m_flags->showConsequences(kind, consequences);
}

void WrapUpPanel::showAdvice(const services::CallbackAdvice& advice)
{
    m_callback->showAdvice(advice);
}

void WrapUpPanel::setPayDay(int day)
{
    m_callback->setPayDay(day);
}

void WrapUpPanel::proposePromise(const guidance::MergeData& heard)
{
    const auto amount = heard.find("promise.amount");
    const auto day = heard.find("promise.date");
    const auto* money = amount == heard.end() ? nullptr : std::get_if<base::Money>(&amount->second);
    const auto* date = day == heard.end() ? nullptr : std::get_if<base::Date>(&day->second);
    CallForm typed;
    m_promise->read(typed);
    if (money && typed.amountText.trimmed().isEmpty())
        typed.amountText = q(money->toPlainString());
    if (date && typed.dueText.trimmed().isEmpty())
        typed.dueText = q(date->toIso());
    if (money || date)
        m_promise->write(typed);
}

void WrapUpPanel::setMayAbandon(bool may)
{
    m_abandon->setVisible(may);
}

const std::string& WrapUpPanel::outcome() const
{
    return m_outcomes->chosen();
}

void WrapUpPanel::setChecker(const compliance::PhraseChecker& checker)
{
    m_note->setChecker(checker);
}

void WrapUpPanel::offer(const std::vector<const guidance::Outcome*>& outcomes)
{
    m_offered = outcomes;
    m_outcomes->offer(outcomes);
}

void WrapUpPanel::suggest(const std::string& outcome)
{
    m_outcomes->suggest(outcome);
}

void WrapUpPanel::chooseOutcome(int hotKey)
{
    if (hotKey == 0 && !m_outcomes->suggested().empty())
        m_outcomes->choose(m_outcomes->suggested());
    else
        m_outcomes->chooseByHotKey(hotKey);
    const guidance::Outcome* outcome = chosen();
    if (outcome && outcome->promise == guidance::Need::Required)
        m_promise->focusAmount();
    else if (outcome && outcome->callback == guidance::Need::Required)
        m_callback->findChild<QPushButton*>(QStringLiteral("callbackLater"))->setFocus(Qt::ShortcutFocusReason);
    else
        focusNote();
}

void WrapUpPanel::focusNote()
{
    m_note->setFocus(Qt::ShortcutFocusReason);
}

const guidance::Outcome* WrapUpPanel::chosen() const
{
    for (const guidance::Outcome* outcome : m_offered)
        if (outcome->code == m_outcomes->chosen())
            return outcome;
    return nullptr;
}

void WrapUpPanel::outcomeChosen()
{
    const guidance::Outcome* outcome = chosen();
    const bool promise = outcome && outcome->promise != guidance::Need::No;
    const bool callback = outcome && outcome->callback != guidance::Need::No;
    m_promiseHead->setVisible(promise);
    m_promise->setVisible(promise);
    m_callbackHead->setVisible(callback);
    m_callback->setVisible(callback);
    if (!callback)
        m_callbackProblem->hide();
    const bool talk = outcome && (outcome->result == domain::ContactResult::Conversation || outcome->result == domain::ContactResult::Met);
    m_answers->showTalk(talk && outcome->rightParty != guidance::RightParty::No);
    if (outcome)
        m_outcomeProblem->hide();
    Q_EMIT outcomeChanged();
}

CallForm WrapUpPanel::form() const
{
    CallForm form;
    form.outcome = m_outcomes->chosen();
    form.note = m_note->toPlainText();
    form.findings = m_note->findings();
    form.hasBlockingPhrase = m_note->hasBlockingHit();
    m_promise->read(form);
    form.callbackAt = m_callback->isHidden() ? std::nullopt : m_callback->at();
    form.confirmedFlags = m_flags->confirmed();
    m_answers->read(form, m_clock.now());
    return form;
}

void WrapUpPanel::fill(const CallForm& form)
{
    m_outcomes->choose(form.outcome);
    m_promise->write(form);
    m_callback->set(form.callbackAt);
    m_note->startAfresh(form.note);
    outcomeChosen();
    m_answers->write(form);
    m_flags->choose(form.confirmedFlags);
}

void WrapUpPanel::showProblems(const std::vector<FormProblem>& problems)
{
    m_promise->showProblems(problems);
    m_answers->clearProblems();
    for (QLabel* label : {m_outcomeProblem, m_callbackProblem, m_noteProblem})
        label->hide();
    QWidget* first = nullptr;
    const auto say = [&first](QLabel* label, const QString& text, QWidget* where) {
        label->setText(text);
        label->show();
        where->setAccessibleDescription(text);
        first = first ? first : where;
    };
    for (const FormProblem& problem : problems) {
        switch (problem.field) {
        case FormField::Outcome: say(m_outcomeProblem, problem.text, m_outcomes); break;
        case FormField::Note: say(m_noteProblem, problem.text, m_note); break;
        case FormField::Callback: say(m_callbackProblem, problem.text, m_callback); break;
        case FormField::Amount:
        case FormField::DueOn:
        case FormField::Method: first = first ? first : m_promise; break;
        case FormField::Started:
        case FormField::Duration: m_answers->showProblem(problem.field, problem.text); break;
        case FormField::Flag: break;
        }
    }
    if (first == m_promise)
        m_promise->focusAmount();
    else if (first == m_note)
        focusNote();
}

void WrapUpPanel::showNotSaved(const QString& text)
{
    if (text.isEmpty())
        m_banner->clear();
    else
        m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), text);
}

void WrapUpPanel::setSaving(bool saving)
{
    for (QPushButton* button : {m_save, m_saveNext, m_abandon})
        button->setEnabled(!saving);
    m_note->setReadOnly(saving);
    if (saving)
        m_banner->clear();
}

} // namespace evenhand::ui
