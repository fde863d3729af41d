// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `evenhandd pack publish | list`.
void addPackCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
