// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>

#include "app/services/settings.h"

namespace evenhand::ui {

/// The settings in force, and where a change is handed to be written. Writing is the caller's (app/workstation); a failure comes back
/// through reportFailure.
class Preferences : public QObject {
    Q_OBJECT

public:
    using Writer = std::function<void(const services::Settings&)>;
    Preferences(services::Settings settings, Writer writer, QObject* parent = nullptr)
        : QObject(parent), m_settings(std::move(settings)), m_writer(std::move(writer))
    {
    }

    [[nodiscard]] const services::Settings& settings() const { return m_settings; }
    void change(services::Settings settings)
    {
        m_settings = std::move(settings);
        m_writer(m_settings);
        Q_EMIT changed();
    }
    void reportFailure(const base::Error& error) { Q_EMIT writingFailed(error); }

Q_SIGNALS:
    void changed();
    void writingFailed(const evenhand::base::Error& error);

private:
    services::Settings m_settings;
    Writer m_writer;
};

} // namespace evenhand::ui
