// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/application.h"

#include <QApplication>
#include <QFile>

#include "app/base/log.h"
#include "app/workstation/dialler.h"
#include "ui/pages/signinpage.h"

namespace evenhand::workstation {

Application::Application(QApplication& qt, const Options& options, const base::Clock& clock)
    : m_options(options), m_settingsFolder(services::settingsFolder()), m_clock(clock), m_data(serviceOptions(), m_clock), m_session(m_data), m_packs(m_data), m_queue(m_data), m_cases(m_data),
      m_calls(m_data), m_callLog(m_data), m_agreements(m_data), m_sync(m_data), m_recorder(m_clock), m_recording(m_data, m_recorder), m_playback(m_data, m_player), m_language(qt), m_theme(qt), m_preferences(loadSettings(), [this](const services::Settings& settings) { write(settings); }),
      m_services(allServices()), m_window(m_services, [this](const QString& number) { return dial(m_preferences.settings(), number); }),
      m_navigator(m_window, m_services)
{
    m_writing.setMaxThreadCount(1);
    m_prompt.setWindow(&m_window);
    qt.installTranslator(&m_clauses);
    QObject::connect(&m_packs, &services::PackService::activeChanged, &m_window, [this] {
        if (const auto packs = m_packs.active())
            m_clauses.setWords(packs->clauses);
    });
    applyAppearance();
    applySound();
    QObject::connect(&m_preferences, &ui::Preferences::changed, &m_window, [this] {
        applyAppearance();
        applySound();
    });
    QObject::connect(&m_session, &services::SessionService::stateChanged, &m_recording, [this](services::SessionState state) {
        if (state == services::SessionState::SignedIn)
            m_recording.recover();
    });
}

Application::~Application()
{
    m_writing.waitForDone();   // a setting chosen just before quitting is on disk
}

services::Settings Application::loadSettings()
{
    auto loaded = services::loadSettings(m_settingsFolder);
    if (!loaded)
        base::log::of(base::log::Area::App).warn("settings not read, using defaults: {}", loaded.error().detail);
    services::Settings settings = std::move(loaded).value_or(services::Settings{});
    if (const QByteArray url = qgetenv("EVENHAND_SERVER_URL"); !url.isEmpty())
        settings.serverUrl = url.toStdString();
    settings.serverUrl = m_options.serverUrl.value_or(settings.serverUrl);
    settings.userName = m_options.userName.value_or(settings.userName);
    settings.language = m_options.language.value_or(settings.language);
    if (m_options.theme)
        settings.theme = *m_options.theme == "dark" ? services::Theme::Dark : *m_options.theme == "light" ? services::Theme::Light : services::Theme::System;
    return settings;
}

services::ServiceOptions Application::serviceOptions() const
{
    services::ServiceOptions options = services::ServiceOptions::fromEnvironment();
    options.offline = m_options.offline;
    options.clientVersion = QCoreApplication::applicationVersion().toStdString();
    return options;
}

ui::Services Application::allServices()
{
    return {m_session, m_queue, m_cases, m_calls, m_sync, m_callLog, m_agreements, m_packs, m_recording, m_playback, m_clock, m_language, m_theme, m_preferences, m_prompt};
}

void Application::write(const services::Settings& settings)
{
    m_writing.start([this, settings] {
        const base::Result<> written = services::saveSettings(m_settingsFolder, settings);
        if (written)
            return;
        base::log::of(base::log::Area::App).warn("settings not written: {}", written.error().detail);
        QMetaObject::invokeMethod(&m_preferences, [this, error = written.error()] { m_preferences.reportFailure(error); });
    });
}

void Application::applySound()
{
    const services::Settings& settings = m_preferences.settings();
    m_recording.setChoice(settings.recordCalls, settings.agentInput, settings.farEndInput);
}

void Application::applyAppearance()
{
    const services::Settings& settings = m_preferences.settings();
    m_language.choose(settings.language.empty() ? ui::Language::systemCode() : QString::fromStdString(settings.language));
    m_theme.setTextPercent(settings.fontPercent);
    switch (settings.theme) {
    case services::Theme::System: m_theme.choose(ui::ThemeChoice::System); break;
    case services::Theme::Light: m_theme.choose(ui::ThemeChoice::Light); break;
    case services::Theme::Dark: m_theme.choose(ui::ThemeChoice::Dark); break;
    }
}

void Application::start()
{
    m_navigator.start();
    m_window.show();
    signInAtOnce();
}

void Application::signInAtOnce()
{
    if (!m_options.passwordFile)
        return;
    QFile file(QString::fromStdString(*m_options.passwordFile));
    if (!file.open(QIODevice::ReadOnly)) {
        base::log::of(base::log::Area::App).warn("--password-file cannot be read: sign in by hand");
        return;
    }
    const auto& settings = m_preferences.settings();
    m_session.signIn({settings.serverUrl, settings.userName, file.readAll().trimmed().toStdString(), settings.caFile})
        .then(&m_window, [](const base::Result<services::SignedIn>& result) {
            if (!result)
                base::log::of(base::log::Area::App).warn("signing in at once failed ({}): sign in by hand", base::toString(result.error().code));
        });
}

} // namespace evenhand::workstation
