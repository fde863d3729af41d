// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <regex>

#include "app/compliance/packbundle.h"
#include "server/api/api.h"
#include "server/store/packshelf.h"

// A supervisor publishes one changed script: the pack published last, with that file replaced and its version counted up, becomes the newest
// bundle and travels like every other pack. Nothing but a script can be changed this way. Whether it lints is judged by every workstation
// before it is used.
namespace evenhand::server {

using base::ErrorCode;
using base::Json;
using base::Result;

namespace {

constexpr std::size_t kLargestScript = 1 << 20;

struct ScriptChange {
    std::string pack;
    std::string baseHash;
    std::string path;
    std::string text;
};

Result<ScriptChange> readChange(const std::string& body)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(body, 8));
    base::JsonReader in(json, "");
    ScriptChange change{in.text("pack"), in.text("base_hash"), in.text("path"), in.text("text")};
    if (!in.ok())
        return base::fail(in.error());
    static const std::regex kScript("scripts/(common/)?[a-z0-9_]{1,64}\\.yaml");
    if (!std::regex_match(change.path, kScript))
        return base::fail(ErrorCode::Invalid, "/path: only scripts can be changed here");
    if (change.text.empty() || change.text.size() > kLargestScript)
        return base::fail(ErrorCode::Invalid, "/text: between 1 byte and 1 MiB");
    return change;
}

/// The files that the workstations have now: what was published last, or what was shipped.
Result<compliance::PackDirectory> currentFiles(const PackShelf& shelf, const std::vector<PackNotice>& notices, const std::string& pack, const base::PublicKey& key)
{
    const auto last = std::find_if(notices.rbegin(), notices.rend(), [&pack](const PackNotice& notice) { return notice.id == pack; });
    if (last == notices.rend()) {
        EVENHAND_ASSIGN(const auto folder, compliance::locatePack(pack));
        return compliance::PackDirectory::read(folder);
    }
    EVENHAND_ASSIGN(const auto text, shelf.bundle(last->hash));
    EVENHAND_ASSIGN(const auto bundle, compliance::openBundle(text.value_or(""), {key}));
    return bundle.directory;
}

/// "2026.1.0" → "2026.1.0-s1" → "2026.1.0-s2": the first that was never published.
Result<std::string> countedUp(const std::string& manifest, const std::vector<PackNotice>& notices, const std::string& pack, std::string& version)
{
    static const std::regex kVersion("(^|\n)version:[ \t]*\"?([^\"\n#]*?)\"?[ \t]*(?=\n|$|#)");
    std::smatch found;
    if (!std::regex_search(manifest, found, kVersion))
        return base::fail(ErrorCode::Invalid, "pack.yaml has no version line");
    auto stem = found[2].str();
    static const std::regex kCounted("-s[0-9]+$");
    stem = std::regex_replace(stem, kCounted, "");
    for (int count = 1;; ++count) {
        version = stem + "-s" + std::to_string(count);
        if (std::none_of(notices.begin(), notices.end(), [&](const PackNotice& notice) { return notice.id == pack && notice.version == version; }))
            break;
    }
    return std::string(found.prefix()) + found[1].str() + "version: \"" + version + "\"" + std::string(found.suffix());
}

Result<Json> publishChange(Store& store, const ApiContext& context, const ScriptChange& change)
{
    PackShelf shelf(store.connection());
    EVENHAND_ASSIGN(const auto notices, shelf.list());
    EVENHAND_ASSIGN(const auto before, currentFiles(shelf, notices, change.pack, context.keys.publicKey()));
    if (before.contentHash() != change.baseHash)
        return base::fail(ErrorCode::Conflict, "somebody published another version meanwhile");
    auto files = before.files();
    files[change.path] = change.text;
    std::string version;
    EVENHAND_ASSIGN(files["pack.yaml"], countedUp(files["pack.yaml"], notices, change.pack, version));
    const compliance::PackDirectory after(before.name(), std::move(files));
    EVENHAND_ASSIGN(const auto bundle, compliance::buildBundle(after, [&context](Json statement) { return context.keys.sign(std::move(statement)); }, context.clock.now()));
    EVENHAND_ASSIGN(const auto opened, compliance::openBundle(bundle, {context.keys.publicKey()}));
    EVENHAND_ASSIGN(const auto seq, store.nextSeq());
    const auto from = opened.effectiveFrom ? opened.effectiveFrom->toIso() : std::string();
    EVENHAND_TRY(shelf.put({change.pack, version, opened.identity.hash, from, context.clock.now().toRfc3339Utc()}, bundle, seq));
    return Json{{"id", change.pack}, {"version", version}, {"hash", opened.identity.hash}};
}

} // namespace

void publishScript(Store& store, const ApiContext& context, const Request& request, const Reply& reply)
{
    const auto caller = authenticateReader(store, context, request);
    if (!caller)
        return reply(problemResponse(caller.error()));
    if (caller->user.role != domain::UserRole::Supervisor && caller->user.role != domain::UserRole::Admin)
        return reply(problemResponse(problem::forbidden("role_missing", "Only supervisors publish scripts.")));
    auto wanted = readChange(request.body);
    if (!wanted)
        return reply(problemResponse(problem::malformed(wanted.error().detail)));
    const auto change = std::make_shared<ScriptChange>(*std::move(wanted));
    const auto answer = std::make_shared<Json>();
    const auto work = [&context, change, answer](Store& writer) -> Result<> {
        EVENHAND_ASSIGN(*answer, publishChange(writer, context, *change));
        return {};
    };
    context.sequencer.submit(1, work, [answer, reply](const Result<>& stored) {
        if (!stored && stored.error().code == base::ErrorCode::Conflict)
            return reply(problemResponse(problem::forbidden("pack_superseded", stored.error().detail)));
        if (!stored && stored.error().code == base::ErrorCode::Invalid)
            return reply(problemResponse(problem::malformed(stored.error().detail)));
        reply(stored ? okResponse(*answer) : problemResponse(problem::fromStore(stored.error())));
    });
}

} // namespace evenhand::server
