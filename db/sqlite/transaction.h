// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "db/sqlite/connection.h"

namespace evenhand::sqlite {

/// Rolls back unless commit() succeeded. Composes: inside another transaction of the same connection it does nothing of its
/// own, except that dropping it uncommitted dooms the outer one, whose commit then fails.
class Transaction {
public:
    enum class Mode {
        Deferred,
        Immediate   ///< takes the write lock at once: for read-then-write, where several processes write
    };
    [[nodiscard]] static base::Result<Transaction> begin(Connection& connection, Mode mode = Mode::Immediate);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// After an error nothing of the transaction is in the file, and the caller may try the whole of it again.
    [[nodiscard]] base::Result<> commit();

private:
    Transaction(void* state, bool outermost) : m_state(state), m_outermost(outermost) {}
    void* m_state;   ///< Connection::State; null once committed or moved from
    bool m_outermost;
};

} // namespace evenhand::sqlite
