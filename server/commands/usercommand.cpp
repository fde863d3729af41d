// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/commands/command.h"
#include "server/store/store.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kShortestPassword = 8;
constexpr std::size_t kLongestPassword = 1024;
constexpr std::size_t kLongestName = 64;

struct UserOptions {
    std::string database;
    std::string name;
    std::string displayName;
    std::string staffNo;
    std::string role;
    std::string team;
    std::string passwordFile;
};

Result<Store> openStore(const std::string& database, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(database));
    return Store::open(url, StoreMode::ReadWrite, clock);
}

// The first line of the file, or of standard input for "-".
Result<std::string> readPassword(const std::string& path)
{
    std::string password;
    std::ifstream file;
    if (path != "-")
        file.open(path);
    if (!std::getline(path == "-" ? std::cin : file, password))
        return fail(ErrorCode::Invalid, path + ": cannot be read, or is empty; its first line is the password");
    if (!password.empty() && password.back() == '\r')
        password.pop_back();
    if (password.size() < kShortestPassword || password.size() > kLongestPassword)
        return fail(ErrorCode::Invalid, path + ": a password has 8 to 1024 characters");
    return password;
}

Result<> checkName(const std::string& name)
{
    const bool printable = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
    if (name.empty() || name.size() > kLongestName || !printable || !base::toCanonicalJson(name))
        return fail(ErrorCode::Invalid, "a user name has 1 to 64 bytes of UTF-8, without spaces");
    return {};
}

Result<UserRecord> newUser(const UserOptions& options, const base::Clock& clock)
{
    EVENHAND_TRY(checkName(options.name));
    const auto role = domain::userRoleFromWord(options.role);
    if (!role)
        return fail(ErrorCode::Invalid, "unknown role \"" + options.role + "\"; known: agent, field, supervisor, qa, admin, auditor");
    if (!base::toCanonicalJson(options.team) || !base::toCanonicalJson(options.displayName) || !base::toCanonicalJson(options.staffNo))
        return fail(ErrorCode::Invalid, "--team, --display-name and --staff-no must be UTF-8");
    EVENHAND_ASSIGN(const auto password, readPassword(options.passwordFile));
    EVENHAND_ASSIGN(auto hash, base::hashPassword(password, {}));
    return UserRecord{domain::UserId::random(), options.name, options.displayName.empty() ? options.name : options.displayName,
                      *role, options.team, std::move(hash), false, clock.now(), options.staffNo};
}

Result<int> addUser(const UserOptions& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto user, newUser(options, clock));
    EVENHAND_ASSIGN(auto store, openStore(options.database, clock));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    if (auto stored = store.users().insert(user, seq); !stored)
        return fail(stored.error().code, "user " + options.name + ": " + stored.error().detail);
    EVENHAND_TRY(transaction.commit());
    std::cout << user.id.toString() << "\n";
    return 0;
}

Result<int> listUsers(const UserOptions& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto store, openStore(options.database, clock));
    EVENHAND_ASSIGN(const auto users, store.users().list());
    for (const auto& user : users)
        std::cout << user.userName << "\t" << domain::toWord(user.role) << "\t" << user.team << "\t" << (user.isDisabled ? "disabled" : "active") << "\n";
    return 0;
}

Result<int> disableUser(const UserOptions& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto store, openStore(options.database, clock));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_ASSIGN(const auto user, store.users().findByName(options.name));
    if (!user)
        return fail(ErrorCode::NotFound, "there is no user " + options.name + "; see evenhandd user list");
    EVENHAND_TRY(store.users().setDisabled(user->id, true));
    EVENHAND_TRY(store.devices().removeRefreshTokens(user->id));
    EVENHAND_TRY(transaction.commit());
    return 0;
}

using Action = Result<int> (*)(const UserOptions&, const base::Clock&);

CLI::App* addAction(CLI::App& user, CommandLine& line, const std::shared_ptr<UserOptions>& options, const char* name, const char* help, Action action)
{
    auto* command = user.add_subcommand(name, help);
    command->add_option("--db", options->database, "Database, sqlite:///path/file.db or postgresql://…")->required();
    command->callback([options, &line, action] { line.run = [options, &line, action] { return action(*options, line.clock); }; });
    return command;
}

} // namespace

void addUserCommand(CLI::App& application, CommandLine& line)
{
    const auto options = std::make_shared<UserOptions>();
    auto* user = application.add_subcommand("user", "Accounts");
    user->require_subcommand(1);
    auto* add = addAction(*user, line, options, "add", "Add an account", addUser);
    add->add_option("NAME", options->name, "User name")->required();
    add->add_option("--role", options->role, "agent, field, supervisor, qa, admin or auditor")->required();
    add->add_option("--team", options->team, "Team");
    add->add_option("--display-name", options->displayName, "Name as colleagues see it");
    add->add_option("--staff-no", options->staffNo, "Number that the agent says on the telephone");
    add->add_option("--password-file", options->passwordFile, "File whose first line is the password; - for standard input")->required();
    addAction(*user, line, options, "list", "List accounts: name, role, team, state", listUsers);
    auto* disable = addAction(*user, line, options, "disable", "Close an account; recorded work can still be handed in", disableUser);
    disable->add_option("NAME", options->name, "User name")->required();
}

} // namespace evenhand::server
