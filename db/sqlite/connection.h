// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "db/sqlite/statement.h"

/// Thin RAII over SQLCipher's C API: the only place in Evenhand that calls sqlite3_*. It knows nothing of debt.
namespace evenhand::sqlite {

enum class JournalMode { Delete, Wal, Off };             ///< Off exists for negative controls in tests
enum class Synchronous { Off, Normal, Full, Extra };     ///< below Full an acknowledged commit can be lost

struct ConnectionConfig {
    std::string path;                                    ///< UTF-8; ":memory:" for a private one
    base::ByteView rawKey{};                             ///< 32 bytes, used during open() only; empty: the file is not encrypted
    std::uint32_t applicationId = 0;                     ///< stamped into a new file, checked in an old one; 0: not checked
    JournalMode journalMode = JournalMode::Delete;
    Synchronous synchronous = Synchronous::Extra;
    bool secureDelete = false;                           ///< overwrite what is deleted
    bool readOnly = false;                               ///< the file must exist; modes above are left as they are
    bool mustExist = false;
    int busyTimeoutMs = 0;                               ///< how long to wait for another process's lock
    int cacheKiB = 0;                                    ///< page cache; 0: SQLite's default (2 MiB)
};

/// One open database. One thread at a time. Movable; statements and transactions of it stay valid when it is moved.
///
/// Errors: WrongKey (not a database under this key), Damaged, DiskFull, Conflict (locked by somebody else, or a unique index),
/// Invalid (another program's file; other constraints), NotFound (mustExist), Storage (everything else).
class Connection {
public:
    [[nodiscard]] static base::Result<Connection> open(const ConnectionConfig& config);
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    /// A statement from the cache, or a newly prepared one. `sql` holds exactly one statement.
    [[nodiscard]] base::Result<Statement> prepare(std::string_view sql) const;
    /// Runs one statement without parameters and drops its rows.
    [[nodiscard]] base::Result<> execute(std::string_view sql);
    /// Runs a script of many statements; SQLite's own parser finds where each ends. Stops at the first error and names it by number.
    [[nodiscard]] base::Result<> runScript(std::string_view script);
    /// First column of the first row.
    [[nodiscard]] base::Result<std::int64_t> integer(std::string_view sql) const;
    [[nodiscard]] base::Result<std::string> text(std::string_view sql) const;

    [[nodiscard]] std::int64_t changes() const;           ///< rows changed by the last statement
    [[nodiscard]] std::int64_t lastInsertRowId() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] const std::string& path() const;

    /// `PRAGMA integrity_check`, and of an encrypted file every page's authentication first. Damaged names the first finding.
    [[nodiscard]] base::Result<> checkIntegrity() const;
    /// A consistent copy under the same key. The target must not exist.
    [[nodiscard]] base::Result<> vacuumInto(const std::string& path);
    /// WAL only: moves everything into the main file and empties the log.
    [[nodiscard]] base::Result<> checkpoint();

    /// True after the disk failed in the middle of a write: what the file holds must be read again from scratch, because a
    /// failed fsync must never be retried. The owner closes this connection and opens a new one.
    [[nodiscard]] bool needsReopen() const;

    /// For tests: lets `accesses` more database accesses succeed and the next one fail with Storage, once. Negative: never.
    /// An access is a prepare, the first step of a run, a begin or a commit.
    void failAfter(int accesses);
    [[nodiscard]] bool faultFired() const;                ///< since the last failAfter()

private:
    friend class Statement;
    friend class Transaction;
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Version of SQLite and of SQLCipher in this program; the second is empty if a foreign SQLite got linked.
struct LibraryVersion {
    std::string sqlite;
    std::string cipher;
};
[[nodiscard]] LibraryVersion libraryVersion();
/// Storage unless the SQLCipher we were built against is the one that answers.
[[nodiscard]] base::Result<> checkLibrary();

} // namespace evenhand::sqlite
