// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `assign --portfolio NAME --to USER[,USER…] [--count N] [--by balance|dpd|region] --db URL` hands out open cases that nobody has:
/// by balance or days past due the largest first, dealt out in turn so that everyone's share is alike; by region each user gets
/// whole regions as far as the numbers allow. `unassign --portfolio NAME [--from USER[,USER…]] [--count N] --db URL` takes them back.
/// Prints how many cases moved per user. Exit status 0, or 2 when it could not run (unknown user, portfolio).
void addAssignCommand(CLI::App& application, CommandLine& line);
void addUnassignCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
