// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "app/base/crypto.h"
#include "app/ctl/gatecommand.h"
#include "app/ctl/journalcommand.h"
#include "app/ctl/packcommand.h"
#include "app/ctl/phrasescommand.h"
#include "app/ctl/plancommand.h"
#include "app/ctl/report.h"
#include "app/ctl/scriptcommand.h"

// Each command lives in its own file and exports addXCommand(app, exitStatus); its callback sets the exit status.
int main(int argc, char** argv)
{
    using namespace evenhand;
    base::initialiseCrypto();

    CLI::App app{"Evenhand on the command line: the same rules, without windows.", "evenhandctl"};
    app.require_subcommand(1);
    int exitStatus = EXIT_SUCCESS;
    ctl::addGateCommand(app, exitStatus);
    ctl::addJournalCommand(app, exitStatus);
    ctl::addPackCommand(app, exitStatus);
    ctl::addPhrasesCommand(app, exitStatus);
    ctl::addPlanCommand(app, exitStatus);
    ctl::addScriptCommand(app, exitStatus);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
            return app.exit(error);   // --help
        return ctl::reportError(error.what());
    }
    return exitStatus;
}
