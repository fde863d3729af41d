// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

void addBackupCommand(CLI::App& application, CommandLine& line);
void addRestoreCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
