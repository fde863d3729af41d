// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/backup.h"

#include <algorithm>
#include <array>

#include "server/store/backupfile.h"
#include "server/store/migrate.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Json;
using base::Result;

namespace {

constexpr std::array<std::string_view, 18> kTables{
    "settings",        "sequences", "users",    "devices", "refresh_tokens", "portfolios",   "cases",     "assignments", "projection_rows", "events",
    "event_conflicts", "epochs",    "view_log", "revokes", "case_digests",   "blob_refs",    "blobs",     "purge_receipts"};
constexpr const char* kRowsAtOnce = "2000";

enum class ColumnType { Integer, Text, Bytes };

struct Column {
    std::string name;
    ColumnType type;
};

std::optional<ColumnType> typeFromWord(std::string_view word)
{
    if (word == "INTEGER" || word == "BIGINT" || word == "bigint")
        return ColumnType::Integer;
    if (word == "TEXT" || word == "text")
        return ColumnType::Text;
    if (word == "BLOB" || word == "bytea")
        return ColumnType::Bytes;
    return std::nullopt;
}

Result<std::vector<Column>> columnsOfTable(SqlConnection& connection, DatabaseUrl::Driver driver, std::string_view table)
{
    const bool isSqlite = driver == DatabaseUrl::Driver::Sqlite;
    Query query(connection, isSqlite ? "SELECT name, type FROM pragma_table_info(:table) ORDER BY cid"
                                     : "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() "
                                       "AND table_name = :table ORDER BY ordinal_position");
    EVENHAND_ASSIGN(const auto words, query.bind(":table", table).allRows([](const SqlRow& row) { return std::pair(row.text(0), row.text(1)); }));
    std::vector<Column> columns;
    for (const auto& [name, word] : words) {
        const auto type = typeFromWord(word);
        if (!type)
            return fail(ErrorCode::Damaged, std::string(table) + "." + name + " is of a type that is not ours");
        columns.push_back({name, *type});
    }
    return columns;
}

std::string joined(const std::vector<Column>& columns, const char* prefix)
{
    std::string text;
    for (const auto& column : columns)
        text += (text.empty() ? "" : ", ") + std::string(prefix) + column.name;
    return text;
}

BackupCell cellOf(const SqlRow& row, int index, ColumnType type)
{
    if (row.isNull(index))
        return nullptr;
    switch (type) {
    case ColumnType::Integer: return row.integer(index);
    case ColumnType::Text: return row.text(index);
    case ColumnType::Bytes: return row.bytes(index);
    }
    return nullptr;
}

/// All rows of one table, a few thousand in memory at once.
class TableReader {
public:
    TableReader(SqlConnection& connection, DatabaseUrl::Driver driver, std::string table, const std::vector<Column>& columns)
        : m_connection(connection), m_isSqlite(driver == DatabaseUrl::Driver::Sqlite), m_table(std::move(table)), m_columns(columns) {}

    template <class F>
    [[nodiscard]] Result<> forEach(F visit)
    {
        const auto select = "SELECT " + joined(m_columns, "") + " FROM " + m_table;
        if (m_isSqlite)   // reads on as it goes
            return visitRows(select, visit).map([](std::int64_t) {});
        EVENHAND_TRY(m_connection.execute("DECLARE backup_" + m_table + " NO SCROLL CURSOR FOR " + select));
        for (;;) {
            EVENHAND_ASSIGN(const auto count, visitRows(std::string("FETCH ") + kRowsAtOnce + " FROM backup_" + m_table, visit));
            if (count == 0)
                return m_connection.execute("CLOSE backup_" + m_table);
        }
    }

private:
    template <class F>
    [[nodiscard]] Result<std::int64_t> visitRows(const std::string& sql, F& visit)
    {
        Query query(m_connection, sql);
        for (std::int64_t count = 0;; ++count) {
            EVENHAND_ASSIGN(const bool more, query.step());
            if (!more)
                return count;
            std::vector<BackupCell> cells;
            for (std::size_t i = 0; i < m_columns.size(); ++i)
                cells.push_back(cellOf(query.row(), static_cast<int>(i), m_columns[i].type));
            visit(cells);
        }
    }

    SqlConnection& m_connection;
    bool m_isSqlite;
    std::string m_table;
    const std::vector<Column>& m_columns;
};

Result<std::int64_t> countRows(SqlConnection& connection, const std::string& table)
{
    Query query(connection, "SELECT count(*) FROM " + table);
    EVENHAND_ASSIGN(const auto count, query.optionalRow([](const SqlRow& row) { return row.integer(0); }));
    return count.value_or(0);
}

Result<> refuseUnlessEmpty(Store& store)
{
    for (const char* table : {"users", "devices", "cases", "events"}) {
        EVENHAND_ASSIGN(const auto count, countRows(store.connection(), table));
        if (count > 0)
            return fail(ErrorCode::Conflict, "the database is not empty; restore into a new one");
    }
    return {};
}

void bindCell(Query& query, const std::string& name, const BackupCell& cell)
{
    if (const auto* number = std::get_if<std::int64_t>(&cell))
        query.bind(name.c_str(), *number);
    else if (const auto* text = std::get_if<std::string>(&cell))
        query.bind(name.c_str(), *text);
    else if (const auto* bytes = std::get_if<base::Bytes>(&cell))
        query.bind(name.c_str(), base::ByteView(*bytes));
    else
        query.bind(name.c_str(), nullptr);
}

Result<std::int64_t> restoreTable(SqlConnection& connection, DatabaseUrl::Driver driver, BackupReader& reader, const Json& head)
{
    base::JsonReader in(head, "/table");
    const auto table = in.text("table");
    const auto names = in.texts("columns");
    if (!in.ok() || std::ranges::find(kTables, table) == kTables.end())
        return fail(ErrorCode::SchemaTooNew, "the backup has a table that this program does not know; use the newer evenhandd");
    EVENHAND_ASSIGN(const auto known, columnsOfTable(connection, driver, table));
    std::vector<Column> columns;
    for (const auto& name : names) {
        const auto found = std::ranges::find(known, name, &Column::name);
        if (found == known.end())
            return fail(ErrorCode::SchemaTooNew, "the backup has a column that this program does not know; use the newer evenhandd");
        columns.push_back(*found);
    }
    EVENHAND_TRY(connection.execute("DELETE FROM " + table));   // settings and sequences of the new database
    const auto insert = "INSERT INTO " + table + "(" + joined(columns, "") + ") VALUES (" + joined(columns, ":") + ")";
    for (std::int64_t count = 0;; ++count) {
        EVENHAND_ASSIGN(const auto row, reader.row(columns.size()));
        if (!row)
            return count;
        Query query(connection, insert);
        for (std::size_t i = 0; i < columns.size(); ++i)
            bindCell(query, ":" + columns[i].name, (*row)[i]);
        EVENHAND_TRY(query.run());
    }
}

// Workstations notice by the number that their view is of another history, and hand in again what came after the backup.
Result<std::int64_t> beginNewScope(SqlConnection& connection)
{
    Query read(connection, "SELECT value FROM settings WHERE name = 'scope_epoch'");
    EVENHAND_ASSIGN(const auto old, read.optionalRow([](const SqlRow& row) { return row.text(0); }));
    const auto next = std::strtoll(old.value_or("1").c_str(), nullptr, 10) + 1;
    Query write(connection, "UPDATE settings SET value = :value WHERE name = 'scope_epoch'");
    EVENHAND_TRY(write.bind(":value", std::to_string(next)).run());
    return next;
}

} // namespace

std::span<const std::string_view> backedUpTables() { return kTables; }

Result<BackupReport> writeBackup(Store& store, DatabaseUrl::Driver driver, const std::string& path, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto writer, BackupWriter::create(path));
    EVENHAND_ASSIGN(const auto transaction, store.beginRead());
    (void)transaction;
    BackupReport report;
    EVENHAND_ASSIGN(report.lastSeq, store.lastSeq());
    report.scopeEpoch = store.scopeEpoch();
    writer.line(Json{{"v", 1}, {"dataset_id", store.dataset().toString()}, {"schema", schemaSteps(driver).back().version},
                     {"made_at", clock.now().toRfc3339Utc()}, {"last_seq", report.lastSeq}}.dump());
    for (const auto table : kTables) {
        EVENHAND_ASSIGN(const auto columns, columnsOfTable(store.connection(), driver, table));
        Json names = Json::array();
        for (const auto& column : columns)
            names.push_back(column.name);
        writer.line(Json{{"table", std::string(table)}, {"columns", names}}.dump());
        EVENHAND_TRY(TableReader(store.connection(), driver, std::string(table), columns).forEach([&](const std::vector<BackupCell>& cells) {
            writer.row(cells);
            ++report.rows;
        }));
        writer.endTable();
    }
    writer.line("");
    EVENHAND_ASSIGN(report.bytes, writer.finish());
    return report;
}

Result<BackupReport> restoreBackup(Store& store, DatabaseUrl::Driver driver, const std::string& path)
{
    EVENHAND_ASSIGN(auto reader, BackupReader::open(path));
    EVENHAND_ASSIGN(const auto first, reader.line());
    EVENHAND_ASSIGN(const auto head, base::parseJson(first));
    base::JsonReader in(head, "/backup");
    BackupReport report;
    report.lastSeq = in.integer("last_seq");
    if (in.integer("schema") > schemaSteps(driver).back().version)
        return fail(ErrorCode::SchemaTooNew, path + ": written by a newer program; install the newer evenhandd");
    if (!in.ok())
        return fail(in.error());
    EVENHAND_ASSIGN(auto transaction, store.begin());
    EVENHAND_TRY(refuseUnlessEmpty(store));
    auto& connection = store.connection();
    for (;;) {
        EVENHAND_ASSIGN(const auto line, reader.line());
        if (line.empty())
            break;
        EVENHAND_ASSIGN(const auto table, base::parseJson(line));
        EVENHAND_ASSIGN(const auto rows, base::withContext(restoreTable(connection, driver, reader, table), path.c_str()));
        report.rows += rows;
    }
    EVENHAND_ASSIGN(report.scopeEpoch, beginNewScope(connection));
    if (driver == DatabaseUrl::Driver::PostgreSql) {   // rows that come later are numbered after those that came back
        Query next(connection, "SELECT setval(pg_get_serial_sequence('projection_rows', 'row_no'), coalesce(max(row_no), 0) + 1, false) FROM projection_rows");
        EVENHAND_TRY(next.run());
    }
    EVENHAND_TRY(transaction.commit());
    return report;
}

} // namespace evenhand::server
