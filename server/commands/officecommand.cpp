// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/officecommand.h"

#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "server/store/store.h"

namespace evenhand::server {

using base::Result;
using domain::wire::OfficeNames;

namespace {

struct OfficeField {
    const char* option;
    const char* help;
    std::string OfficeNames::*member;
};

constexpr OfficeField kOfficeFields[] = {
    {"--institution", "Name that agents say first", &OfficeNames::institution},
    {"--neutral-name", "Name that reveals nothing to third persons", &OfficeNames::neutralName},
    {"--callback-number", "Number under which debtors reach the office", &OfficeNames::callbackNumber},
    {"--complaint-number", "Number for complaints", &OfficeNames::complaintNumber},
    {"--payment-channel", "The creditor's official way to pay", &OfficeNames::paymentChannel},
};

struct OfficeArguments {
    std::string db;
    OfficeNames given;
};

Result<int> runOffice(const OfficeArguments& options, const CLI::App& command, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_ASSIGN(auto office, store.office().read());
    for (const auto& field : kOfficeFields) {
        if (command.count(field.option) == 0)
            continue;
        if (!base::toCanonicalJson(options.given.*field.member))
            return base::fail(base::ErrorCode::Invalid, std::string(field.option) + " must be UTF-8");
        office.*field.member = options.given.*field.member;
    }
    EVENHAND_TRY(store.office().write(office));
    EVENHAND_TRY(transaction.commit());
    for (const auto& field : kOfficeFields)
        std::cout << std::string(field.option + 2) << "\t" << office.*field.member << "\n";
    return 0;
}

} // namespace

void addOfficeCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("office", "Show or set the names under which agents speak");
    const auto options = std::make_shared<OfficeArguments>();
    command->add_option("--db", options->db, "sqlite:///path/file.db")->required();
    for (const auto& field : kOfficeFields)
        command->add_option(field.option, options->given.*field.member, field.help);
    command->callback([options, command, &line] {
        line.run = [options, command, &line] { return runOffice(*options, *command, line.clock); };
    });
}

} // namespace evenhand::server
