// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "server/store/store.h"

/// Backups in a form of our own that both databases write and read, so that a backup of one can be restored into the other.
///
/// The file: "EVBACKUP1\n"; a line of JSON about the whole; per table a line of JSON with its columns and then its rows (1, then per column
/// 0 null, 1 integer, 2 text, 3 bytes; 0 ends the table); an empty line; SHA-256 of everything before it.
namespace evenhand::server {

struct BackupReport {
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::int64_t lastSeq = 0;                      ///< everything up to here is inside
    std::int64_t scopeEpoch = 0;                   ///< restore: the new one
};

/// One state of the database, taken while others go on writing. The file appears under its name when it is complete and on the disk.
/// Sessions are not in it, nor are the server's keys and the files of recordings. Conflict: the file exists.
[[nodiscard]] base::Result<BackupReport> writeBackup(Store& store, DatabaseUrl::Driver driver, const std::string& path, const base::Clock& clock);

/// Puts a backup into an empty database, in one transaction, after the whole file was checked. The scope epoch goes up by one, so that
/// every workstation fetches its view again and hands in what came after the backup. Damaged: the file is not whole. Conflict: the
/// database is not empty. SchemaTooNew: a newer program wrote it.
[[nodiscard]] base::Result<BackupReport> restoreBackup(Store& store, DatabaseUrl::Driver driver, const std::string& path);

/// Every table that a backup holds, in the order in which it can be filled again.
[[nodiscard]] std::span<const std::string_view> backedUpTables();

} // namespace evenhand::server
