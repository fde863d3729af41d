// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/promiseform.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>

#include "ui/text/format.h"
#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/dateedit.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/moneyedit.h"

namespace evenhand::ui {

namespace {
const char* const kMethods[] = {"app", "bank_transfer", "auto_debit", "counter", "other"};
}

PromiseForm::PromiseForm(QWidget* parent)
    : QWidget(parent), m_amount(new MoneyEdit(this)), m_day(new DateEdit(this)), m_method(new QComboBox(this)), m_amountLabel(makeLabel(this, QStringLiteral("small"))),
      m_dayLabel(makeLabel(this, QStringLiteral("small"))), m_methodLabel(makeLabel(this, QStringLiteral("small"))), m_amountNote(makeLabel(this, QStringLiteral("small"))),
      m_dayNote(makeLabel(this, QStringLiteral("small"))), m_judgement(makeLabel(this, QStringLiteral("small")))
{
    nameInput(m_amount, QStringLiteral("promiseAmount"));
    nameInput(m_day, QStringLiteral("promiseDay"));
    nameInput(m_method, QStringLiteral("promiseMethod"));
    for (const char* method : kMethods)
        m_method->addItem(QString(), QString::fromLatin1(method));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_amountLabel, 0, 0);
    grid->addWidget(m_dayLabel, 0, 1);
    grid->addWidget(m_amount, 1, 0);
    grid->addWidget(m_day, 1, 1);
    grid->addWidget(m_amountNote, 2, 0);
    grid->addWidget(m_dayNote, 2, 1);
    m_judgement->setObjectName(QStringLiteral("promiseJudgement"));
    m_judgement->setWordWrap(true);
    grid->addWidget(m_judgement, 3, 0, 1, 2);
    grid->addWidget(m_methodLabel, 4, 0, 1, 2);
    grid->addWidget(m_method, 5, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_amountNote->setWordWrap(true);
    m_dayNote->setWordWrap(true);
    connect(m_amount, &QLineEdit::textChanged, this, [this] {
        tellDay();
        Q_EMIT changed();
    });
    connect(m_day, &QLineEdit::textChanged, this, [this] {
        tellDay();
        Q_EMIT changed();
    });
    connect(m_method, &QComboBox::currentIndexChanged, this, &PromiseForm::changed);
    m_texts.add([this] {
        m_amountLabel->setText(tr("Promised amount"));
        m_dayLabel->setText(tr("Pays on"));
        m_methodLabel->setText(tr("How"));
        m_amount->setAccessibleName(m_amountLabel->text());
        m_day->setAccessibleName(m_dayLabel->text());
        m_method->setAccessibleName(m_methodLabel->text());
        m_day->setPlaceholderText(tr("1130, 30, +3"));
        for (int at = 0; at < m_method->count(); ++at)
            m_method->setItemText(at, Words::payMethod(u8(m_method->itemData(at).toString())));
        tellDay();
    });
}

void PromiseForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void PromiseForm::begin(const base::Money& overdue, const base::Date& today)
{
    m_amount->setCurrency(overdue.currency());
    m_amount->clear();
    m_day->setToday(toQDate(today));
    m_day->clear();
    m_method->setCurrentIndex(0);
    showProblems({});
}

void PromiseForm::read(CallForm& into) const
{
    into.amountText = m_amount->text();
    into.amount = m_amount->money();
    into.dueText = m_day->text();
    const auto day = m_day->day();
    into.dueOn = day ? fromQDate(*day) : std::nullopt;
    into.method = u8(m_method->currentData().toString());
}

void PromiseForm::write(const CallForm& form)
{
    m_amount->setText(form.amountText);
    m_day->setText(form.dueText);
    const int at = m_method->findData(q(form.method));
    m_method->setCurrentIndex(std::max(at, 0));
}

void PromiseForm::showProblems(const std::vector<FormProblem>& problems)
{
    QString amount;
    QString day;
    for (const FormProblem& problem : problems) {
        if (problem.field == FormField::Amount)
            amount = problem.text;
        if (problem.field == FormField::DueOn)
            day = problem.text;
    }
    m_amount->showProblem(!amount.isEmpty());
    m_day->showProblem(!day.isEmpty());
    setLook(m_amountNote, amount.isEmpty() ? QStringLiteral("small") : QStringLiteral("error"));
    m_amountNote->setText(amount);
    m_amountNote->setVisible(!amount.isEmpty());
    m_amount->setAccessibleDescription(amount);
    m_day->setAccessibleDescription(day);
    setLook(m_dayNote, day.isEmpty() ? QStringLiteral("small") : QStringLiteral("error"));
    if (day.isEmpty())
        tellDay();
    else
        m_dayNote->setText(day);
    m_dayNote->setVisible(!m_dayNote->text().isEmpty());
}

void PromiseForm::setJudge(PromiseJudge judge)
{
    m_judge = std::move(judge);
    tellDay();
}

void PromiseForm::focusAmount()
{
    m_amount->setFocus(Qt::ShortcutFocusReason);
    m_amount->selectAll();
}

void PromiseForm::tellDay()
{
    const auto day = m_day->day();
    const auto known = day ? fromQDate(*day) : std::nullopt;
    m_day->showProblem(false);
    setLook(m_dayNote, QStringLiteral("small"));
    m_dayNote->setText(known ? QLocale().dayName(day->dayOfWeek(), QLocale::ShortFormat) + u' ' + Format::date(*known) : QString());
    m_dayNote->setVisible(known.has_value());
    const auto amount = m_amount->money();
    const QString notes = m_judge && known && amount ? m_judge->notes(*amount, *known) : QString();
    m_judgement->setText(notes);
    m_judgement->setVisible(!notes.isEmpty());
}

} // namespace evenhand::ui
