// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlconnection.h"

#include <algorithm>

namespace evenhand::server {

using base::Result;

base::Bytes SqlRow::bytes(int column) const
{
    const auto view = blob(column);
    return {view.begin(), view.end()};
}

base::Uuid SqlRow::uuid(int column) const
{
    return base::Uuid::tryFromBytes(blob(column)).value_or(base::Uuid(std::array<std::uint8_t, 16>{}));
}

std::optional<base::Uuid> SqlRow::optionalUuid(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(uuid(column));
}

Query::Query(SqlConnection& connection, std::string_view sql)
{
    if (auto prepared = connection.statement(sql))
        m_statement = *std::move(prepared);
    else
        m_error = std::move(prepared).error();
}

Result<bool> Query::step()
{
    if (!m_statement)
        return base::fail(m_error);
    return m_statement->step();
}

Result<> Query::run()
{
    for (;;) {
        EVENHAND_ASSIGN(const bool more, step());
        if (!more)
            return {};
    }
}

Result<> Query::runLater()
{
    if (!m_statement)
        return base::fail(m_error);
    return m_statement->runLater();
}

Result<SqlTransaction> SqlTransaction::begin(SqlConnection& connection)
{
    EVENHAND_TRY(connection.begin());
    return SqlTransaction(connection);
}

Result<SqlTransaction> SqlTransaction::beginRead(SqlConnection& connection)
{
    EVENHAND_TRY(connection.beginRead());
    return SqlTransaction(connection);
}

SqlTransaction::SqlTransaction(SqlTransaction&& other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}

SqlTransaction::~SqlTransaction()
{
    if (m_connection)
        m_connection->rollback();
}

Result<> SqlTransaction::commit()
{
    EVENHAND_TRY(m_connection->commit());
    m_connection = nullptr;
    return {};
}

} // namespace evenhand::server
