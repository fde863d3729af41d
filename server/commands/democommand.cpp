// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/democommand.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/demo/demo.h"

namespace evenhand::server {

using base::Result;

namespace {

struct DemoArguments {
    std::string db;
    std::string today;
    std::uint64_t seed = demo::kDefaultSeed;
};

Result<int> runDemo(const DemoArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    auto today = base::TimeZone::tryFromName("Asia/Shanghai")->dateAt(clock.now());
    if (!options.today.empty()) {
        const auto given = base::Date::tryFromIso(options.today);
        if (!given)
            return base::fail(base::ErrorCode::Invalid, "--today \"" + options.today + "\" is not a day such as 2026-03-02");
        today = *given;
    }
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto keys, ServerKeys::loadOrCreate(url.keysPath(store.dataset()), clock));
    EVENHAND_ASSIGN(const auto summary, demo::createDemo(store, keys, {.seed = options.seed, .today = today}, clock));
    std::cout << summary.cases << " cases, " << summary.assigned << " of them assigned; " << summary.events << " past events; "
              << summary.promisesDueToday << " promises and " << summary.callBacksToday << " call-backs due on " << today.toIso() << "\nusers:";
    for (const auto& user : demo::demoUsers())
        std::cout << ' ' << user.userName << " (" << toWord(user.role) << ")";
    std::cout << "; passphrase of all: " << demo::kDemoPassphrase << std::endl;
    return 0;
}

} // namespace

void addDemoCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("demo", "Fill an empty database with invented cases and users (passphrase evenhand-demo)");
    const auto options = std::make_shared<DemoArguments>();
    command->add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
    command->add_option("--seed", options->seed, "another number, another portfolio");
    command->add_option("--today", options->today, "the day on which promises fall due (YYYY-MM-DD; default today)");
    command->callback([options, &line] { line.run = [options, &line] { return runDemo(*options, line.clock); }; });
}

} // namespace evenhand::server
