// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/assigncommand.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/store/store.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

struct AssignArguments {
    std::string db;
    std::string portfolio;
    std::vector<std::string> users;
    std::int64_t count = -1;
    std::string by = "balance";
    bool json = false;
};

struct Share {
    UserRecord user;
    std::vector<domain::CaseId> cases;
};

Result<std::vector<Share>> sharesFor(Store& store, const std::vector<std::string>& names)
{
    std::vector<Share> shares;
    for (const auto& name : names) {
        EVENHAND_ASSIGN(auto user, store.users().findByName(name));
        if (!user)
            return base::fail(ErrorCode::NotFound, "there is no user " + name + "; `evenhandd user list` shows who there is");
        if (user->isDisabled)
            return base::fail(ErrorCode::Invalid, "the user " + name + " is disabled");
        if (user->role != domain::UserRole::Agent && user->role != domain::UserRole::Field && user->role != domain::UserRole::Supervisor)
            return base::fail(ErrorCode::Invalid, "the user " + name + " has the role " + std::string(toWord(user->role)) + " and works no cases");
        if (std::any_of(shares.begin(), shares.end(), [&](const Share& share) { return share.user.id == user->id; }))
            return base::fail(ErrorCode::Invalid, "the user " + name + " stands twice in --to");
        shares.push_back({*std::move(user), {}});
    }
    return shares;
}

Result<PortfolioId> portfolioOf(Store& store, const std::string& name)
{
    EVENHAND_ASSIGN(const auto portfolio, store.cases().findPortfolio(name));
    if (!portfolio)
        return base::fail(ErrorCode::NotFound, "there is no portfolio \"" + name + "\"; import it first");
    return *portfolio;
}

// 1 2 3 3 2 1 1 2 3 …: the largest case does not always go to the same person.
void dealOut(const std::vector<CaseRecord>& cases, std::vector<Share>& shares)
{
    const auto n = shares.size();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto round = i / n;
        const auto at = i % n;
        shares[round % 2 == 0 ? at : n - 1 - at].cases.push_back(cases[i].id);
    }
}

// Whole regions one after the other: each user takes the next stretch of the list until their share is full.
void dealRegions(const std::vector<CaseRecord>& cases, std::vector<Share>& shares)
{
    std::size_t user = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto fair = cases.size() * (user + 1) / shares.size();
        const bool newRegion = i > 0 && cases[i].region != cases[i - 1].region;
        if (newRegion && i >= fair && user + 1 < shares.size())
            ++user;
        shares[user].cases.push_back(cases[i].id);
    }
}

CaseOrder orderOf(const std::string& word)
{
    return word == "dpd" ? CaseOrder::DaysPastDue : word == "region" ? CaseOrder::Region : CaseOrder::Balance;
}

Result<int> printMoved(const AssignArguments& options, const std::vector<std::pair<std::string, std::int64_t>>& moved)
{
    std::int64_t total = 0;
    Json users = Json::object();
    for (const auto& [name, count] : moved) {
        total += count;
        users[name] = count;
        if (!options.json)
            std::cout << name << ": " << count << "\n";
    }
    if (options.json)
        std::cout << Json{{"moved", total}, {"users", users}}.dump() << "\n";
    else
        std::cout << total << " cases moved\n";
    return 0;
}

Result<int> runAssign(const AssignArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto keys, ServerKeys::loadOrCreate(url.keysPath(store.dataset()), clock));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_ASSIGN(const auto portfolio, portfolioOf(store, options.portfolio));
    EVENHAND_ASSIGN(auto shares, sharesFor(store, options.users));
    const auto order = orderOf(options.by);
    EVENHAND_ASSIGN(const auto cases, store.cases().listUnassigned(portfolio, order, options.count));
    std::vector<std::pair<std::string, std::int64_t>> moved;
    if (order == CaseOrder::Region)
        dealRegions(cases, shares);
    else
        dealOut(cases, shares);
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    auto assignments = store.assignments(keys);
    for (const auto& share : shares) {
        EVENHAND_ASSIGN(const auto count, assignments.assign(share.cases, share.user, seq));
        moved.emplace_back(share.user.userName, count);
    }
    EVENHAND_TRY(transaction.commit());
    return printMoved(options, moved);
}

Result<int> runUnassign(const AssignArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto keys, ServerKeys::loadOrCreate(url.keysPath(store.dataset()), clock));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_ASSIGN(const auto portfolio, portfolioOf(store, options.portfolio));
    std::vector<std::optional<UserRecord>> holders;
    for (const auto& name : options.users) {
        EVENHAND_ASSIGN(auto user, store.users().findByName(name));
        if (!user)
            return base::fail(ErrorCode::NotFound, "there is no user " + name + "; `evenhandd user list` shows who there is");
        holders.emplace_back(*std::move(user));
    }
    if (holders.empty())
        holders.emplace_back(std::nullopt);
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    auto assignments = store.assignments(keys);
    std::vector<std::pair<std::string, std::int64_t>> moved;
    std::int64_t left = options.count;
    for (const auto& holder : holders) {
        EVENHAND_ASSIGN(const auto cases, store.cases().listAssigned(portfolio, holder ? std::optional(holder->id) : std::nullopt, left));
        std::vector<domain::CaseId> ids;
        for (const auto& one : cases)
            ids.push_back(one.id);
        EVENHAND_ASSIGN(const auto count, assignments.unassign(ids, seq));
        moved.emplace_back(holder ? holder->userName : "everyone", count);
        left = left < 0 ? left : left - count;
    }
    EVENHAND_TRY(transaction.commit());
    return printMoved(options, moved);
}

void addCommonOptions(CLI::App* command, const std::shared_ptr<AssignArguments>& options)
{
    command->add_option("--portfolio", options->portfolio, "name of the portfolio")->required();
    command->add_option("--count", options->count, "at most so many cases")->check(CLI::NonNegativeNumber);
    command->add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
    command->add_flag("--json", options->json, "print the result as JSON");
}

} // namespace

void addAssignCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("assign", "Hand out open cases that nobody has");
    const auto options = std::make_shared<AssignArguments>();
    addCommonOptions(command, options);
    command->add_option("--to", options->users, "who gets them: USER[,USER…]")->required()->delimiter(',');
    command->add_option("--by", options->by, "balance, dpd or region")->check(CLI::IsMember({"balance", "dpd", "region"}));
    command->callback([options, &line] { line.run = [options, &line] { return runAssign(*options, line.clock); }; });
}

void addUnassignCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("unassign", "Take cases back");
    const auto options = std::make_shared<AssignArguments>();
    addCommonOptions(command, options);
    command->add_option("--from", options->users, "from whom: USER[,USER…]; everyone when absent")->delimiter(',');
    command->callback([options, &line] { line.run = [options, &line] { return runUnassign(*options, line.clock); }; });
}

} // namespace evenhand::server
