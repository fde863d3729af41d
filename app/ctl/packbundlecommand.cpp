// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/packbundlecommand.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/compliance/packbundle.h"
#include "app/compliance/packdiff.h"
#include "app/ctl/report.h"

namespace evenhand::ctl {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr std::size_t kSeedBytes = 32;

struct BundleOptions {
    std::string pack;
    std::string other;
    std::string key;
    std::string out;
    bool isJson = false;
};

/// A new file, never over an existing one: a key that is overwritten is lost.
Result<> writeNew(const std::string& path, const std::string& text, int mode)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0)
        return base::fail(ErrorCode::Storage, path + ": cannot be made; does it exist already?");
    const bool isWritten = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    if (::close(file) != 0 || !isWritten) {
        ::unlink(path.c_str());
        return base::fail(ErrorCode::Storage, path + ": cannot be written");
    }
    return {};
}

Result<base::Bytes> hexFile(const std::string& path, std::string_view what)
{
    EVENHAND_ASSIGN(auto text, readInput(path));
    text.erase(text.find_last_not_of(" \r\n") + 1);
    const auto bytes = base::fromHex(text);
    if (!bytes || bytes->size() != kSeedBytes)
        return base::fail(ErrorCode::Invalid, path + ":1:1: is not " + std::string(what) + ": expected 64 hexadecimal digits");
    return *bytes;
}

Result<std::string> makeKey(const BundleOptions& options)
{
    const auto key = base::SigningKey::generate();
    EVENHAND_TRY(writeNew(options.out, base::toHex(key.seed()) + "\n", 0600));
    EVENHAND_TRY(writeNew(options.out + ".pub", base::toHex(key.publicKey()) + "\n", 0644));
    return "key " + compliance::bundleKeyId(key.publicKey()) + ": keep " + options.out + " secret, give " + options.out + ".pub to who verifies\n";
}

Result<std::string> build(const BundleOptions& options)
{
    EVENHAND_ASSIGN(const auto folder, compliance::locatePack(options.pack));
    EVENHAND_ASSIGN(const auto directory, compliance::PackDirectory::read(folder));
    EVENHAND_ASSIGN(const auto seed, hexFile(options.key, "a signing key"));
    const auto key = base::SigningKey::fromSeed(seed);
    EVENHAND_ASSIGN(const auto text, compliance::buildBundle(directory, compliance::signerOf(key), base::SystemClock().now()));
    EVENHAND_TRY(writeNew(options.out, text, 0644));
    return directory.contentHash() + "  " + options.out + "\n";
}

std::string factsOf(const compliance::PackBundle& bundle)
{
    const auto from = bundle.effectiveFrom ? Json(bundle.effectiveFrom->toIso()) : Json(nullptr);
    return Json{{"id", bundle.identity.id}, {"version", bundle.identity.version}, {"hash", bundle.identity.hash}, {"effective_from", from},
                {"published_at", bundle.publishedAt.toRfc3339Utc()}, {"key_id", bundle.keyId}, {"files", bundle.directory.files().size()}}
        .dump(2) + "\n";
}

Result<std::string> verify(const BundleOptions& options)
{
    EVENHAND_ASSIGN(const auto text, readInput(options.pack));
    EVENHAND_ASSIGN(const auto bytes, hexFile(options.key, "a public key"));
    base::PublicKey key{};
    std::copy(bytes.begin(), bytes.end(), key.begin());
    const auto bundle = compliance::openBundle(text, {key});
    if (!bundle)
        return base::fail(bundle.error().code, inputName(options.pack) + ": " + bundle.error().detail);
    return factsOf(*bundle);
}

Json asJson(const std::vector<compliance::RuleDifference>& all)
{
    auto list = Json::array();
    for (const auto& d : all)
        list.push_back({{"change", std::string(toWord(d.kind))}, {"rule", d.rule}, {"member", d.member}, {"from", d.from}, {"to", d.to}});
    return list;
}

Result<std::string> diff(const BundleOptions& options)
{
    EVENHAND_ASSIGN(const auto before, compliance::RuleSet::load({options.pack}));
    EVENHAND_ASSIGN(const auto after, compliance::RuleSet::load({options.other}));
    const auto all = compliance::compare(*before, *after);
    return options.isJson ? asJson(all).dump(2) + "\n" : compliance::describe(all);
}

using Work = Result<std::string> (*)(const BundleOptions&);

void runsWith(CLI::App* command, const std::shared_ptr<BundleOptions>& options, int& exitStatus, Work work)
{
    command->callback([options, &exitStatus, work] {
        base::initialiseCrypto();
        const auto output = work(*options);
        if (output)
            std::cout << *output;
        else
            exitStatus = reportError(output.error());
    });
}

} // namespace

void addPackBundleCommands(CLI::App& pack, int& exitStatus)
{
    auto options = std::make_shared<BundleOptions>();
    auto* difference = pack.add_subcommand("diff", "What changes from one version to the next: rules removed, loosened, added, tightened, reworded");
    difference->add_option("before", options->pack, "Pack by folder or id")->type_name("OLD")->required();
    difference->add_option("after", options->other, "Pack by folder or id")->type_name("NEW")->required();
    difference->add_flag("--json", options->isJson, "As JSON");
    runsWith(difference, options, exitStatus, &diff);

    auto* key = pack.add_subcommand("key", "Make a key to sign packs with; FILE.pub is its public half");
    key->add_option("--out", options->out, "Where the key goes; never over an existing file")->type_name("FILE")->required();
    runsWith(key, options, exitStatus, &makeKey);

    auto* make = pack.add_subcommand("build", "Put a pack into one signed file");
    make->add_option("pack", options->pack, "Pack by folder or id")->type_name("P")->required();
    make->add_option("--key", options->key, "Signing key")->type_name("FILE")->required();
    make->add_option("--out", options->out, "The bundle; never over an existing file")->type_name("FILE")->required();
    runsWith(make, options, exitStatus, &build);

    auto* check = pack.add_subcommand("verify", "Check signature and content of a bundle");
    check->add_option("bundle", options->pack, "The bundle; - is standard input")->type_name("FILE")->required();
    check->add_option("--key", options->key, "Public key")->type_name("FILE")->required();
    runsWith(check, options, exitStatus, &verify);
}

} // namespace evenhand::ctl
