// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>

#include "app/base/clock.h"
#include "app/services/agreementservice.h"
#include "app/services/calllogservice.h"
#include "app/media/player.h"
#include "app/media/qtcallrecorder.h"
#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/datathread.h"
#include "app/services/packservice.h"
#include "app/services/playbackservice.h"
#include "app/services/queueservice.h"
#include "app/services/recordingservice.h"
#include "app/services/sessionservice.h"
#include "app/services/syncservice.h"
#include "app/workstation/options.h"
#include "ui/frame/mainwindow.h"
#include "ui/frame/navigator.h"
#include "ui/preferences.h"
#include "ui/prompt/dialogprompt.h"
#include "ui/text/clausetranslator.h"
#include "ui/text/language.h"
#include "ui/theme/theme.h"

class QApplication;

namespace evenhand::workstation {

/// The composition root of the workstation: the order of the members is the architecture, their reverse destruction the shutdown.
class Application {
public:
    /// `clock` must outlive the application.
    Application(QApplication& qt, const Options& options, const base::Clock& clock);
    ~Application();

    void start();                                ///< shows the window; signs in when a password file was given
    [[nodiscard]] ui::MainWindow& window() { return m_window; }
    [[nodiscard]] ui::Navigator& navigator() { return m_navigator; }
    [[nodiscard]] ui::Preferences& preferences() { return m_preferences; }
    [[nodiscard]] const ui::Services& services() const { return m_services; }

private:
    [[nodiscard]] services::Settings loadSettings();
    [[nodiscard]] services::ServiceOptions serviceOptions() const;
    [[nodiscard]] ui::Services allServices();
    void write(const services::Settings& settings);
    void applyAppearance();
    void applySound();
    void signInFromFile();
    void signInAtOnce();

    Options m_options;
    std::string m_settingsFolder;
    const base::Clock& m_clock;
    QThreadPool m_writing;                       ///< settings are written one after the other, off the UI thread
    services::DataThread m_data;
    services::SessionService m_session;
    services::PackService m_packs;
    services::QueueService m_queue;
    services::CaseService m_cases;
    services::CallService m_calls;
    services::CallLogService m_callLog;
    services::AgreementService m_agreements;
    services::SyncService m_sync;
    media::QtCallRecorder m_recorder;
    media::Player m_player;
    services::RecordingService m_recording;
    services::PlaybackService m_playback;
    ui::Language m_language;
    ui::ClauseTranslator m_clauses;
    ui::Theme m_theme;
    ui::Preferences m_preferences;
    ui::DialogPrompt m_prompt;
    ui::Services m_services;
    ui::MainWindow m_window;
    ui::Navigator m_navigator;
};

} // namespace evenhand::workstation
