// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/backupcommand.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/store/backup.h"

namespace evenhand::server {

using base::Result;

namespace {

struct BackupArguments {
    std::string db;
    std::string file;
};

Result<int> runBackup(const BackupArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadOnly, clock));
    EVENHAND_ASSIGN(const auto report, writeBackup(store, url.driver, options.file, clock));
    std::cout << report.rows << " rows up to number " << report.lastSeq << ", " << report.bytes << " bytes. Not inside: the server's keys ("
              << url.keysPath(store.dataset()) << ") and the files below --blobs" << std::endl;
    return 0;
}

Result<int> runRestore(const BackupArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const bool alone, store.lead());
    if (!alone)
        return base::fail(base::ErrorCode::Conflict, "an evenhandd serves this database; stop it before you restore");
    EVENHAND_ASSIGN(const auto report, restoreBackup(store, url.driver, options.file));
    EVENHAND_ASSIGN(const auto restored, Store::open(url, StoreMode::ReadOnly, clock));
    std::cout << report.rows << " rows up to number " << report.lastSeq << " restored. The server needs the keys that it had: "
              << url.keysPath(restored.dataset()) << std::endl;
    return 0;
}

std::shared_ptr<BackupArguments> declare(CLI::App& command, const char* fileText)
{
    const auto options = std::make_shared<BackupArguments>();
    command.add_option("file", options->file, fileText)->required();
    command.add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
    return options;
}

} // namespace

void addBackupCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("backup", "Write the whole database to a file, beside a running server");
    const auto options = declare(*command, "the file to write; must not exist");
    command->callback([options, &line] { line.run = [options, &line] { return runBackup(*options, line.clock); }; });
}

void addRestoreCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("restore", "Put a backup into an empty database of either kind");
    const auto options = declare(*command, "a file that `evenhandd backup` wrote");
    command->callback([options, &line] { line.run = [options, &line] { return runRestore(*options, line.clock); }; });
}

} // namespace evenhand::server
