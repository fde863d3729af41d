// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlitedriver.h"

#include "db/sqlite/connection.h"

namespace evenhand::server {

using base::Result;

namespace {

constexpr std::uint32_t kApplicationId = 0x45564844;   // "EVHD"
constexpr int kWriterCacheKiB = 256 * 1024;            // an import must not spill: a spill locks readers out until its end
constexpr int kReaderCacheKiB = 16 * 1024;

class SqliteStatement final : public SqlStatement {
public:
    explicit SqliteStatement(sqlite::Statement statement) : m_statement(std::move(statement)) {}

    void bind(const char* name, const SqlValue& value) override
    {
        std::visit([&](const auto& bound) { m_statement.bind(name, bound); }, value);
    }
    Result<bool> step() override { return m_statement.step(); }
    void reset() override { m_statement.reset(); }
    bool isNull(int column) const override { return m_statement.row().isNull(column); }
    std::int64_t integer(int column) const override { return m_statement.row().integer(column); }
    std::string_view text(int column) const override { return m_statement.row().textView(column); }
    base::ByteView blob(int column) const override { return m_statement.row().blobView(column); }

private:
    sqlite::Statement m_statement;
};

class SqliteConnection final : public SqlConnection {
public:
    explicit SqliteConnection(sqlite::Connection connection) : m_connection(std::move(connection)) {}

    Result<std::unique_ptr<SqlStatement>> statement(std::string_view sql) override
    {
        EVENHAND_ASSIGN(auto prepared, m_connection.prepare(sql));
        return std::unique_ptr<SqlStatement>(std::make_unique<SqliteStatement>(std::move(prepared)));
    }
    Result<> execute(std::string_view script) override { return m_connection.runScript(script); }
    Result<> begin() override { return m_connection.execute("BEGIN IMMEDIATE"); }
    Result<> beginRead() override { return m_connection.execute("BEGIN DEFERRED"); }
    Result<> commit() override { return m_connection.execute("COMMIT"); }
    void rollback() noexcept override
    {
        if (m_connection.inTransaction())
            (void)m_connection.execute("ROLLBACK");   // what failed before is what the caller reports
    }
    std::int64_t changes() const override { return m_connection.changes(); }

private:
    sqlite::Connection m_connection;
};

} // namespace

Result<std::unique_ptr<SqlConnection>> openSqlite(const SqliteOptions& options)
{
    // A reader opens the file for writing and then forbids itself to: only so can it roll back what a killed process left behind.
    EVENHAND_ASSIGN(auto connection, sqlite::Connection::open({.path = options.path,
                                                              .applicationId = kApplicationId,
                                                              .mustExist = options.readOnly,
                                                              .busyTimeoutMs = options.busyTimeoutMs,
                                                              .cacheKiB = options.readOnly ? kReaderCacheKiB : kWriterCacheKiB}));
    if (options.readOnly)
        EVENHAND_TRY(connection.execute("PRAGMA query_only = ON"));
    return std::unique_ptr<SqlConnection>(std::make_unique<SqliteConnection>(std::move(connection)));
}

} // namespace evenhand::server
