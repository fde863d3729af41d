// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/guidance/scriptrunner.h"
#include "ui/async.h"
#include "ui/scripts/scriptdesk.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace evenhand::ui {

class Banner;
class ScriptCard;
class ScriptMap;

/// Scripts for supervisors: a form for one step, the text as it is stored, a map of the flow; beside them what agents will see and what the
/// linter says. Publishing hands a new version to every workstation; a call that is on keeps the one it began with.
class ScriptsPage : public QWidget {
    Q_OBJECT

public:
    explicit ScriptsPage(const Services& services, QWidget* parent = nullptr);
    void keepDraft();                                        ///< before lock, quit and leaving
    void forget();                                           ///< after sign-out

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    [[nodiscard]] QWidget* makeForm();
    void connectParts();
    void usePacks();
    void loadDraft();
    void openFile();
    void textEdited();
    void judge();
    void fillSteps();
    void openStep(const std::string& step);
    void fillForm();
    void formEdited(guidance::StepMember member, const std::string& language, const QString& words);
    void nextEdited();
    void apply(const base::Result<std::string>& changed);
    void preview();
    void play(const guidance::ScriptEvent& event);
    void publish();
    void writeList();

    Services m_services;
    Retranslator m_texts;
    ScriptDesk m_desk;
    std::string m_path;
    std::string m_step;
    std::shared_ptr<const guidance::Script> m_script;
    std::unique_ptr<guidance::ScriptRunner> m_runner;
    std::optional<domain::DraftId> m_draft;
    bool m_filling = false;
    bool m_publishing = false;
    QTimer m_judgeTimer;
    QTimer m_draftTimer;
    QLabel* m_title;
    QLabel* m_version;
    Banner* m_banner;
    QListWidget* m_files;
    QTabWidget* m_tabs;
    QComboBox* m_steps;
    QLabel* m_labels[5];
    QLineEdit* m_titles[2];
    QPlainTextEdit* m_words[2];
    QLineEdit* m_hints[2];
    QComboBox* m_next;
    QPlainTextEdit* m_text;
    ScriptMap* m_map;
    ScriptCard* m_card;
    QLabel* m_findingsHead;
    QListWidget* m_findings;
    QPushButton* m_restore;
    QPushButton* m_publish;
};

} // namespace evenhand::ui
