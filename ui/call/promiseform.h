// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/call/callform.h"
#include "ui/plans/promisejudge.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;

namespace evenhand::ui {

class DateEdit;
class MoneyEdit;

/// Amount, day and method of a promise, with the sentence that is wrong under the field it belongs to.
class PromiseForm : public QWidget {
    Q_OBJECT

public:
    explicit PromiseForm(QWidget* parent = nullptr);

    void begin(const base::Money& overdue, const base::Date& today);   ///< empties the fields; the overdue amount is only a hint
    void read(CallForm& into) const;
    void write(const CallForm& form);
    void showProblems(const std::vector<FormProblem>& problems);
    void focusAmount();
    void setJudge(PromiseJudge judge);                                 ///< says while one types who must agree

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void tellDay();

    Retranslator m_texts;
    std::optional<PromiseJudge> m_judge;
    MoneyEdit* m_amount;
    DateEdit* m_day;
    QComboBox* m_method;
    QLabel* m_amountLabel;
    QLabel* m_dayLabel;
    QLabel* m_methodLabel;
    QLabel* m_amountNote;
    QLabel* m_dayNote;
    QLabel* m_judgement;
    QString m_hint;
};

} // namespace evenhand::ui
