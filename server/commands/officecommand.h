// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `office`: shows, or with options sets, the names under which agents speak. Scripts show a gap for what is not set.
void addOfficeCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
