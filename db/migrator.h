// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "db/sqlite/connection.h"

namespace evenhand::db {

/// One numbered step of a schema: the text of db/migrations/<which>/NNNN_what.sql. Its first line of the form
/// `-- min-compatible: N` says from which program version on a file of this version may still be opened.
struct Migration {
    int version;              ///< contiguous from 1
    std::string_view name;
    std::string_view script;
};

enum class SchemaState {
    Current,
    Created,
    Upgraded,
    NewerCompatible           ///< written by a newer program, which says that this one may use it
};

struct MigrationPlan {
    std::span<const Migration> migrations;
    std::string programVersion;
    int oldestSupported = 1;                                       ///< files below it are refused with SchemaTooOld
    std::string backupPath{};                                      ///< VACUUM INTO here before an upgrade; empty: no copy
    std::function<base::Result<>(sqlite::Connection&)> verify{};   ///< runs in the transaction of each upgrade step, before its commit
};

/// Brings a file to the schema of this program, forward only. Each step is one transaction that includes the version number
/// (PRAGMA user_version) and a row in schema_history; a failing step leaves the file as it was. Call outside a transaction.
///
/// Errors: SchemaTooNew, SchemaTooOld (file untouched), and those of the connection.
class Migrator {
public:
    Migrator(sqlite::Connection& connection, const base::Clock& clock) : m_connection(connection), m_clock(clock) {}
    [[nodiscard]] base::Result<SchemaState> run(const MigrationPlan& plan);

private:
    [[nodiscard]] base::Result<SchemaState> acceptNewer(int version, int latest);
    [[nodiscard]] base::Result<> applyOne(const Migration& migration, const MigrationPlan& plan, bool upgrade);
    [[nodiscard]] base::Result<> recordHistory(const Migration& migration, const std::string& programVersion);
    sqlite::Connection& m_connection;
    const base::Clock& m_clock;
};

[[nodiscard]] std::span<const Migration> journalMigrations();
[[nodiscard]] std::span<const Migration> cacheMigrations();

} // namespace evenhand::db
