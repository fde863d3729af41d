// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/sqlite/state.h"

namespace evenhand::sqlite {

using base::ErrorCode;

namespace {

/// The statement an error belongs to, short enough for a log line. Values are bound, so it holds no personal data.
std::string shortened(std::string_view sql)
{
    constexpr std::size_t kLongest = 80;
    std::string line;
    for (const char c : sql.substr(0, kLongest))
        line += c == '\n' ? ' ' : c;
    return sql.size() > kLongest ? line + "…" : line;
}

bool isBrokenWrite(int extended)
{
    switch (extended) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_CLOSE:
        return true;
    default:   // the list of SQLite's codes is open
        return false;
    }
}

} // namespace

ErrorCode codeOf(int sqliteCode)
{
    switch (sqliteCode & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_NOTADB:
        return ErrorCode::WrongKey;
    case SQLITE_CORRUPT:
        return ErrorCode::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Conflict;
    case SQLITE_CONSTRAINT:
        return sqliteCode == SQLITE_CONSTRAINT_UNIQUE || sqliteCode == SQLITE_CONSTRAINT_PRIMARYKEY ? ErrorCode::Conflict : ErrorCode::Invalid;
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
        return ErrorCode::Invalid;
    default:   // the list of SQLite's codes is open
        return ErrorCode::Storage;
    }
}

tl::unexpected<base::Error> injectedFault() { return base::fail(ErrorCode::Storage, "this database access was made to fail"); }

Connection::State::~State()
{
    for (const auto& [sql, statement] : idle)
        sqlite3_finalize(statement);
    sqlite3_close_v2(handle);
}

bool Connection::State::takeFault()
{
    if (failAfter < 0)
        return false;
    if (failAfter-- > 0)
        return false;
    faultFired = true;
    return true;
}

base::Result<sqlite3_stmt*> Connection::State::prepare(std::string_view sql, const char** tail)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), 0, &statement, tail);
    if (code != SQLITE_OK)
        return failure(code, sql);
    return statement;
}

void Connection::State::giveBack(sqlite3_stmt* statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (!idle.try_emplace(sqlite3_sql(statement), statement).second)
        sqlite3_finalize(statement);
}

tl::unexpected<base::Error> Connection::State::failure(int code, std::string_view doing)
{
    const int extended = handle ? sqlite3_extended_errcode(handle) : code;
    needsReopen = needsReopen || isBrokenWrite(extended);
    std::string detail = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    detail += " (SQLite " + std::to_string(extended) + ")";
    if (!doing.empty())
        detail += " in: " + shortened(doing);
    return base::fail(codeOf(extended ? extended : code), std::move(detail));
}

} // namespace evenhand::sqlite
