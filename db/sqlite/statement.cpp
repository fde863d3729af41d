// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/sqlite/statement.h"

#include "db/sqlite/state.h"

namespace evenhand::sqlite {

using base::fail;
using base::Result;

bool Row::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

std::string_view Row::textView(int column) const
{
    const auto* text = sqlite3_column_text(m_statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return text ? std::string_view(reinterpret_cast<const char*>(text), size) : std::string_view();
}

base::ByteView Row::blobView(int column) const
{
    const auto* bytes = sqlite3_column_blob(m_statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return bytes ? base::ByteView(static_cast<const std::uint8_t*>(bytes), size) : base::ByteView();
}

base::Bytes Row::blob(int column) const
{
    const auto view = blobView(column);
    return {view.begin(), view.end()};
}

std::optional<std::int64_t> Row::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::optionalText(int column) const { return isNull(column) ? std::nullopt : std::optional(text(column)); }

std::optional<base::Bytes> Row::optionalBlob(int column) const { return isNull(column) ? std::nullopt : std::optional(blob(column)); }

int Row::columnCount() const { return sqlite3_column_count(m_statement); }

std::string_view Row::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement, column);
    return name ? name : "";
}

Statement::Statement(Statement&& other) noexcept
    : m_state(other.m_state), m_statement(std::exchange(other.m_statement, nullptr)), m_running(other.m_running),
      m_bindError(std::move(other.m_bindError))
{
}

Statement::~Statement()
{
    if (m_statement)
        static_cast<Connection::State*>(m_state)->giveBack(m_statement);
}

int Statement::indexOf(Parameter parameter)
{
    if (!parameter.name)
        return parameter.index;
    const int index = sqlite3_bind_parameter_index(m_statement, parameter.name);
    if (index == 0 && !m_bindError)
        m_bindError = base::Error{base::ErrorCode::Invalid, std::string("the statement has no parameter ") + parameter.name};
    return index;
}

void Statement::noteBind(int code)
{
    if (code != SQLITE_OK && !m_bindError)
        m_bindError = base::Error{codeOf(code), std::string("bind: ") + sqlite3_errstr(code)};
}

Statement& Statement::bindInteger(Parameter parameter, std::int64_t value)
{
    noteBind(sqlite3_bind_int64(m_statement, indexOf(parameter), value));
    return *this;
}

Statement& Statement::bind(Parameter parameter, std::string_view text)
{
    const char* data = text.data() ? text.data() : "";   // a null pointer would bind NULL
    noteBind(sqlite3_bind_text64(m_statement, indexOf(parameter), data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(Parameter parameter, base::ByteView blob)
{
    const int index = indexOf(parameter);
    noteBind(blob.empty() ? sqlite3_bind_zeroblob(m_statement, index, 0)
                          : sqlite3_bind_blob64(m_statement, index, blob.data(), blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(Parameter parameter, std::nullptr_t)
{
    noteBind(sqlite3_bind_null(m_statement, indexOf(parameter)));
    return *this;
}

Result<bool> Statement::step()
{
    auto* state = static_cast<Connection::State*>(m_state);
    if (m_bindError)
        return fail(*std::exchange(m_bindError, std::nullopt));
    if (!m_running && state->takeFault())
        return injectedFault();
    m_running = true;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    auto failed = state->failure(code, sqlite3_sql(m_statement));
    reset();
    return failed;
}

Result<> Statement::run()
{
    for (;;) {
        EVENHAND_ASSIGN(const bool more, step());
        if (!more)
            return {};
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    m_running = false;
}

} // namespace evenhand::sqlite
