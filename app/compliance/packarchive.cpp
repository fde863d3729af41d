// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packarchive.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace evenhand::compliance {

using base::Date;
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char* kBundleEnding = ".ehpack";

Result<std::string> contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad())
        return base::fail(ErrorCode::Storage, path.filename().string() + ": cannot be read");
    return text;
}

bool writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Whole or not at all, also after a power cut: beside the place, synced, then renamed.
Result<> writeDurably(const std::filesystem::path& path, const std::string& text)
{
    const auto beside = path.string() + ".part";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return base::fail(ErrorCode::Storage, path.filename().string() + ": cannot be written");
    const bool isWritten = writeAll(file, text) && ::fsync(file) == 0;
    const bool isClosed = ::close(file) == 0;
    if (!isWritten || !isClosed || std::rename(beside.c_str(), path.c_str()) != 0) {
        ::unlink(beside.c_str());
        return base::fail(ErrorCode::Storage, path.filename().string() + ": cannot be written");
    }
    return {};
}

bool isEarlier(const PackBundle& a, const PackBundle& b)
{
    if (a.effectiveFrom != b.effectiveFrom)
        return a.effectiveFrom < b.effectiveFrom;
    return a.publishedAt < b.publishedAt;
}

using PackList = std::vector<std::shared_ptr<const RulePack>>;

std::string listed(const base::SourceProblems& problems)
{
    std::string text;
    for (const auto& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.toString();
    return text;
}

Result<std::shared_ptr<const RuleSet>> layered(PackList packs, base::SourceProblems& problems)
{
    if (problems.empty())
        if (auto rules = RuleSet::layer(std::move(packs), problems))
            return rules;
    return base::fail(ErrorCode::Invalid, listed(problems));
}

Result<PackDirectory> shippedPack(const std::string& name)
{
    EVENHAND_ASSIGN(const auto folder, locatePack(name));
    return PackDirectory::read(folder);
}

} // namespace

Result<PackArchive> PackArchive::open(const std::string& folder, std::vector<base::PublicKey> trusted, std::vector<std::string>& problems)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::filesystem::directory_iterator files(folder, error);
    if (error)
        return base::fail(ErrorCode::Storage, folder + ": cannot be opened");
    PackArchive archive(folder, std::move(trusted));
    for (const auto& file : files) {
        if (file.path().extension() != kBundleEnding)
            continue;
        const auto text = contentOf(file.path());
        auto bundle = text ? openBundle(*text, archive.m_trusted) : Result<PackBundle>(base::fail(text.error()));
        if (bundle)
            archive.m_bundles.push_back(*std::move(bundle));
        else
            problems.push_back(file.path().filename().string() + ": " + bundle.error().detail);
    }
    std::sort(archive.m_bundles.begin(), archive.m_bundles.end(), isEarlier);
    return archive;
}

Result<PackIdentity> PackArchive::put(const std::string& text)
{
    EVENHAND_ASSIGN(auto bundle, openBundle(text, m_trusted));
    auto identity = bundle.identity;
    if (find(identity.hash) != nullptr)
        return identity;
    base::SourceProblems problems;
    if (!RulePack::parse(bundle.directory, problems))
        return base::fail(ErrorCode::Invalid, listed(problems));   // perhaps of a newer program: what is in force stays
    const auto name = identity.hash.substr(identity.hash.find(':') + 1) + kBundleEnding;
    EVENHAND_TRY(writeDurably(std::filesystem::path(m_folder) / name, text));
    m_bundles.insert(std::upper_bound(m_bundles.begin(), m_bundles.end(), bundle, isEarlier), std::move(bundle));
    return identity;
}

const PackBundle* PackArchive::inForce(const std::string& id, const Date& day) const
{
    const auto found = std::find_if(m_bundles.rbegin(), m_bundles.rend(), [&](const PackBundle& bundle) {
        return bundle.identity.id == id && (!bundle.effectiveFrom || *bundle.effectiveFrom <= day);
    });
    return found == m_bundles.rend() ? nullptr : &*found;
}

std::vector<const PackBundle*> PackArchive::earlier(const std::string& id, const Date& day) const
{
    std::vector<const PackBundle*> all;
    const auto* current = inForce(id, day);
    for (auto bundle = m_bundles.rbegin(); bundle != m_bundles.rend(); ++bundle)
        if (bundle->identity.id == id && &*bundle != current && (!bundle->effectiveFrom || *bundle->effectiveFrom <= day))
            all.push_back(&*bundle);
    return all;
}

const PackBundle* PackArchive::find(const std::string& hash) const
{
    const auto found = std::find_if(m_bundles.begin(), m_bundles.end(), [&](const PackBundle& bundle) { return bundle.identity.hash == hash; });
    return found == m_bundles.end() ? nullptr : &*found;
}

Result<PackDirectory> PackArchive::unpacked(const PackBundle& bundle) const
{
    const auto name = bundle.identity.hash.substr(bundle.identity.hash.find(':') + 1);
    const auto folder = std::filesystem::path(m_folder) / name;
    for (const auto& [path, content] : bundle.directory.files()) {
        std::error_code error;
        std::filesystem::create_directories((folder / path).parent_path(), error);
        if (error)
            return base::fail(ErrorCode::Storage, path + ": its folder cannot be made");
        EVENHAND_TRY(writeDurably(folder / path, content));
    }
    return PackDirectory(folder.string(), bundle.directory.files());
}

std::optional<Date> PackArchive::nextChange(const Date& after) const
{
    std::optional<Date> next;
    for (const auto& bundle : m_bundles)
        if (bundle.effectiveFrom && *bundle.effectiveFrom > after && (!next || *bundle.effectiveFrom < *next))
            next = bundle.effectiveFrom;
    return next;
}

std::vector<PackIdentity> PackArchive::list() const
{
    std::vector<PackIdentity> all;
    for (const auto& bundle : m_bundles)
        all.push_back(bundle.identity);
    return all;
}

Result<std::shared_ptr<const RuleSet>> PackArchive::rulesOn(const Date& day, const std::vector<std::string>& names) const
{
    PackList packs;
    base::SourceProblems problems;
    const auto isIn = [&](const std::string& id) {
        return std::any_of(packs.begin(), packs.end(), [&](const auto& pack) { return pack->manifest().identity.id == id; });
    };
    std::vector<std::string> waiting(names.rbegin(), names.rend());
    for (std::size_t round = 0; !waiting.empty() && round < 32; ++round) {   // 32: a chain of bases that long goes in a circle
        const auto name = waiting.back();
        const auto* bundle = inForce(name, day);
        auto directory = bundle != nullptr ? unpacked(*bundle) : shippedPack(name);
        if (!directory)
            return base::fail(directory.error());
        const auto pack = RulePack::parse(*directory, problems);
        if (!pack)
            return base::fail(ErrorCode::Invalid, listed(problems));
        const auto& manifest = pack->manifest();
        if (!manifest.base.empty() && !isIn(manifest.base)) {
            waiting.push_back(manifest.base);   // first the pack below
            continue;
        }
        waiting.pop_back();
        if (!isIn(manifest.identity.id))
            packs.push_back(pack);
    }
    if (!waiting.empty())
        return base::fail(ErrorCode::Invalid, waiting.back() + ": is layered over itself");
    return layered(std::move(packs), problems);
}

Result<std::shared_ptr<const RuleSet>> PackArchive::rulesOf(const std::vector<PackIdentity>& identities) const
{
    PackList packs;
    base::SourceProblems problems;
    for (const auto& wanted : identities) {
        const auto* bundle = find(wanted.hash);
        auto directory = bundle != nullptr ? Result<PackDirectory>(bundle->directory) : shippedPack(wanted.id);
        if (!directory || directory->contentHash() != wanted.hash)
            return base::fail(ErrorCode::NotFound, "rule pack \"" + wanted.id + "\" " + wanted.version + " (" + wanted.hash.substr(0, 19) + "…) is not on this computer");
        if (auto pack = RulePack::parse(*directory, problems))
            packs.push_back(std::move(pack));
    }
    return layered(std::move(packs), problems);
}

} // namespace evenhand::compliance
