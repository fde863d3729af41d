// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include <QFrame>

#include "ui/call/callpresenter.h"
#include "ui/text/retranslator.h"

class QLabel;
class QMenu;
class QPushButton;

namespace evenhand::services {
class RecordingService;
}

namespace evenhand::ui {

class LevelMeter;
class PhraseTextEdit;

/// The recording of the call that is on: begins and ends with it, nothing to click. Says that it runs, how loud both sides are, what is wrong; and leaves out
/// what must not be recorded (Alt+M), with a reason.
class RecordingStrip : public QFrame {
    Q_OBJECT

public:
    RecordingStrip(services::RecordingService& recording, CallPresenter& presenter, QWidget* parent = nullptr);
    /// The case the next call will be about.
    void setCase(const domain::CaseId& id) { m_case = id; }
    /// What is written during the call leaves marks: a note was begun, the phrase check found something.
    void watchNote(const PhraseTextEdit& note);
    void toggleMute();                                   ///< asks for the reason, or goes on recording

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void fillMenu();
    void follow(CallStage stage);
    void markStep();
    void show();

    services::RecordingService& m_recording;
    CallPresenter& m_presenter;
    Retranslator m_texts;
    std::optional<domain::CaseId> m_case;
    std::string m_step;
    std::set<std::string> m_found;                       ///< rules that have their mark
    bool m_noteBegun = false;
    bool m_isOnCall = false;
    QLabel* m_icon;
    QLabel* m_state;
    QLabel* m_names[2];
    LevelMeter* m_meters[2];
    QLabel* m_trouble;
    QPushButton* m_mute;
    QMenu* m_reasons;
};

} // namespace evenhand::ui
