// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/packdirectory.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/base/crypto.h"

namespace evenhand::compliance {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uintmax_t kLargestFile = 16u << 20;   // a word list may be large; a film in the wrong folder is a mistake

bool isLeftover(const std::string& name) { return name.empty() || name.front() == '.' || name.back() == '~'; }

Result<std::string> readWhole(const fs::path& path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error)
        return base::fail(ErrorCode::Storage, path.string() + ": cannot be read");
    if (size > kLargestFile)
        return base::fail(ErrorCode::Invalid, path.string() + ": is larger than 16 MiB; it does not belong into a pack");
    std::ifstream file(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad())
        return base::fail(ErrorCode::Storage, path.string() + ": cannot be read");
    return content;
}

std::vector<std::string> split(std::string_view list)
{
    std::vector<std::string> parts;
    while (!list.empty()) {
        const auto end = std::min(list.find(':'), list.size());
        if (end > 0)
            parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

bool isPack(const fs::path& folder)
{
    std::error_code ignored;
    return fs::is_regular_file(folder / "pack.yaml", ignored);
}

std::string knownIds(const std::vector<std::string>& folders)
{
    std::vector<std::string> ids;
    for (const auto& folder : folders) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (isPack(entry.path()))
                ids.push_back(entry.path().filename().string());
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::string text;
    for (const auto& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text.empty() ? "none found" : text;
}

} // namespace

PackDirectory::PackDirectory(std::string name, std::map<std::string, std::string> files) : m_name(std::move(name)), m_files(std::move(files))
{
    while (m_name.size() > 1 && m_name.back() == '/')
        m_name.pop_back();
}

Result<PackDirectory> PackDirectory::read(const std::string& folder)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return base::fail(ErrorCode::NotFound, folder + ": is not a folder");
    std::map<std::string, std::string> files;
    fs::recursive_directory_iterator entry(folder, error), end;
    for (; !error && entry != end; entry.increment(error)) {
        if (isLeftover(entry->path().filename().string())) {
            if (entry->is_directory())
                entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file())
            continue;
        EVENHAND_ASSIGN(auto content, readWhole(entry->path()));
        files.emplace(entry->path().lexically_relative(folder).generic_string(), std::move(content));
    }
    if (error)
        return base::fail(ErrorCode::Storage, folder + ": cannot be listed");
    return PackDirectory(folder, std::move(files));
}

const std::string* PackDirectory::find(const std::string& path) const
{
    const auto it = m_files.find(path);
    return it == m_files.end() ? nullptr : &it->second;
}

std::string PackDirectory::contentHash() const
{
    // Path, a zero byte that no path contains, then the fixed-size hash of the content: no two folders give the same stream.
    base::Sha256Stream stream;
    for (const auto& [path, content] : m_files) {
        stream.add(base::asBytes(path));
        stream.add(base::asBytes(std::string_view("\0", 1)));
        stream.add(base::sha256(base::asBytes(content)));
    }
    return "sha256:" + base::toHex(stream.finish());
}

std::vector<std::string> packSearchPath()
{
    std::vector<std::string> folders;
    if (const char* list = std::getenv("EVENHAND_PACKS"))
        folders = split(list);
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    if (error)
        return folders;
    folders.push_back((program.parent_path() / "../share/evenhand/packs").lexically_normal().string());
    for (auto folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        const auto candidate = folder / "resources/packs";
        if (fs::is_directory(candidate, error)) {
            folders.push_back(candidate.string());
            break;
        }
        if (folder == folder.root_path())
            break;
    }
    return folders;
}

Result<std::string> locatePack(const std::string& nameOrFolder)
{
    if (isPack(nameOrFolder))
        return nameOrFolder;
    std::error_code ignored;
    if (nameOrFolder.find('/') != std::string::npos || fs::is_directory(nameOrFolder, ignored))
        return base::fail(ErrorCode::NotFound, nameOrFolder + ": is not a rule pack: there is no pack.yaml in it");
    const auto folders = packSearchPath();
    for (const auto& folder : folders)
        if (isPack(fs::path(folder) / nameOrFolder))
            return (fs::path(folder) / nameOrFolder).string();
    return base::fail(ErrorCode::NotFound, nameOrFolder + ": no such rule pack; known: " + knownIds(folders));
}

} // namespace evenhand::compliance
