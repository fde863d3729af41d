// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `export calls|promises|cases [--from D --to D] [--format csv|ndjson] [--out FILE] --db URL`. Days are Chinese days, both included;
/// calls and promises need them, cases are exported as they stand now. CSV is UTF-8 with a mark and safe against formulas, so that a
/// spreadsheet opens it. Reads one consistent state and blocks nobody. Exit status 0, or 2 when it could not run.
void addExportCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
