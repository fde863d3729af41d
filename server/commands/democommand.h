// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `demo --db URL [--seed N] [--today DAY]`: the demo portfolio and users in an empty database; refuses any other. All demo users have the
/// passphrase `evenhand-demo`. Exit status 0, or 2 when it could not run.
void addDemoCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
