// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include <libpq-fe.h>

#include "app/base/bytes.h"
#include "app/base/result.h"

/// Private to the PostgreSQL driver: what libpq hands out.
namespace evenhand::server::postgres {

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ConnectionPtr = std::unique_ptr<PGconn, CloseConnection>;
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

/// The reaction that an SQLSTATE asks for.
[[nodiscard]] base::ErrorCode codeOf(std::string_view sqlState);
/// What went wrong, without values of rows: the server's message where it cannot quote any, else the state and the constraint.
[[nodiscard]] base::Error errorOf(PGconn* connection, const PGresult* result);
[[nodiscard]] inline bool succeeded(const PGresult* result)
{
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// Cells of a result in binary format. NULL reads as 0 or empty.
[[nodiscard]] std::int64_t integerAt(const PGresult* result, int row, int column);   ///< bigint, integer, smallint, boolean
[[nodiscard]] base::ByteView bytesAt(const PGresult* result, int row, int column);

} // namespace evenhand::server::postgres
