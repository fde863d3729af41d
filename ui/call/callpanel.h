// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/call/callpresenter.h"

class QStackedWidget;

namespace evenhand::ui {

class ScriptCard;
class TimelineModel;
class WrapUpPanel;

/// Script on the left, outcome and note on the right, the clock above: what a case page shows while one is on the phone.
class CallPanel : public QWidget {
    Q_OBJECT

public:
    CallPanel(CallPresenter& presenter, const base::Clock& clock, TimelineModel& history, QWidget* parent = nullptr);

    void begin(const services::CaseView& view);
    void setChecker(const compliance::PhraseChecker& checker);
    void save(bool thenNext);
    void keepDraft();
    void chooseOutcome(int hotKey);                      ///< 0: what the script suggests
    void answer(int number);
    void goOn();
    void goBack();
    void switchFocus();                                  ///< between script and note
    void toggleHistory();                                ///< earlier notes in the place of the script, and back
    void focusScript();
    void findObjection();                                ///< from anywhere: the words of the debtor lead to the right answer

Q_SIGNALS:
    void abandonRequested();

private:
    void connectPresenter();
    void showPrompt();
    void showFlags();

    CallPresenter& m_presenter;
    ScriptCard* m_script;
    WrapUpPanel* m_wrapUp;
    QStackedWidget* m_middle;
    std::size_t m_raised = 0;                ///< flags the script had asked for when they were last offered
    bool m_saveFailed = false;               ///< since the last try to save
    QTimer m_draftTimer;
};

} // namespace evenhand::ui
