// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QFrame>

#include "app/guidance/scriptrunner.h"
#include "ui/text/retranslator.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace evenhand::ui {

/// The step of the conversation in large type, with what may be answered. It draws prompts and reports keys; it decides nothing.
/// Keys while it has the focus: the key of an answer, Return or Space to go on, Backspace to go back.
class ScriptCard : public QFrame {
    Q_OBJECT

public:
    explicit ScriptCard(QWidget* parent = nullptr);

    void show(const guidance::Prompt& prompt);
    void showNothing(const QString& why);
    /// The script that is on, and the others that fit this call.
    void showScripts(const guidance::Script* current, const std::vector<std::shared_ptr<const guidance::Script>>& scripts);
    void findObjection();                               ///< puts the cursor where words of the debtor are looked up
    void goOn();                                        ///< what Return does: continue, hand in the form, or go on with the next script
    void answerByNumber(int number);                    ///< 1 … 9, in the order shown

Q_SIGNALS:
    void happened(const evenhand::guidance::ScriptEvent& event);
    void scriptWanted(const std::string& id);
    void nextScriptWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void drawHead(const guidance::Prompt& prompt);
    void drawText(const guidance::Prompt& prompt);
    void drawChoices(const guidance::Prompt& prompt);
    void drawFields(const guidance::Prompt& prompt);
    void drawObjections(const guidance::Prompt& prompt);
    void filterObjections();
    void otherLanguage();
    [[nodiscard]] guidance::Filled typedValues() const;

    guidance::Prompt m_prompt;
    bool m_hasPrompt = false;
    Retranslator m_texts;
    QLabel* m_title;
    QLabel* m_step;
    QWidget* m_duties;
    QLabel* m_text;
    QLabel* m_hint;
    QLabel* m_clause;
    QWidget* m_choices;
    QWidget* m_firstField = nullptr;                     ///< of a form that is shown
    QWidget* m_objections;
    QLabel* m_objectionsHead;
    QLineEdit* m_search;
    QWidget* m_objectionList;
    QToolButton* m_chooser;
    QToolButton* m_language;
    std::string m_shownScripts;                          ///< what the chooser's menu was made of
    QPushButton* m_back;
    QPushButton* m_skip;
    QPushButton* m_continue;
};

} // namespace evenhand::ui
