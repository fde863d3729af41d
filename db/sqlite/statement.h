// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/base/bytes.h"
#include "app/base/result.h"

struct sqlite3_stmt;

namespace evenhand::sqlite {

class Connection;

/// The row a statement stands on. Columns count from 0. Views are valid until the next step; NULL reads as 0 or empty.
class Row {
public:
    explicit Row(sqlite3_stmt* statement) : m_statement(statement) {}
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] std::string_view textView(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(textView(column)); }
    [[nodiscard]] base::ByteView blobView(int column) const;
    [[nodiscard]] base::Bytes blob(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<std::string> optionalText(int column) const;
    [[nodiscard]] std::optional<base::Bytes> optionalBlob(int column) const;
    [[nodiscard]] int columnCount() const;
    [[nodiscard]] std::string_view columnName(int column) const;

private:
    sqlite3_stmt* m_statement;
};

/// ":name" or a position from 1.
struct Parameter {
    Parameter(const char* parameterName) : name(parameterName) {}   // NOLINT(google-explicit-constructor)
    Parameter(int position) : index(position) {}                    // NOLINT(google-explicit-constructor)
    const char* name = nullptr;
    int index = 0;
};

/// A prepared statement, borrowed from its connection's cache and given back (reset, unbound) when it goes.
/// A bind error (unknown name, too large) is kept and comes out of the next run.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    template <std::integral T>
    Statement& bind(Parameter parameter, T value)
    {
        return bindInteger(parameter, static_cast<std::int64_t>(value));
    }
    Statement& bind(Parameter parameter, std::string_view text);
    Statement& bind(Parameter parameter, base::ByteView blob);
    Statement& bind(Parameter parameter, std::nullptr_t);
    template <class T>
    Statement& bind(Parameter parameter, const std::optional<T>& value)
    {
        return value ? bind(parameter, *value) : bind(parameter, nullptr);
    }

    /// Runs to the end, drops rows, and is ready to be bound and run again.
    [[nodiscard]] base::Result<> run();
    /// Moves to the next row; false at the end (the statement is then reset).
    [[nodiscard]] base::Result<bool> step();
    [[nodiscard]] Row row() const { return Row(m_statement); }
    void reset();

    /// All rows through `fromRow(Row)`, which gives a T or a Result<T>.
    template <class F>
    [[nodiscard]] auto rows(F fromRow);
    /// The first row, if there is one.
    template <class F>
    [[nodiscard]] auto optionalRow(F fromRow);

private:
    friend class Connection;
    Statement(void* state, sqlite3_stmt* statement) : m_state(state), m_statement(statement) {}
    Statement& bindInteger(Parameter parameter, std::int64_t value);
    [[nodiscard]] int indexOf(Parameter parameter);
    void noteBind(int code);

    void* m_state;                 ///< Connection::State
    sqlite3_stmt* m_statement;
    bool m_running = false;
    std::optional<base::Error> m_bindError;
};

namespace detail {
template <class T>
struct Unwrapped {
    using Type = T;
};
template <class T>
struct Unwrapped<base::Result<T>> {
    using Type = T;
};
} // namespace detail

template <class F>
auto Statement::rows(F fromRow)
{
    using Read = decltype(fromRow(std::declval<Row>()));
    using Value = typename detail::Unwrapped<Read>::Type;
    using Rows = base::Result<std::vector<Value>>;
    std::vector<Value> all;
    for (;;) {
        auto more = step();
        if (!more)
            return Rows(base::fail(std::move(more).error()));
        if (!*more)
            return Rows(std::move(all));
        if constexpr (std::same_as<Read, Value>) {
            all.push_back(fromRow(row()));
        } else {
            auto value = fromRow(row());
            if (!value) {
                reset();
                return Rows(base::fail(std::move(value).error()));
            }
            all.push_back(*std::move(value));
        }
    }
}

template <class F>
auto Statement::optionalRow(F fromRow)
{
    using Read = decltype(fromRow(std::declval<Row>()));
    using Value = typename detail::Unwrapped<Read>::Type;
    using Found = base::Result<std::optional<Value>>;
    auto more = step();
    if (!more)
        return Found(base::fail(std::move(more).error()));
    if (!*more)
        return Found(std::optional<Value>());
    if constexpr (std::same_as<Read, Value>) {
        Found found(std::optional<Value>(fromRow(row())));
        reset();
        return found;
    } else {
        auto value = fromRow(row());
        reset();
        return value ? Found(std::optional<Value>(*std::move(value))) : Found(base::fail(std::move(value).error()));
    }
}

} // namespace evenhand::sqlite
