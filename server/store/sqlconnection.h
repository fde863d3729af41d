// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/base/bytes.h"
#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/base/uuid.h"

/// The edge between the store and the database programs it can run on. A driver implements SqlConnection and SqlStatement;
/// everything above writes one .sql file per query with named parameters (":name").
namespace evenhand::server {

/// What is bound. Views must live until the next step() or reset().
using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string_view, base::ByteView>;

/// A prepared query of one connection. Same thread as the connection.
class SqlStatement {
public:
    virtual ~SqlStatement() = default;
    virtual void bind(const char* name, const SqlValue& value) = 0;   ///< an unknown name is reported by the next step()
    /// The same by place: 1 is the name that comes first in the text, 2 the next new one …
    virtual void bindAt(int place, const SqlValue& value) = 0;
    /// Runs a statement that gives no rows, without waiting for what becomes of it: an error comes out of the next step(), flush() or
    /// commit() on the connection. Bound values may go when this returns. Inside a transaction only.
    [[nodiscard]] virtual base::Result<> runLater() = 0;
    [[nodiscard]] virtual base::Result<bool> step() = 0;              ///< true: a row is there; false: done
    virtual void reset() = 0;                                         ///< forgets rows and bindings
    [[nodiscard]] virtual bool isNull(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;   ///< valid until the next step() or reset()
    [[nodiscard]] virtual base::ByteView blob(int column) const = 0;     ///< the same
};

/// One connection. Used by the thread that opened it and by no other.
class SqlConnection {
public:
    virtual ~SqlConnection() = default;
    /// A statement for this text, from the connection's cache; given back when it goes. Must not outlive the connection.
    [[nodiscard]] virtual base::Result<std::unique_ptr<SqlStatement>> statement(std::string_view sql) = 0;
    [[nodiscard]] virtual base::Result<> execute(std::string_view script) = 0;   ///< several statements, no parameters
    [[nodiscard]] virtual base::Result<> begin() = 0;      ///< takes the write lock at once; waits for other writers
    [[nodiscard]] virtual base::Result<> beginRead() = 0;  ///< one consistent state until commit() or rollback(); no writing
    [[nodiscard]] virtual base::Result<> commit() = 0;     ///< returns after the data is on disk
    virtual void rollback() noexcept = 0;
    [[nodiscard]] virtual base::Result<> flush() = 0;      ///< waits for what runLater() sent; the first error among it
    [[nodiscard]] virtual std::int64_t changes() const = 0;   ///< rows touched by the last insert, update or delete that was waited for
    /// Takes the data set's one place for a sequencer, for as long as this connection lives; false: another connection has it.
    [[nodiscard]] virtual base::Result<bool> lead() = 0;
};

/// A row being read; column numbers as in the query.
class SqlRow {
public:
    explicit SqlRow(const SqlStatement& statement) : m_statement(statement) {}
    [[nodiscard]] bool isNull(int column) const { return m_statement.isNull(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return m_statement.integer(column); }
    [[nodiscard]] std::string text(int column) const { return std::string(m_statement.text(column)); }
    [[nodiscard]] base::ByteView blob(int column) const { return m_statement.blob(column); }
    [[nodiscard]] base::Bytes bytes(int column) const;
    [[nodiscard]] base::Instant instant(int column) const { return base::Instant::fromMilliseconds(integer(column)); }
    [[nodiscard]] base::Uuid uuid(int column) const;                       ///< all zero if the column is not 16 bytes
    [[nodiscard]] std::optional<base::Uuid> optionalUuid(int column) const;

private:
    const SqlStatement& m_statement;
};

[[nodiscard]] inline SqlValue sqlValue(std::nullptr_t) { return nullptr; }
[[nodiscard]] inline SqlValue sqlValue(std::int64_t value) { return value; }
[[nodiscard]] inline SqlValue sqlValue(int value) { return std::int64_t{value}; }
[[nodiscard]] inline SqlValue sqlValue(bool value) { return std::int64_t{value ? 1 : 0}; }
[[nodiscard]] inline SqlValue sqlValue(std::string_view value) { return value; }
[[nodiscard]] inline SqlValue sqlValue(const std::string& value) { return std::string_view(value); }
[[nodiscard]] inline SqlValue sqlValue(const char* value) { return std::string_view(value); }
[[nodiscard]] inline SqlValue sqlValue(base::ByteView value) { return value; }
[[nodiscard]] inline SqlValue sqlValue(base::Instant value) { return value.milliseconds(); }
[[nodiscard]] inline SqlValue sqlValue(const base::Uuid& value) { return base::ByteView(value.bytes()); }
template <class Tag>
[[nodiscard]] SqlValue sqlValue(const base::Id<Tag>& value)
{
    return sqlValue(value.uuid());
}
template <class T>
[[nodiscard]] SqlValue sqlValue(const std::optional<T>& value)
{
    return value ? sqlValue(*value) : SqlValue(nullptr);
}

/// One use of a prepared query: bind, then run. The first error is kept and returned by the call that runs it.
class Query {
public:
    Query(SqlConnection& connection, std::string_view sql);
    /// An integer, bool, text, bytes, time, id, nullptr, or an optional of one of them. Views must live until the query runs.
    template <class T>
    Query& bind(const char* name, const T& value)
    {
        if (m_statement)
            m_statement->bind(name, sqlValue(value));
        return *this;
    }
    /// The same for the next place in the text; a query is bound either by names or by places.
    template <class T>
    Query& add(const T& value)
    {
        if (m_statement)
            m_statement->bindAt(++m_place, sqlValue(value));
        return *this;
    }

    [[nodiscard]] base::Result<> run();                  ///< a query without rows
    [[nodiscard]] base::Result<> runLater();             ///< see SqlStatement::runLater
    [[nodiscard]] base::Result<bool> step();             ///< row by row; read with row()
    [[nodiscard]] SqlRow row() const { return SqlRow(*m_statement); }

    template <class F>
    [[nodiscard]] auto optionalRow(F fromRow) -> base::Result<std::optional<decltype(fromRow(std::declval<SqlRow>()))>>
    {
        EVENHAND_ASSIGN(const bool found, step());
        std::optional<decltype(fromRow(row()))> value;
        if (found)
            value.emplace(fromRow(row()));
        m_statement->reset();
        return value;
    }
    template <class F>
    [[nodiscard]] auto allRows(F fromRow) -> base::Result<std::vector<decltype(fromRow(std::declval<SqlRow>()))>>
    {
        std::vector<decltype(fromRow(row()))> rows;
        for (;;) {
            EVENHAND_ASSIGN(const bool found, step());
            if (!found)
                return rows;
            rows.push_back(fromRow(row()));
        }
    }

private:
    std::unique_ptr<SqlStatement> m_statement;         // null: preparing failed, see m_error
    int m_place = 0;
    base::Error m_error{};
};

/// Rolls back unless commit() was called. Every writing call of the store joins the transaction that its caller holds.
class SqlTransaction {
public:
    [[nodiscard]] static base::Result<SqlTransaction> begin(SqlConnection& connection);
    [[nodiscard]] static base::Result<SqlTransaction> beginRead(SqlConnection& connection);
    SqlTransaction(SqlTransaction&& other) noexcept;
    SqlTransaction& operator=(SqlTransaction&&) = delete;
    ~SqlTransaction();
    [[nodiscard]] base::Result<> commit();

private:
    explicit SqlTransaction(SqlConnection& connection) : m_connection(&connection) {}
    SqlConnection* m_connection;
};

} // namespace evenhand::server
