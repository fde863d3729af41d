// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/sqlite/transaction.h"

#include "db/sqlite/state.h"

namespace evenhand::sqlite {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

int runNow(sqlite3* handle, const char* sql) { return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr); }

void rollBack(sqlite3* handle)
{
    // After some errors SQLite has rolled back already.
    if (sqlite3_get_autocommit(handle) == 0)
        runNow(handle, "ROLLBACK");
}

} // namespace

Result<Transaction> Transaction::begin(Connection& connection, Mode mode)
{
    auto* state = connection.m_state.get();
    if (state->depth > 0) {
        ++state->depth;
        return Transaction(state, false);
    }
    if (state->takeFault())
        return injectedFault();
    const char* sql = mode == Mode::Immediate ? "BEGIN IMMEDIATE" : "BEGIN";
    if (const int code = runNow(state->handle, sql); code != SQLITE_OK)
        return state->failure(code, sql);
    state->depth = 1;
    state->doomed = false;
    return Transaction(state, true);
}

Transaction::Transaction(Transaction&& other) noexcept : m_state(std::exchange(other.m_state, nullptr)), m_outermost(other.m_outermost) {}

Transaction::~Transaction()
{
    auto* state = static_cast<Connection::State*>(m_state);
    if (!state)
        return;
    --state->depth;
    if (m_outermost)
        rollBack(state->handle);
    else
        state->doomed = true;
}

Result<> Transaction::commit()
{
    auto* state = static_cast<Connection::State*>(std::exchange(m_state, nullptr));
    if (!state)
        return fail(ErrorCode::Invalid, "the transaction has ended already");
    --state->depth;
    if (!m_outermost)
        return {};
    if (state->doomed || state->takeFault()) {
        rollBack(state->handle);
        return state->doomed ? Result<>(fail(ErrorCode::Storage, "an inner step was given up, so nothing was saved")) : Result<>(injectedFault());
    }
    const int code = runNow(state->handle, "COMMIT");
    if (code == SQLITE_OK)
        return {};
    auto failed = state->failure(code, "COMMIT");
    rollBack(state->handle);
    return failed;
}

} // namespace evenhand::sqlite
