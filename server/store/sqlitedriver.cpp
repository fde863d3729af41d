// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlitedriver.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "db/sqlite/connection.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
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
    void bindAt(int place, const SqlValue& value) override
    {
        std::visit([&](const auto& bound) { m_statement.bind(place, bound); }, value);
    }
    Result<bool> step() override { return m_statement.step(); }
    Result<> runLater() override { return m_statement.run(); }   // there is no way to the database that could be spared
    void reset() override { m_statement.reset(); }
    bool isNull(int column) const override { return m_statement.row().isNull(column); }
    std::int64_t integer(int column) const override { return m_statement.row().integer(column); }
    std::string_view text(int column) const override { return m_statement.row().textView(column); }
    base::ByteView blob(int column) const override { return m_statement.row().blobView(column); }

private:
    sqlite::Statement m_statement;
};

/// A lock that ends with the object, and with the process however it ends.
class LockedFile {
public:
    LockedFile() = default;
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;
    ~LockedFile()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    [[nodiscard]] bool isHeld() const { return m_file >= 0; }
    [[nodiscard]] Result<bool> take(const std::string& path)
    {
        const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
        if (file < 0)
            return fail(ErrorCode::Storage, path + ": " + std::strerror(errno));
        if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
            m_file = file;
            return true;
        }
        const int problem = errno;
        ::close(file);
        if (problem == EWOULDBLOCK)
            return false;
        return fail(ErrorCode::Storage, path + ": " + std::strerror(problem));
    }

private:
    int m_file = -1;
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
    Result<> flush() override { return {}; }
    std::int64_t changes() const override { return m_connection.changes(); }
    // SQLite's own lock goes with each transaction; the place of the sequencer is a lock on a file beside the database.
    Result<bool> lead() override
    {
        if (m_connection.path() == ":memory:" || m_place.isHeld())
            return true;
        return m_place.take(m_connection.path() + ".sequencer");
    }

private:
    sqlite::Connection m_connection;
    LockedFile m_place;
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
