// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/importcommand.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/import/importer.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Result;

namespace {

struct ImportArguments {
    std::string db;
    std::string asOf;
    bool json = false;
    ImportOptions import{};
};

Result<int> runImport(ImportArguments options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    if (!options.asOf.empty()) {
        options.import.asOf = base::Date::tryFromIso(options.asOf);
        if (!options.import.asOf)
            return base::fail(ErrorCode::Invalid, "--as-of \"" + options.asOf + "\" is not a day such as 2026-03-02");
    }
    EVENHAND_ASSIGN(auto store, Store::open(url, options.import.dryRun ? StoreMode::ReadOnly : StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto report, Importer(store, clock).run(options.import));
    std::cout << (options.json ? toJson(report).dump() + "\n" : toText(report)) << std::flush;
    return report.rejected > 0 ? 1 : 0;
}

} // namespace

void addImportCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("import", "Bring a lender's CSV file in; exit status 0 all in, 1 rows refused, 2 could not run");
    const auto options = std::make_shared<ImportArguments>();
    command->add_option("file", options->import.file, "CSV file, also packed with gzip")->required();
    command->add_option("--mapping", options->import.mappingFile, "which column is what (docs/import.md)")->required();
    command->add_option("--portfolio", options->import.portfolio, "name of the portfolio, instead of the mapping's");
    command->add_option("--as-of", options->asOf, "day to which days past due are counted (YYYY-MM-DD; default today)");
    command->add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
    command->add_flag("--dry-run", options->import.dryRun, "check everything, write nothing");
    command->add_flag("--keep-good", options->import.keepGood, "import the good rows; the others go to FILE.rejected.csv");
    command->add_flag("--json", options->json, "print the result as JSON");
    command->callback([options, &line] { line.run = [options, &line] { return runImport(*options, line.clock); }; });
}

} // namespace evenhand::server
