// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "app/services/callservice.h"
#include "ui/call/callform.h"
#include "ui/text/retranslator.h"

class QLabel;
class QPushButton;

namespace evenhand::compliance {
class PhraseChecker;
}

namespace evenhand::ui {

class AnswersRow;
class Banner;
class CallbackPicker;
class FlagBox;
class OutcomeGrid;
class PhraseTextEdit;
class PromiseForm;

/// Outcome, what it needs, and the note. It holds what was typed until it is told that it was saved.
class WrapUpPanel : public QFrame {
    Q_OBJECT

public:
    explicit WrapUpPanel(const base::Clock& clock, QWidget* parent = nullptr);

    void begin(const base::Money& overdue, const base::Date& today);
    /// `when`: of a call made elsewhere, which must say when it was; null otherwise.
    void beginAnswers(bool hasNumber, const std::optional<base::Instant>& when);
    void setChecker(const compliance::PhraseChecker& checker);
    void offer(const std::vector<const guidance::Outcome*>& outcomes);
    void suggest(const std::string& outcome);
    void showKnown(const guidance::Facts& known);
    void offerFlags(const std::vector<domain::FlagPayload>& flags);
    void showConsequences(domain::FlagKind kind, const std::vector<services::FlagConsequence>& consequences);
    void showAdvice(const services::CallbackAdvice& advice);
    void setPayDay(int day);
    /// What the script's form heard, where nothing was typed here yet.
    void proposePromise(const guidance::MergeData& heard);
    void setMayAbandon(bool may);
    [[nodiscard]] const std::string& outcome() const;
    void chooseOutcome(int hotKey);                          ///< 1 … 9; 0 takes what the script suggests
    void focusNote();
    [[nodiscard]] CallForm form() const;
    void fill(const CallForm& form);
    void showProblems(const std::vector<FormProblem>& problems);
    void showNotSaved(const QString& text);
    void setSaving(bool saving);

Q_SIGNALS:
    void edited();
    void saveRequested(bool thenNext);
    void abandonRequested();
    void outcomeChanged();
    void adviceWanted(const evenhand::base::Instant& wished);

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void connectParts();
    void outcomeChosen();
    [[nodiscard]] const guidance::Outcome* chosen() const;

    const base::Clock& m_clock;
    Retranslator m_texts;
    std::vector<const guidance::Outcome*> m_offered;
    QLabel* m_outcomeHead;
    OutcomeGrid* m_outcomes;
    QLabel* m_outcomeProblem;
    QLabel* m_promiseHead;
    PromiseForm* m_promise;
    QLabel* m_callbackHead;
    CallbackPicker* m_callback;
    QLabel* m_callbackProblem;
    FlagBox* m_flags;
    AnswersRow* m_answers;
    QLabel* m_noteHead;
    PhraseTextEdit* m_note;
    QWidget* m_phrases;
    QLabel* m_noteProblem;
    Banner* m_banner;
    QPushButton* m_abandon;
    QPushButton* m_save;
    QPushButton* m_saveNext;
};

} // namespace evenhand::ui
