// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <optional>
#include <string>
#include <variant>

#include "app/base/crypto.h"
#include "app/base/json.h"

/// Private to backup: the bytes of the file.
namespace evenhand::server {

/// One cell. Text and bytes are told apart, because the databases do.
using BackupCell = std::variant<std::nullptr_t, std::int64_t, std::string, base::Bytes>;

/// Writes beside the target and moves into place at the end.
class BackupWriter {
public:
    [[nodiscard]] static base::Result<BackupWriter> create(const std::string& path);
    void line(const std::string& text) { put(text + "\n"); }
    void row(const std::vector<BackupCell>& cells);
    void endTable() { put(std::string(1, '\0')); }
    [[nodiscard]] base::Result<std::int64_t> finish();   ///< size; on the disk under its name

private:
    explicit BackupWriter(std::string path) : m_path(std::move(path)) {}
    void put(std::string_view bytes);
    std::string m_path;
    std::ofstream m_file;
    base::Sha256Stream m_hash{};
    std::int64_t m_size = 0;
};

class BackupReader {
public:
    /// Reads the whole file once and checks its hash.
    [[nodiscard]] static base::Result<BackupReader> open(const std::string& path);
    [[nodiscard]] base::Result<std::string> line();
    /// The next row of `columns` cells; empty: the table ends.
    [[nodiscard]] base::Result<std::optional<std::vector<BackupCell>>> row(std::size_t columns);

private:
    BackupReader() = default;
    [[nodiscard]] base::Result<std::string> take(std::size_t size);
    [[nodiscard]] base::Result<BackupCell> cell();
    std::ifstream m_file;
    std::int64_t m_left = 0;                       // before the hash
};

} // namespace evenhand::server
