// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/commands/command.h"

namespace evenhand::server {

/// `import FILE --mapping M.yaml [--portfolio NAME] [--as-of DAY] [--dry-run] [--keep-good] [--json] --db URL`. Exit status: 0 everything
/// is in (or would be); 1 some rows were refused (with --keep-good the others are in, else nothing is); 2 the import could not run.
void addImportCommand(CLI::App& application, CommandLine& line);

} // namespace evenhand::server
