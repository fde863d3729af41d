// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/base/result.h"
#include "app/services/settings.h"
#include "ui/call/telephone.h"
#include "ui/preferences.h"

namespace evenhand::workstation {

/// Hands a number to the phone as the settings say, and tells how it was done: "copy", "tel" or "command". The number also lands in the
/// clipboard for Copy only. Invalid when the command has no {number}, Storage when no program could be started.
[[nodiscard]] base::Result<std::string> dial(const services::Settings& settings, const QString& number);

/// The telephone on the desk or on another program: it is given the number and tells nothing back.
class ExternalTelephone final : public ui::Telephone {
public:
    explicit ExternalTelephone(const ui::Preferences& preferences) : m_preferences(preferences) {}
    [[nodiscard]] base::Result<std::string> dial(const QString& number) override { return workstation::dial(m_preferences.settings(), number); }

private:
    const ui::Preferences& m_preferences;
};

} // namespace evenhand::workstation
