// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/packcommand.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/compliance/packbundle.h"
#include "app/compliance/packdiff.h"
#include "server/store/packshelf.h"
#include "server/store/store.h"

namespace evenhand::server {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

struct PackArguments {
    std::string db;
    std::string pack;
    bool isDryRun = false;
    bool isJson = false;
};

using Rules = std::shared_ptr<const compliance::RuleSet>;

/// The version published last, on top of the packs the new one stands on.
Result<Rules> rulesBefore(const PackShelf& shelf, const PackNotice& last, const compliance::RuleSet& after, const base::PublicKey& key)
{
    EVENHAND_ASSIGN(const auto text, shelf.bundle(last.hash));
    EVENHAND_ASSIGN(const auto bundle, compliance::openBundle(text.value_or(""), {key}));
    base::SourceProblems problems;
    std::vector<std::shared_ptr<const compliance::RulePack>> packs(after.packs().begin(), after.packs().end() - 1);
    packs.push_back(compliance::RulePack::parse(bundle.directory, problems));
    auto rules = packs.back() ? compliance::RuleSet::layer(std::move(packs), problems) : nullptr;
    if (!rules)
        return base::fail(ErrorCode::Invalid, "the version published last cannot be read any more: " + (problems.empty() ? std::string() : problems.front().toString()));
    return rules;
}

const PackNotice* lastOf(const std::vector<PackNotice>& notices, const std::string& id)
{
    const auto last = std::find_if(notices.rbegin(), notices.rend(), [&](const PackNotice& notice) { return notice.id == id; });
    return last == notices.rend() ? nullptr : &*last;
}

/// The same version must be the same rules for ever.
Result<> checkVersion(const std::vector<PackNotice>& notices, const compliance::PackIdentity& pack)
{
    for (const auto& notice : notices)
        if (notice.id == pack.id && notice.version == pack.version && notice.hash != pack.hash)
            return base::fail(ErrorCode::Conflict, "version " + pack.version + " of \"" + pack.id
                                                       + "\" was published with other content; give the changed pack a new version in pack.yaml");
    return {};
}

Result<int> publish(const PackArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto rules, compliance::RuleSet::load({options.pack}));
    const auto& pack = *rules->packs().back();
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto keys, ServerKeys::loadOrCreate(url.keysPath(store.dataset()), clock));
    EVENHAND_ASSIGN(const auto bundle,
                    compliance::buildBundle(pack.directory(), [&keys](Json statement) { return keys.sign(std::move(statement)); }, clock.now()));
    EVENHAND_ASSIGN(auto transaction, store.begin());
    PackShelf shelf(store.connection());
    EVENHAND_ASSIGN(const auto notices, shelf.list());
    const auto& identity = pack.manifest().identity;
    EVENHAND_TRY(checkVersion(notices, identity));
    if (std::any_of(notices.begin(), notices.end(), [&](const PackNotice& notice) { return notice.hash == identity.hash; })) {
        std::cout << identity.id << " " << identity.version << " is published already\n";
        return 0;
    }
    if (const auto* last = lastOf(notices, identity.id)) {
        EVENHAND_ASSIGN(const auto before, rulesBefore(shelf, *last, *rules, keys.publicKey()));
        std::cout << "changes since " << last->version << ":\n" << compliance::describe(compliance::compare(*before, *rules));
    }
    const auto from = pack.manifest().effectiveFrom ? pack.manifest().effectiveFrom->toIso() : std::string();
    if (options.isDryRun) {
        std::cout << "nothing was published (--dry-run)\n";
        return 0;
    }
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    EVENHAND_TRY(shelf.put({identity.id, identity.version, identity.hash, from, clock.now().toRfc3339Utc()}, bundle, seq));
    EVENHAND_TRY(transaction.commit());
    std::cout << "published " << identity.id << " " << identity.version << " " << identity.hash << (from.empty() ? "" : ", in force from " + from) << "\n";
    return 0;
}

Result<int> list(const PackArguments& options, const base::Clock& clock)
{
    EVENHAND_ASSIGN(const auto url, DatabaseUrl::parse(options.db));
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadWrite, clock));
    EVENHAND_ASSIGN(const auto notices, PackShelf(store.connection()).list());
    auto all = Json::array();
    for (const auto& notice : notices) {
        if (options.isJson)
            all.push_back(toJson(notice));
        else
            std::cout << notice.id << "  " << notice.version << "  " << notice.hash << "  from " << (notice.effectiveFrom.empty() ? "at once" : notice.effectiveFrom)
                      << ", published " << notice.publishedAt << "\n";
    }
    if (options.isJson)
        std::cout << all.dump(2) << "\n";
    return 0;
}

} // namespace

void addPackCommand(CLI::App& application, CommandLine& line)
{
    auto* command = application.add_subcommand("pack", "Rule packs that the workstations get");
    command->require_subcommand(1);
    const auto options = std::make_shared<PackArguments>();
    auto* give = command->add_subcommand("publish", "Sign a pack and hand it to all workstations; says what changes");
    give->add_option("pack", options->pack, "folder or id")->required();
    give->add_flag("--dry-run", options->isDryRun, "only say what would change");
    give->callback([options, &line] { line.run = [options, &line] { return publish(*options, line.clock); }; });
    auto* show = command->add_subcommand("list", "All published packs, old versions too");
    show->add_flag("--json", options->isJson, "as JSON");
    show->callback([options, &line] { line.run = [options, &line] { return list(*options, line.clock); }; });
    for (auto* one : {give, show})
        one->add_option("--db", options->db, "sqlite:///path/file.db or postgresql://…")->required();
}

} // namespace evenhand::server
