// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgresresult.h"

namespace evenhand::server::postgres {

using base::ErrorCode;

namespace {

std::string diagnostic(const PGresult* result, int field)
{
    const char* text = result ? PQresultErrorField(result, field) : nullptr;
    return text ? text : std::string();
}

// The messages of these classes repeat what was in a row or a parameter.
bool mayQuoteValues(std::string_view sqlState) { return sqlState.starts_with("22") || sqlState.starts_with("23"); }

} // namespace

ErrorCode codeOf(std::string_view sqlState)
{
    if (sqlState.empty() || sqlState.starts_with("08") || sqlState.starts_with("57P"))
        return ErrorCode::Network;
    if (sqlState == "23505" || sqlState == "55P03" || sqlState == "57014" || sqlState.starts_with("40"))
        return ErrorCode::Conflict;
    if (sqlState == "53100")
        return ErrorCode::DiskFull;
    if (sqlState == "53300" || sqlState == "53400")
        return ErrorCode::Conflict;   // too many connections: passes
    if (sqlState.starts_with("XX"))
        return ErrorCode::Damaged;
    if (sqlState.starts_with("22") || sqlState.starts_with("23") || sqlState == "25006" || sqlState.starts_with("28") || sqlState == "3D000")
        return ErrorCode::Invalid;
    return ErrorCode::Storage;
}

base::Error errorOf(PGconn* connection, const PGresult* result)
{
    const auto state = diagnostic(result, PG_DIAG_SQLSTATE);
    auto text = diagnostic(result, PG_DIAG_MESSAGE_PRIMARY);
    if (text.empty() && connection)
        text = PQerrorMessage(connection);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    if (mayQuoteValues(state))
        text = "refused by " + diagnostic(result, PG_DIAG_CONSTRAINT_NAME);
    return {codeOf(state), "PostgreSQL: " + text + (state.empty() ? "" : " (" + state + ")")};
}

std::int64_t integerAt(const PGresult* result, int row, int column)
{
    const auto bytes = bytesAt(result, row, column);
    if (bytes.empty())
        return 0;
    std::uint64_t value = (bytes[0] & 0x80U) != 0 && bytes.size() > 1 ? ~std::uint64_t{0} : 0;   // a boolean has one byte, 0 or 1
    for (const auto byte : bytes)
        value = (value << 8U) | byte;
    return static_cast<std::int64_t>(value);
}

base::ByteView bytesAt(const PGresult* result, int row, int column)
{
    const char* cell = PQgetvalue(result, row, column);
    return {reinterpret_cast<const std::uint8_t*>(cell), static_cast<std::size_t>(PQgetlength(result, row, column))};
}

} // namespace evenhand::server::postgres
