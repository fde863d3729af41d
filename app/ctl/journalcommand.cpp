// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/journalcommand.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "app/base/json.h"
#include "app/ctl/report.h"
#include "db/journal.h"
#include "db/keyfile.h"

namespace evenhand::ctl {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

struct JournalOptions {
    std::string file;
    std::string keyFile;
    std::string passphraseFile;
};

std::string firstLine(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

/// Asks on the terminal without showing what is typed.
Result<std::string> askPassphrase()
{
    if (::isatty(STDIN_FILENO) == 0)
        return fail(ErrorCode::Invalid, "the key file needs a passphrase: give --passphrase-file, or set EVENHAND_PASSPHRASE_FILE");
    std::cerr << "Passphrase: ";
    termios shown{};
    ::tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    std::string line;
    std::getline(std::cin, line);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << '\n';
    return line;
}

Result<std::string> passphrase(const JournalOptions& options)
{
    const char* fromEnvironment = std::getenv("EVENHAND_PASSPHRASE_FILE");
    const std::string file = !options.passphraseFile.empty() ? options.passphraseFile : fromEnvironment ? fromEnvironment : "";
    if (file.empty())
        return askPassphrase();
    EVENHAND_ASSIGN(const auto text, readInput(file));
    return firstLine(text);
}

/// A raw key: 32 bytes, or 64 hex digits and perhaps a line end.
std::optional<base::SecretKey> rawKey(const std::string& content)
{
    constexpr std::size_t kKeySize = 32;
    if (const auto bytes = base::fromHex(firstLine(content)); bytes && bytes->size() == kKeySize)
        return base::SecretKey(base::ByteView(*bytes));
    if (content.size() == kKeySize)
        return base::SecretKey(base::asBytes(content));
    return std::nullopt;
}

Result<base::SecretKey> journalKey(const JournalOptions& options)
{
    namespace fs = std::filesystem;
    const fs::path path = options.keyFile.empty() ? fs::path(options.file).parent_path() / "keys.hdr" : fs::path(options.keyFile);
    EVENHAND_ASSIGN(const auto content, readInput(path.string()));
    if (auto key = rawKey(content))
        return *std::move(key);
    if (path.filename() != "keys.hdr" && path.filename() != "keys.hdr.bak")
        return fail(ErrorCode::Invalid, path.string() + ": neither a raw key (32 bytes or 64 hex digits) nor a file named keys.hdr");
    EVENHAND_ASSIGN(const auto words, passphrase(options));
    const auto folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    auto keys = db::KeyFile(folder.string()).unlock(words, db::KeyFile::Heal::No);
    if (!keys)
        return fail(keys.error().code, path.string() + ": " + keys.error().detail);
    return std::move(keys->journal);
}

int runVerify(const JournalOptions& options)
{
    const auto key = journalKey(options);
    if (!key)
        return reportError(key.error());
    const auto report = db::verifyJournalFile(options.file, *key);
    if (!report)
        return reportError(options.file + ": " + report.error().detail);
    base::Json firstBad;
    if (report->firstBad)
        firstBad = {{"epoch", report->firstBad->epoch}, {"seq", report->firstBad->seq}, {"reason", report->firstBad->reason}};
    std::cout << base::Json{{"events", report->events}, {"ok", report->ok}, {"first_bad", firstBad}}.dump() << '\n';
    return report->ok ? 0 : 1;
}

} // namespace

void addJournalCommand(CLI::App& app, int& exitStatus)
{
    auto options = std::make_shared<JournalOptions>();
    auto* command = app.add_subcommand("journal", "Look at a workstation's journal");
    command->require_subcommand(1);
    auto* verify = command->add_subcommand("verify", "Check sequence, hash chain and signatures; reads only");
    verify->add_option("file", options->file, "journal.db of a profile")->type_name("FILE")->required();
    verify->add_option("--key-file", options->keyFile, "Raw key (32 bytes or 64 hex digits), or keys.hdr; default: keys.hdr beside FILE")->type_name("K");
    verify->add_option("--passphrase-file", options->passphraseFile, "First line is the passphrase of keys.hdr; default: $EVENHAND_PASSPHRASE_FILE, else asked for")
        ->type_name("F");
    verify->callback([options, &exitStatus] { exitStatus = runVerify(*options); });
}

} // namespace evenhand::ctl
