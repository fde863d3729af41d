// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/migrator.h"

#include <filesystem>

#include "app/base/crypto.h"
#include "db/sqlite/transaction.h"

namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr std::string_view kCreateHistory =
    "CREATE TABLE IF NOT EXISTS schema_history (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, "
    "min_compatible INTEGER NOT NULL, program_version TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";

int minCompatible(const Migration& migration)
{
    constexpr std::string_view kMark = "-- min-compatible: ";
    const auto found = migration.script.find(kMark);
    return found == std::string_view::npos ? migration.version : std::atoi(migration.script.data() + found + kMark.size());
}

/// foreign_keys can only be switched outside a transaction, and must be off while a table is rebuilt.
class ForeignKeysOff {
public:
    explicit ForeignKeysOff(sqlite::Connection& connection) : m_connection(connection) {}
    ForeignKeysOff(const ForeignKeysOff&) = delete;
    ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;
    ~ForeignKeysOff() { (void)m_connection.execute("PRAGMA foreign_keys = ON"); }
    [[nodiscard]] Result<> begin() { return m_connection.execute("PRAGMA foreign_keys = OFF"); }

private:
    sqlite::Connection& m_connection;
};

Result<> checkForeignKeys(sqlite::Connection& connection)
{
    EVENHAND_ASSIGN(auto check, connection.prepare("PRAGMA foreign_key_check"));
    EVENHAND_ASSIGN(const auto broken, check.optionalRow([](sqlite::Row row) { return row.text(0); }));
    return broken ? Result<>(fail(ErrorCode::Damaged, "rows of table " + *broken + " point nowhere")) : Result<>();
}

} // namespace

Result<SchemaState> Migrator::run(const MigrationPlan& plan)
{
    EVENHAND_ASSIGN(const auto stored, m_connection.integer("PRAGMA user_version"));
    const int version = static_cast<int>(stored);
    const int latest = static_cast<int>(plan.migrations.size());
    if (version == latest)
        return SchemaState::Current;
    if (version > latest)
        return acceptNewer(version, latest);
    const bool fresh = version == 0;
    if (!fresh && version < plan.oldestSupported)
        return fail(ErrorCode::SchemaTooOld, "the file has version " + std::to_string(version) + "; the oldest this program can read is "
                                                 + std::to_string(plan.oldestSupported) + ". Open it once with an earlier release");
    if (!fresh && !plan.backupPath.empty()) {
        std::error_code ignored;
        std::filesystem::remove(plan.backupPath, ignored);   // left by an upgrade that did not get through
        EVENHAND_TRY(base::withContext(m_connection.vacuumInto(plan.backupPath), "copy before upgrade"));
    }
    for (const auto& migration : plan.migrations.subspan(static_cast<std::size_t>(version)))
        EVENHAND_TRY(base::withContext(applyOne(migration, plan, !fresh), "schema upgrade"));
    return fresh ? SchemaState::Created : SchemaState::Upgraded;
}

Result<SchemaState> Migrator::acceptNewer(int version, int latest)
{
    auto needed = m_connection.integer("SELECT max(min_compatible) FROM schema_history");
    if (needed && *needed > 0 && *needed <= latest)
        return SchemaState::NewerCompatible;
    return fail(ErrorCode::SchemaTooNew, "the file has version " + std::to_string(version) + ", this program knows up to "
                                             + std::to_string(latest) + ". Install the newer release");
}

Result<> Migrator::applyOne(const Migration& migration, const MigrationPlan& plan, bool upgrade)
{
    ForeignKeysOff foreignKeys(m_connection);
    EVENHAND_TRY(foreignKeys.begin());
    EVENHAND_ASSIGN(auto transaction, sqlite::Transaction::begin(m_connection));
    EVENHAND_TRY(m_connection.execute(kCreateHistory));
    EVENHAND_TRY(m_connection.runScript(migration.script));
    EVENHAND_TRY(checkForeignKeys(m_connection));
    if (upgrade && plan.verify)
        EVENHAND_TRY(plan.verify(m_connection));
    EVENHAND_TRY(recordHistory(migration, plan.programVersion));
    EVENHAND_TRY(m_connection.execute("PRAGMA user_version = " + std::to_string(migration.version)));
    return transaction.commit();
}

Result<> Migrator::recordHistory(const Migration& migration, const std::string& programVersion)
{
    EVENHAND_ASSIGN(auto insert, m_connection.prepare("INSERT INTO schema_history (version, name, sha256, min_compatible, program_version, "
                                                      "applied_at) VALUES (:version, :name, :sha256, :min_compatible, :program, :at)"));
    insert.bind(":version", migration.version)
        .bind(":name", migration.name)
        .bind(":sha256", base::toHex(base::sha256(base::asBytes(migration.script))))
        .bind(":min_compatible", minCompatible(migration))
        .bind(":program", programVersion)
        .bind(":at", m_clock.now().milliseconds());
    return insert.run();
}

} // namespace evenhand::db
