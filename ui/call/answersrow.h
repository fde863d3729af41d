// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/guidance/facts.h"
#include "ui/call/callform.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace evenhand::ui {

/// What a call leaves behind in words that later steps and the server can use: why it is overdue, whether they want to pay, what became of
/// the number; and, for a call made elsewhere, when it was and how long.
class AnswersRow : public QWidget {
    Q_OBJECT

public:
    explicit AnswersRow(QWidget* parent = nullptr);

    void begin(bool hasNumber, bool asksWhen, const QString& when);
    void showTalk(bool wasTalk);                             ///< reason and willingness only where somebody spoke
    void showKnown(const guidance::Facts& known);            ///< what the script heard; what was chosen by hand stays
    void setNumberStatus(const std::string& choice);
    void read(CallForm& into, base::Instant now) const;
    void write(const CallForm& form);
    void showProblem(FormField field, const QString& text);  ///< Started or Duration
    void clearProblems();

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addParts();

    Retranslator m_texts;
    QWidget* m_times;
    QLabel* m_whenLabel;
    QLineEdit* m_when;
    QLabel* m_lengthLabel;
    QLineEdit* m_length;
    QLabel* m_timeProblem;
    QWidget* m_talk;
    QLabel* m_reasonLabel;
    QComboBox* m_reason;
    QLabel* m_willingLabel;
    QComboBox* m_willing;
    QWidget* m_number;
    QLabel* m_numberLabel;
    QComboBox* m_numberStatus;
    bool m_reasonByHand = false;
    bool m_willingByHand = false;
};

} // namespace evenhand::ui
