// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/call/scriptcard.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>

#include "ui/text/clausetranslator.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/widgets/dateedit.h"
#include "ui/widgets/elements.h"
#include "ui/widgets/flowlayout.h"

namespace evenhand::ui {

namespace {

/// Words as they are, values in bold, gaps in the colour of a warning. Escaped: data never becomes markup.
QString richText(const std::vector<guidance::TextRun>& runs, const Colours& c)
{
    QString html;
    for (const guidance::TextRun& run : runs) {
        const QString text = q(run.text).toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
        switch (run.kind) {
        case guidance::TextRun::Kind::Words: html += text; break;
        case guidance::TextRun::Kind::Value: html += QStringLiteral("<b>%1</b>").arg(text); break;
        case guidance::TextRun::Kind::Gap: html += QStringLiteral("<span style='color:%1'>%2</span>").arg(c.warn.name(), text); break;
        }
    }
    return html;
}

/// As the runner reads it: days in ISO order, everything else as typed.
QString typedIn(const QLineEdit* line)
{
    const auto* day = qobject_cast<const DateEdit*>(line);
    const auto named = day ? day->day() : std::nullopt;
    return named ? named->toString(Qt::ISODate) : line->text();
}

} // namespace

ScriptCard::ScriptCard(QWidget* parent)
    : QFrame(parent), m_title(makeLabel(this, QStringLiteral("heading"))), m_step(makeLabel(this, QStringLiteral("small"))), m_duties(new QWidget(this)),
      m_text(new QLabel(this)), m_hint(makeLabel(this, QStringLiteral("muted"))), m_clause(makeLabel(this, QStringLiteral("small"))),
      m_choices(new QWidget(this)), m_objections(new QWidget(this)), m_objectionsHead(makeLabel(m_objections, QStringLiteral("section"))),
      m_search(new QLineEdit(m_objections)), m_objectionList(new QWidget(m_objections)), m_chooser(new QToolButton(this)), m_language(new QToolButton(this)), m_back(makeButton(this, QStringLiteral("scriptBack"), QStringLiteral("flat"))),
      m_skip(makeButton(this, QStringLiteral("scriptSkip"), QStringLiteral("flat"))),
      m_continue(makeButton(this, QStringLiteral("scriptContinue"), QStringLiteral("primary")))
{
    setProperty("look", QStringLiteral("card"));
    setObjectName(QStringLiteral("scriptCard"));
    setFocusPolicy(Qt::StrongFocus);
    auto* body = new QWidget(this);
    auto* down = column(body, 20, 12);
    auto* head = row(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_step);
    head->addWidget(m_language);
    head->addWidget(m_chooser);
    down->addLayout(head);
    m_chooser->setObjectName(QStringLiteral("scriptChooser"));
    m_chooser->setPopupMode(QToolButton::InstantPopup);
    m_chooser->setMenu(new QMenu(m_chooser));
    m_chooser->setFocusPolicy(Qt::TabFocus);
    m_language->setObjectName(QStringLiteral("scriptLanguage"));
    m_language->setFocusPolicy(Qt::TabFocus);
    new FlowLayout(m_duties);
    down->addWidget(m_duties);
    down->addWidget(makeLine(body));
    m_text->setProperty("look", QStringLiteral("script"));
    m_text->setObjectName(QStringLiteral("scriptText"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    down->addWidget(m_text);
    m_hint->setWordWrap(true);
    m_clause->setWordWrap(true);
    down->addWidget(m_hint);
    down->addWidget(m_clause);
    auto* choices = column(m_choices, 0, 6);
    Q_UNUSED(choices)
    down->addWidget(m_choices);
    down->addStretch(1);
    auto* objections = column(m_objections, 0, 4);
    auto* said = row(8);
    said->addWidget(m_objectionsHead);
    said->addWidget(m_search, 1);
    objections->addLayout(said);
    objections->addWidget(m_objectionList);
    new FlowLayout(m_objectionList);
    nameInput(m_search, QStringLiteral("objectionSearch"));
    m_search->setClearButtonEnabled(false);
    down->addWidget(m_objections);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    body->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);

    auto* all = column(this, 1, 0);
    all->addWidget(scroll, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 12);
    foot->addWidget(m_back);
    foot->addWidget(m_skip);
    foot->addStretch(1);
    foot->addWidget(m_continue);
    all->addLayout(foot);
    connect(m_back, &QPushButton::clicked, this, [this] { Q_EMIT happened(guidance::WentBack{}); });
    connect(m_skip, &QPushButton::clicked, this, [this] { Q_EMIT happened(guidance::Skipped{}); });
    connect(m_continue, &QPushButton::clicked, this, &ScriptCard::goOn);
    connect(m_search, &QLineEdit::textChanged, this, &ScriptCard::filterObjections);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        for (auto* button : m_objectionList->findChildren<QPushButton*>())
            if (!button->isHidden()) {
                button->click();
                setFocus(Qt::OtherFocusReason);   // on with the answer
                return;
            }
    });
    connect(m_language, &QToolButton::clicked, this, &ScriptCard::otherLanguage);
    m_texts.add([this] {
        m_objectionsHead->setText(tr("If they say …"));
        m_search->setAccessibleName(tr("Their words"));
        m_search->setPlaceholderText(tr("their words  (Ctrl+J)"));
        m_language->setToolTip(tr("The words in the other language"));
        m_language->setAccessibleName(m_language->toolTip());
        m_chooser->setToolTip(tr("Another script for this call"));
        m_chooser->setAccessibleName(m_chooser->toolTip());
        m_shownScripts.clear();
        setAccessibleName(tr("Conversation step"));
        m_back->setText(tr("Back"));
        m_skip->setText(tr("Skip"));
        m_continue->setText(tr("Continue  ⏎"));
    });
    showNothing({});
}

void ScriptCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
    if (event->type() == QEvent::PaletteChange && m_hasPrompt)
        show(m_prompt);
}

void ScriptCard::showNothing(const QString& why)
{
    m_hasPrompt = false;
    m_title->setText(why);
    m_step->clear();
    m_text->clear();
    for (QWidget* part : {static_cast<QWidget*>(m_duties), static_cast<QWidget*>(m_hint), static_cast<QWidget*>(m_clause), m_choices, m_objections,
                          static_cast<QWidget*>(m_back), static_cast<QWidget*>(m_skip), static_cast<QWidget*>(m_continue), static_cast<QWidget*>(m_chooser),
                          static_cast<QWidget*>(m_language)})
        part->hide();
}

void ScriptCard::show(const guidance::Prompt& prompt)
{
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = focus && (focus == this || (isAncestorOf(focus) && focus != m_search));
    m_prompt = prompt;
    m_hasPrompt = true;
    drawHead(prompt);
    drawText(prompt);
    clearLayout(m_choices->layout());
    drawChoices(prompt);
    drawFields(prompt);
    m_choices->setVisible(m_choices->layout()->count() > 0);
    drawObjections(prompt);
    m_back->setVisible(true);
    m_back->setEnabled(prompt.canGoBack);
    m_skip->setVisible(prompt.canSkip);
    const bool handsIn = prompt.kind == guidance::StepKind::Form || prompt.kind == guidance::StepKind::Check;
    const bool leadsOn = prompt.atEnd && !prompt.continuesWith.empty();
    m_continue->setVisible(leadsOn || (!prompt.atEnd && (prompt.canContinue || handsIn)));
    m_continue->setEnabled(leadsOn || (!prompt.locked && (prompt.canContinue || prompt.kind == guidance::StepKind::Form)));
    m_continue->setText(leadsOn ? tr("Next script  ⏎") : tr("Continue  ⏎"));
    setAccessibleDescription(m_title->text() + QStringLiteral(". ") + q(guidance::joined(prompt.text)));
    if (hadFocus)   // the keys stay with the conversation: in the first field of a form, else on the card
        (prompt.kind == guidance::StepKind::Form && m_firstField ? m_firstField : static_cast<QWidget*>(this))->setFocus(Qt::OtherFocusReason);
}

void ScriptCard::drawHead(const guidance::Prompt& prompt)
{
    m_title->setText(q(prompt.title.empty() ? prompt.stepId : prompt.title));
    int done = 0;
    clearLayout(m_duties->layout());
    for (const guidance::DutyProgress& duty : prompt.progress) {
        done += duty.done ? 1 : 0;
        QLabel* chip = makeLabel(m_duties, duty.done ? QStringLiteral("chip-allow") : QStringLiteral("chip"));
        chip->setText(duty.done ? QStringLiteral("✓ ") + q(duty.label) : q(duty.label));
        chip->setAccessibleName(duty.done ? tr("%1: done").arg(q(duty.label)) : tr("%1: still to do").arg(q(duty.label)));
        m_duties->layout()->addWidget(chip);
    }
    m_duties->setVisible(!prompt.progress.empty());
    m_step->setText(prompt.progress.empty() ? QString() : QStringLiteral("%1 / %2").arg(done).arg(prompt.progress.size()));
}

void ScriptCard::drawText(const guidance::Prompt& prompt)
{
    if (prompt.locked)
        m_text->setText(tr("🔒 Locked until you know that you speak with the right person. Go back and ask."));
    else
        m_text->setText(richText(prompt.text, Colours::of(palette())));
    m_text->setVisible(prompt.locked || !prompt.text.empty());
    m_hint->setText(q(prompt.hint));
    m_hint->setVisible(!prompt.hint.empty());
    //: %1 is the source of the wording
    m_clause->setText(prompt.mandated ? tr("Say it word by word. %1").arg(clauseText(prompt.clause)) : clauseText(prompt.clause));
    m_clause->setVisible(prompt.mandated || !prompt.clause.empty());
}

void ScriptCard::drawChoices(const guidance::Prompt& prompt)
{
    int number = 0;
    for (const guidance::PromptAnswer& answer : prompt.answers) {
        ++number;
        QPushButton* button = makeButton(m_choices, QStringLiteral("answer%1").arg(number), QStringLiteral("choice"));
        button->setText(QStringLiteral("%1    %2").arg(q(answer.key), q(answer.label)));
        button->setAccessibleName(q(answer.label));
        button->setFocusPolicy(Qt::TabFocus);
        if (answer.chosenBefore) {
            button->setCheckable(true);
            button->setChecked(true);
        }
        connect(button, &QPushButton::clicked, this, [this, id = answer.id] { Q_EMIT happened(guidance::Answered{id}); });
        m_choices->layout()->addWidget(button);
    }
    number = 0;
    for (const guidance::PromptItem& item : prompt.items) {
        ++number;
        auto* box = new QCheckBox(m_choices);
        nameInput(box, QStringLiteral("item%1").arg(number));
        box->setText(item.required ? QStringLiteral("%1    %2 *").arg(number).arg(q(item.label)) : QStringLiteral("%1    %2").arg(number).arg(q(item.label)));
        box->setAccessibleName(q(item.label));
        box->setChecked(item.ticked);
        connect(box, &QCheckBox::toggled, this, [this, id = item.id](bool on) { Q_EMIT happened(guidance::Ticked{id, on}); });
        m_choices->layout()->addWidget(box);
    }
}

void ScriptCard::drawFields(const guidance::Prompt& prompt)
{
    m_firstField = nullptr;
    for (const guidance::PromptField& field : prompt.fields) {
        QLabel* label = makeLabel(m_choices, QStringLiteral("small"));
        label->setText(field.required ? q(field.label) + QStringLiteral(" *") : q(field.label));
        m_choices->layout()->addWidget(label);
        QWidget* input = nullptr;
        if (field.kind == guidance::FieldKind::Choice) {
            auto* box = new QComboBox(m_choices);
            for (const auto& [value, text] : field.choices)
                box->addItem(q(text), q(value));
            box->setCurrentIndex(box->findData(q(field.value)));
            input = box;
        } else if (field.kind == guidance::FieldKind::Date) {
            auto* day = new DateEdit(m_choices);
            if (const QDate typed = QDate::fromString(q(field.value), Qt::ISODate); typed.isValid())
                day->setDay(typed);
            day->setPlaceholderText(tr("1130, 30, +3"));
            connect(day, &QLineEdit::returnPressed, this, &ScriptCard::goOn);
            input = day;
        } else {
            auto* line = new QLineEdit(q(field.value), m_choices);
            connect(line, &QLineEdit::returnPressed, this, &ScriptCard::goOn);
            input = line;
        }
        nameInput(input, QStringLiteral("field_") + q(field.id));
        input->setProperty("fieldId", q(field.id));
        input->setAccessibleName(q(field.label));
        m_choices->layout()->addWidget(input);
        m_firstField = m_firstField ? m_firstField : input;
    }
}

void ScriptCard::drawObjections(const guidance::Prompt& prompt)
{
    clearLayout(m_objectionList->layout());
    m_search->clear();
    for (const guidance::PromptObjection& objection : prompt.objections) {
        QPushButton* button = makeButton(m_objectionList, QStringLiteral("objection_") + q(objection.id), QStringLiteral("flat"));
        button->setText(objection.key.empty() ? q(objection.label) : QStringLiteral("%1  %2").arg(q(objection.key).toUpper(), q(objection.label)));
        button->setAccessibleName(q(objection.label));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, [this, id = objection.id] { Q_EMIT happened(guidance::ObjectionRaised{id}); });
        QStringList words{q(objection.label)};
        for (const std::string& cue : objection.cues)
            words << q(cue);
        button->setProperty("words", words.join(u'\n'));
        button->setToolTip(words.mid(1).join(QStringLiteral(" · ")));
        m_objectionList->layout()->addWidget(button);
    }
    m_objections->setVisible(!prompt.objections.empty());
}

void ScriptCard::filterObjections()
{
    const QString typed = m_search->text().trimmed();
    for (auto* button : m_objectionList->findChildren<QPushButton*>()) {
        const QStringList words = button->property("words").toString().split(u'\n');
        // The debtor's sentence may hold a cue, or a few letters may begin one.
        const bool fits = std::any_of(words.begin(), words.end(), [&typed](const QString& word) {
            return word.contains(typed, Qt::CaseInsensitive) || (!word.isEmpty() && typed.contains(word, Qt::CaseInsensitive));
        });
        button->setVisible(typed.isEmpty() || fits);
    }
}

void ScriptCard::findObjection()
{
    if (!m_objections->isHidden())
        m_search->setFocus(Qt::ShortcutFocusReason);
}

void ScriptCard::otherLanguage()
{
    const QString next = m_language->property("next").toString();
    if (m_hasPrompt && !next.isEmpty())
        Q_EMIT happened(guidance::LanguageChosen{u8(next)});
}

void ScriptCard::showScripts(const guidance::Script* current, const std::vector<std::shared_ptr<const guidance::Script>>& scripts)
{
    if (!current)
        return;
    const auto& languages = current->languages;
    const auto spoken = std::find(languages.begin(), languages.end(), m_prompt.language);
    const auto next = spoken == languages.end() || spoken + 1 == languages.end() ? languages.begin() : spoken + 1;
    m_language->setProperty("next", q(*next));
    m_language->setText(q(*next) == QStringLiteral("zh_CN") ? QStringLiteral("中") : q(*next).left(2).toUpper());
    m_language->setVisible(languages.size() > 1);
    std::string wanted = current->id + '|' + m_prompt.language;
    for (const auto& script : scripts)
        wanted += '|' + script->id;
    m_chooser->setVisible(scripts.size() > 1);
    if (wanted == m_shownScripts)
        return;
    m_shownScripts = wanted;
    m_chooser->setText(q(guidance::textIn(current->title, packLanguage())) + QStringLiteral(" ▾"));
    m_chooser->menu()->clear();
    for (const auto& script : scripts) {
        QAction* action = m_chooser->menu()->addAction(q(guidance::textIn(script->title, packLanguage())));
        action->setCheckable(true);
        action->setChecked(script->id == current->id);
        connect(action, &QAction::triggered, this, [this, id = script->id] { Q_EMIT scriptWanted(id); });
    }
}

guidance::Filled ScriptCard::typedValues() const
{
    guidance::Filled filled;
    for (const QLineEdit* line : m_choices->findChildren<QLineEdit*>())
        if (const QString id = line->property("fieldId").toString(); !id.isEmpty() && !line->isHidden())
            filled.values[u8(id)] = u8(typedIn(line));
    for (const QComboBox* box : m_choices->findChildren<QComboBox*>())
        if (const QString id = box->property("fieldId").toString(); !id.isEmpty() && !box->isHidden())
            filled.values[u8(id)] = u8(box->currentData().toString());
    return filled;
}

void ScriptCard::goOn()
{
    if (m_hasPrompt && m_prompt.atEnd && !m_prompt.continuesWith.empty())
        Q_EMIT nextScriptWanted();
    if (!m_hasPrompt || m_prompt.locked || m_prompt.atEnd)
        return;
    if (m_prompt.kind == guidance::StepKind::Form)
        Q_EMIT happened(typedValues());
    else if (m_prompt.canContinue)
        Q_EMIT happened(guidance::Continued{});
}

void ScriptCard::answerByNumber(int number)
{
    if (!m_hasPrompt || m_prompt.locked)
        return;
    const auto at = std::size_t(number - 1);
    if (at < m_prompt.answers.size())
        Q_EMIT happened(guidance::Answered{m_prompt.answers[at].id});
    else if (at < m_prompt.items.size())
        Q_EMIT happened(guidance::Ticked{m_prompt.items[at].id, !m_prompt.items[at].ticked});
}

void ScriptCard::keyPressEvent(QKeyEvent* event)
{
    const std::string typed = u8(event->text().toLower());
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (!m_hasPrompt || !plain) {
        QFrame::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: goOn(); return;
    case Qt::Key_Backspace: Q_EMIT happened(guidance::WentBack{}); return;
    default: break;
    }
    for (const guidance::PromptAnswer& answer : m_prompt.answers)
        if (!typed.empty() && answer.key == typed) {
            Q_EMIT happened(guidance::Answered{answer.id});
            return;
        }
    for (const guidance::PromptObjection& objection : m_prompt.objections)
        if (!typed.empty() && objection.key == typed) {
            Q_EMIT happened(guidance::ObjectionRaised{objection.id});
            return;
        }
    if (event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        answerByNumber(event->key() - Qt::Key_0);
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace evenhand::ui
