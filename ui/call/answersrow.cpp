// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/answersrow.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>

#include "ui/text/strings.h"
#include "ui/text/words.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {

const char* const kReasons[] = {"", "cannot", "forgot", "will_not", "disputes"};
const char* const kWillingness[] = {"", "yes", "no"};
const char* const kNumbers[] = {"", "right", "dead", "wrong_person", "third_party"};

QString dataOf(const QComboBox* box)
{
    return box->currentData().toString();
}

void chooseData(QComboBox* box, const QString& data)
{
    box->setCurrentIndex(std::max(0, box->findData(data)));
}

QGridLayout* grid(QWidget* parent)
{
    auto* layout = new QGridLayout(parent);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
    return layout;
}

} // namespace

AnswersRow::AnswersRow(QWidget* parent)
    : QWidget(parent), m_times(new QWidget(this)), m_whenLabel(makeLabel(m_times, QStringLiteral("small"))), m_when(new QLineEdit(m_times)),
      m_lengthLabel(makeLabel(m_times, QStringLiteral("small"))), m_length(new QLineEdit(m_times)), m_timeProblem(makeLabel(m_times, QStringLiteral("error"))),
      m_talk(new QWidget(this)), m_reasonLabel(makeLabel(m_talk, QStringLiteral("small"))), m_reason(new QComboBox(m_talk)),
      m_willingLabel(makeLabel(m_talk, QStringLiteral("small"))), m_willing(new QComboBox(m_talk)), m_number(new QWidget(this)),
      m_numberLabel(makeLabel(m_number, QStringLiteral("small"))), m_numberStatus(new QComboBox(m_number))
{
    addParts();
    m_texts.add([this] {
        m_whenLabel->setText(tr("When was the call?"));
        m_when->setAccessibleName(m_whenLabel->text());
        m_when->setPlaceholderText(tr("14:30, 11-30 14:30"));
        m_lengthLabel->setText(tr("How long did they talk?"));
        m_length->setAccessibleName(m_lengthLabel->text());
        m_length->setPlaceholderText(tr("Minutes, or 3:05"));
        m_reasonLabel->setText(tr("Why overdue"));
        m_reason->setAccessibleName(m_reasonLabel->text());
        m_willingLabel->setText(tr("Willing to pay"));
        m_willing->setAccessibleName(m_willingLabel->text());
        m_numberLabel->setText(tr("This number"));
        m_numberStatus->setAccessibleName(m_numberLabel->text());
        for (int at = 0; at < m_reason->count(); ++at)
            m_reason->setItemText(at, Words::overdueReason(u8(m_reason->itemData(at).toString())));
        const QString willing[] = {tr("not said"), tr("yes"), tr("no")};
        for (int at = 0; at < 3; ++at)
            m_willing->setItemText(at, willing[at]);
        for (int at = 0; at < m_numberStatus->count(); ++at)
            m_numberStatus->setItemText(at, Words::numberFinding(u8(m_numberStatus->itemData(at).toString())));
    });
}

void AnswersRow::addParts()
{
    nameInput(m_when, QStringLiteral("callWhen"));
    nameInput(m_length, QStringLiteral("callLength"));
    nameInput(m_reason, QStringLiteral("callReason"));
    nameInput(m_willing, QStringLiteral("callWilling"));
    nameInput(m_numberStatus, QStringLiteral("callNumberStatus"));
    for (const char* word : kReasons)
        m_reason->addItem(QString(), QString::fromLatin1(word));
    for (const char* word : kWillingness)
        m_willing->addItem(QString(), QString::fromLatin1(word));
    for (const char* word : kNumbers)
        m_numberStatus->addItem(QString(), QString::fromLatin1(word));
    m_timeProblem->setWordWrap(true);
    m_timeProblem->hide();
    auto* times = grid(m_times);
    times->addWidget(m_whenLabel, 0, 0);
    times->addWidget(m_lengthLabel, 0, 1);
    times->addWidget(m_when, 1, 0);
    times->addWidget(m_length, 1, 1);
    times->addWidget(m_timeProblem, 2, 0, 1, 2);
    auto* talk = grid(m_talk);
    talk->addWidget(m_reasonLabel, 0, 0);
    talk->addWidget(m_willingLabel, 0, 1);
    talk->addWidget(m_reason, 1, 0);
    talk->addWidget(m_willing, 1, 1);
    auto* number = grid(m_number);
    number->addWidget(m_numberLabel, 0, 0);
    number->addWidget(m_numberStatus, 0, 1);
    auto* down = column(this, 0, 6);
    for (QWidget* part : {m_times, m_talk, m_number})
        down->addWidget(part);
    connect(m_when, &QLineEdit::textEdited, this, &AnswersRow::edited);
    connect(m_length, &QLineEdit::textEdited, this, &AnswersRow::edited);
    connect(m_reason, &QComboBox::activated, this, [this] {
        m_reasonByHand = true;
        Q_EMIT edited();
    });
    connect(m_willing, &QComboBox::activated, this, [this] {
        m_willingByHand = true;
        Q_EMIT edited();
    });
    connect(m_numberStatus, &QComboBox::currentIndexChanged, this, &AnswersRow::edited);
}

void AnswersRow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void AnswersRow::begin(bool hasNumber, bool asksWhen, const QString& when)
{
    m_times->setVisible(asksWhen);
    m_when->setText(asksWhen ? when : QString());
    m_length->clear();
    m_reason->setCurrentIndex(0);
    m_willing->setCurrentIndex(0);
    m_numberStatus->setCurrentIndex(0);
    m_reasonByHand = m_willingByHand = false;
    m_number->setVisible(hasNumber);
    m_talk->hide();
    clearProblems();
}

void AnswersRow::showTalk(bool wasTalk)
{
    m_talk->setVisible(wasTalk);
}

void AnswersRow::showKnown(const guidance::Facts& known)
{
    const auto reason = known.find("reason_overdue");
    const auto* word = reason == known.end() ? nullptr : std::get_if<std::string>(&reason->second);
    if (!m_reasonByHand)
        chooseData(m_reason, word ? q(*word) : QString());
    const auto willing = known.find("willing");
    const auto* wants = willing == known.end() ? nullptr : std::get_if<bool>(&willing->second);
    if (!m_willingByHand)
        chooseData(m_willing, wants ? (*wants ? QStringLiteral("yes") : QStringLiteral("no")) : QString());
}

void AnswersRow::setNumberStatus(const std::string& choice)
{
    chooseData(m_numberStatus, q(choice));
}

void AnswersRow::read(CallForm& into, base::Instant now) const
{
    if (!m_times->isHidden()) {
        into.startedText = m_when->text();
        into.startedAt = readMoment(m_when->text(), now);
        into.durationText = m_length->text();
        into.durationS = readDuration(m_length->text());
    }
    if (!m_talk->isHidden()) {
        into.overdueReason = u8(dataOf(m_reason));
        const QString willing = dataOf(m_willing);
        into.willing = willing.isEmpty() ? std::nullopt : std::optional(willing == QStringLiteral("yes"));
    }
    if (!m_number->isHidden())
        into.numberStatus = u8(dataOf(m_numberStatus));
}

void AnswersRow::write(const CallForm& form)
{
    if (!m_times->isHidden() && !form.startedText.isEmpty())
        m_when->setText(form.startedText);
    m_length->setText(form.durationText);
    chooseData(m_reason, q(form.overdueReason));
    m_reasonByHand = !form.overdueReason.empty();
    chooseData(m_willing, form.willing ? (*form.willing ? QStringLiteral("yes") : QStringLiteral("no")) : QString());
    m_willingByHand = form.willing.has_value();
    chooseData(m_numberStatus, q(form.numberStatus));
}

void AnswersRow::showProblem(FormField field, const QString& text)
{
    QLineEdit* where = field == FormField::Started ? m_when : m_length;
    where->setAccessibleDescription(text);
    if (m_timeProblem->isHidden())
        where->setFocus(Qt::OtherFocusReason);
    m_timeProblem->setText(text);
    m_timeProblem->show();
}

void AnswersRow::clearProblems()
{
    m_timeProblem->hide();
    m_when->setAccessibleDescription({});
    m_length->setAccessibleDescription({});
}

} // namespace evenhand::ui
