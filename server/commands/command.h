// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace CLI {
class App;
}

namespace evenhand::server {

/// What a subcommand gets, and where it leaves its work: its add…() declares the options on the application and sets `run` when it is
/// the one that was chosen. `run` gives the exit status; an error is printed as "evenhandd: message" with status 2.
struct CommandLine {
    const base::Clock& clock;
    std::function<base::Result<int>()> run{};
};

void addServeCommand(CLI::App& application, CommandLine& line);
void addUserCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
