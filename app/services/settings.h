// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/result.h"

namespace evenhand::services {

enum class Theme { System, Light, Dark };
enum class DialMethod { Copy, Tel, Command };
/// Where calls are recorded. Auto: here when there is a microphone, else left to the telephone system. Always: here; without a microphone the gate is told that the call is not
/// recorded. Elsewhere: by the telephone system of the site. Never: nowhere, where the packs leave it open.
enum class RecordCalls { Auto, Always, Elsewhere, Never };

/// What a person sets on this computer. Holds no personal data and no secret.
struct Settings {
    std::string language;                            ///< "zh_CN", "en"; "" as the system
    Theme theme = Theme::System;
    std::string serverUrl;                           ///< offered at sign-in
    std::string userName;                            ///< last one, offered at sign-in
    std::string caFile;                              ///< further authority in PEM
    DialMethod dialMethod = DialMethod::Copy;
    std::string dialCommand;                         ///< program and arguments; {number} stands for the number. Never run by a shell
    int fontPercent = 100;                           ///< 80 … 200
    RecordCalls recordCalls = RecordCalls::Auto;
    std::string agentInput;                          ///< sound input of the agent's voice; "" for the system's default
    std::string farEndInput;                         ///< sound input of the other side; "" for none
};

/// settings.json in `folder`. Missing file: defaults. A damaged file is Invalid and names the member; the caller goes on with defaults.
[[nodiscard]] base::Result<Settings> loadSettings(const std::string& folder);
/// Written to a new file, synced and renamed: the old or the new one is there, never half of it.
[[nodiscard]] base::Result<> saveSettings(const std::string& folder, const Settings& settings);
/// $EVENHAND_CONFIG_DIR, else the user's configuration folder.
[[nodiscard]] std::string settingsFolder();

} // namespace evenhand::services
