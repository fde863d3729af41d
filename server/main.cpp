// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <iostream>

#include <CLI/CLI.hpp>
#include <sys/resource.h>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/log.h"
#include "db/sqlite/connection.h"
#include "server/commands/assigncommand.h"
#include "server/commands/backupcommand.h"
#include "server/commands/command.h"
#include "server/commands/democommand.h"
#include "server/commands/exportcommand.h"
#include "server/commands/importcommand.h"
#include "server/commands/officecommand.h"
#include "server/commands/packcommand.h"
#include "server/version.h"

namespace {

constexpr int kFailed = 2;

int report(const std::string& message)
{
    std::cerr << "evenhandd: " << message << "\n";
    return kFailed;
}

// Keys and personal data pass through memory; a core dump would put them on disk.
void forbidCoreDumps()
{
#ifdef NDEBUG
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
}

int runChosen(CLI::App& application, const evenhand::server::CommandLine& line, int argc, char** argv)
{
    try {
        application.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success) ? application.exit(error) : report(error.what());
    }
    try {
        const auto status = line.run ? line.run() : evenhand::base::Result<int>(EXIT_SUCCESS);
        return status ? *status : report(status.error().detail);
    } catch (const std::exception& error) {
        return report(error.what());
    }
}

} // namespace

int main(int argc, char** argv)
{
    using namespace evenhand;
    forbidCoreDumps();
    base::initialiseCrypto();
    base::log::configure({}, spdlog::level::info);
    if (const auto library = sqlite::checkLibrary(); !library)
        return report(library.error().detail);

    const base::SystemClock clock;
    server::CommandLine line{clock};
    CLI::App application{"Evenhand's central server.", "evenhandd"};
    application.set_version_flag("--version", server::kVersion);
    application.require_subcommand(1);
    server::addServeCommand(application, line);
    server::addUserCommand(application, line);
    server::addOfficeCommand(application, line);
    server::addImportCommand(application, line);
    server::addAssignCommand(application, line);
    server::addUnassignCommand(application, line);
    server::addExportCommand(application, line);
    server::addDemoCommand(application, line);
    server::addPackCommand(application, line);
    server::addBackupCommand(application, line);
    server::addRestoreCommand(application, line);
    return runChosen(application, line, argc, argv);
}
