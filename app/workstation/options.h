// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <QStringList>

namespace evenhand::workstation {

/// What the command line asks for. Absent members leave it to the settings.
struct Options {
    bool offline = false;                            ///< never touch the network
    bool exitAfterStartup = false;                   ///< quit once the window is usable: for tests and packaging
    bool selfTestAudio = false;                      ///< record and play a second, say what is wrong, end
    std::optional<std::string> serverUrl{};
    std::optional<std::string> userName{};
    std::optional<std::string> passwordFile{};       ///< sign in at once with the passphrase in this file: for demonstrations and tests
    std::optional<std::string> language{};           ///< zh_CN, en
    std::optional<std::string> theme{};              ///< light, dark, system

    /// Prints help, version or what is wrong and ends the program when that is what was asked for.
    [[nodiscard]] static Options parse(const QStringList& arguments);
};

} // namespace evenhand::workstation
