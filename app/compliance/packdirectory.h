// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/base/result.h"

namespace evenhand::compliance {

/// The files of a pack, read once: what is hashed is what is parsed.
class PackDirectory {
public:
    /// Files by path below the folder ("contact.yaml", "scripts/first_call.yaml"); `name` is how messages call the folder.
    PackDirectory(std::string name, std::map<std::string, std::string> files);
    /// Reads a folder. Hidden files and editor leftovers ("*~") are not part of a pack.
    [[nodiscard]] static base::Result<PackDirectory> read(const std::string& folder);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::map<std::string, std::string>& files() const { return m_files; }
    [[nodiscard]] const std::string* find(const std::string& path) const;              ///< null: no such file
    [[nodiscard]] std::string pathOf(const std::string& file) const { return m_name + "/" + file; }
    /// "sha256:<hex>" over path and SHA-256 of each file, in order of path: any change of any file changes it.
    [[nodiscard]] std::string contentHash() const;

private:
    std::string m_name;
    std::map<std::string, std::string> m_files;
};

/// Where packs given by id are looked for, in this order: $EVENHAND_PACKS (folders separated by ':'), the installed folder beside
/// the program, and `resources/packs` of the source tree the program was built in.
[[nodiscard]] std::vector<std::string> packSearchPath();
/// The folder of a pack given by folder or by id. The error names where it was looked for and which ids exist.
[[nodiscard]] base::Result<std::string> locatePack(const std::string& nameOrFolder);

} // namespace evenhand::compliance
