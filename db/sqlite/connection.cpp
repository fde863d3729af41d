// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/sqlite/connection.h"

#include <filesystem>
#include <system_error>

#include "db/sqlite/state.h"

namespace evenhand::sqlite {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

const char* pragmaWord(JournalMode mode)
{
    switch (mode) {
    case JournalMode::Delete:
        return "delete";
    case JournalMode::Wal:
        return "wal";
    case JournalMode::Off:
        return "off";
    }
    return "delete";
}

const char* pragmaWord(Synchronous level)
{
    switch (level) {
    case Synchronous::Off:
        return "OFF";
    case Synchronous::Normal:
        return "NORMAL";
    case Synchronous::Full:
        return "FULL";
    case Synchronous::Extra:
        return "EXTRA";
    }
    return "EXTRA";
}

bool existsOnDisk(const std::string& path)
{
    std::error_code ignored;
    return path == ":memory:" || std::filesystem::exists(path, ignored);
}

} // namespace

Connection::Connection(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

namespace {

Result<> applyKey(sqlite3* handle, base::ByteView rawKey)
{
    if (rawKey.size() != 32)
        return fail(ErrorCode::Invalid, "a database key has 32 bytes");
    std::string spec = "x'" + base::toHex(rawKey) + "'";   // raw key: no derivation, it comes from a key file
    const int code = sqlite3_key_v2(handle, "main", spec.data(), static_cast<int>(spec.size()));
    spec.assign(spec.size(), '\0');
    // A wrong key is an answer to the caller; SQLCipher would also write lines of its own to standard error.
    sqlite3_exec(handle, "PRAGMA cipher_log_level = NONE", nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<>() : Result<>(fail(ErrorCode::Storage, "the database key was not accepted"));
}

void harden(sqlite3* handle, JournalMode mode)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // Defensive mode refuses to switch the rollback journal off; only negative controls ask for that.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, mode == JournalMode::Off ? 0 : 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

Result<> setModes(Connection& connection, const ConnectionConfig& config)
{
    EVENHAND_TRY(connection.execute("PRAGMA foreign_keys = ON"));
    if (config.cacheKiB > 0)
        EVENHAND_TRY(connection.execute("PRAGMA cache_size = -" + std::to_string(config.cacheKiB)));
    if (config.readOnly)
        return {};
    EVENHAND_TRY(connection.execute(config.secureDelete ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF"));
    EVENHAND_ASSIGN(const auto granted, connection.text(std::string("PRAGMA journal_mode = ") + pragmaWord(config.journalMode)));
    if (config.path != ":memory:" && granted != pragmaWord(config.journalMode))
        return fail(ErrorCode::Storage, "journal mode " + std::string(pragmaWord(config.journalMode)) + " was asked for, but the file is in mode " + granted);
    return connection.execute(std::string("PRAGMA synchronous = ") + pragmaWord(config.synchronous));
}

Result<> checkApplication(Connection& connection, const ConnectionConfig& config)
{
    if (config.applicationId == 0)
        return {};
    EVENHAND_ASSIGN(const auto found, connection.integer("PRAGMA application_id"));
    if (static_cast<std::uint32_t>(found) == config.applicationId)
        return {};
    EVENHAND_ASSIGN(const auto objects, connection.integer("SELECT count(*) FROM sqlite_schema"));
    if (found != 0 || objects != 0)
        return fail(ErrorCode::Invalid, "the file is a database of another program");
    if (config.readOnly)
        return fail(ErrorCode::Invalid, "the file is an empty database");
    return connection.execute("PRAGMA application_id = " + std::to_string(static_cast<std::int32_t>(config.applicationId)));
}

} // namespace

Result<Connection> Connection::open(const ConnectionConfig& config)
{
    if ((config.readOnly || config.mustExist) && !existsOnDisk(config.path))
        return fail(ErrorCode::NotFound, "the database file does not exist");
    auto state = std::make_unique<State>();
    state->path = config.path;
    state->encrypted = !config.rawKey.empty();
    const int flags = (config.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX;
    if (const int code = sqlite3_open_v2(config.path.c_str(), &state->handle, flags, nullptr); code != SQLITE_OK)
        return state->failure(code, "open");
    harden(state->handle, config.journalMode);
    if (state->encrypted)
        EVENHAND_TRY(applyKey(state->handle, config.rawKey));
    sqlite3_busy_timeout(state->handle, config.busyTimeoutMs);

    Connection connection(std::move(state));
    // The first read decides whether the key fits; everything after it may rely on that.
    EVENHAND_ASSIGN([[maybe_unused]] const auto objects, connection.integer("SELECT count(*) FROM sqlite_schema"));
    EVENHAND_TRY(checkApplication(connection, config));
    EVENHAND_TRY(setModes(connection, config));
    return connection;
}

Result<Statement> Connection::prepare(std::string_view sql) const
{
    if (m_state->takeFault())
        return injectedFault();
    if (const auto found = m_state->idle.find(std::string(sql)); found != m_state->idle.end()) {
        auto* statement = found->second;
        m_state->idle.erase(found);
        return Statement(m_state.get(), statement);
    }
    EVENHAND_ASSIGN(auto* statement, m_state->prepare(sql, nullptr));
    if (!statement)
        return fail(ErrorCode::Invalid, "an empty statement");
    return Statement(m_state.get(), statement);
}

Result<> Connection::execute(std::string_view sql)
{
    EVENHAND_ASSIGN(auto statement, prepare(sql));
    return statement.run();
}

Result<> Connection::runScript(std::string_view script)
{
    for (int number = 1; !script.empty(); ++number) {
        const char* tail = nullptr;
        if (m_state->takeFault())
            return injectedFault();
        auto prepared = m_state->prepare(script, &tail);
        if (!prepared)
            return fail(prepared.error().code, "statement " + std::to_string(number) + ": " + prepared.error().detail);
        script.remove_prefix(static_cast<std::size_t>(tail - script.data()));
        if (!*prepared)
            continue;   // blank lines or a comment at the end
        Statement statement(m_state.get(), *prepared);
        if (const auto ran = statement.run(); !ran)
            return fail(ran.error().code, "statement " + std::to_string(number) + ": " + ran.error().detail);
    }
    return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql) const
{
    EVENHAND_ASSIGN(auto statement, prepare(sql));
    EVENHAND_ASSIGN(const auto value, statement.optionalRow([](Row row) { return row.integer(0); }));
    return value ? Result<std::int64_t>(*value) : Result<std::int64_t>(fail(ErrorCode::NotFound, "no row"));
}

Result<std::string> Connection::text(std::string_view sql) const
{
    EVENHAND_ASSIGN(auto statement, prepare(sql));
    EVENHAND_ASSIGN(auto value, statement.optionalRow([](Row row) { return row.text(0); }));
    return value ? Result<std::string>(*std::move(value)) : Result<std::string>(fail(ErrorCode::NotFound, "no row"));
}

std::int64_t Connection::changes() const { return sqlite3_changes64(m_state->handle); }
std::int64_t Connection::lastInsertRowId() const { return sqlite3_last_insert_rowid(m_state->handle); }
bool Connection::inTransaction() const { return sqlite3_get_autocommit(m_state->handle) == 0; }
const std::string& Connection::path() const { return m_state->path; }
bool Connection::needsReopen() const { return m_state->needsReopen; }
bool Connection::faultFired() const { return m_state->faultFired; }

void Connection::failAfter(int accesses)
{
    m_state->failAfter = accesses;
    m_state->faultFired = false;
}

Result<> Connection::checkIntegrity() const
{
    if (m_state->encrypted) {
        EVENHAND_ASSIGN(auto pages, prepare("PRAGMA cipher_integrity_check"));
        EVENHAND_ASSIGN(const auto finding, pages.optionalRow([](Row row) { return row.text(0); }));
        if (finding)
            return fail(ErrorCode::Damaged, *finding);
    }
    EVENHAND_ASSIGN(const auto answer, text("PRAGMA integrity_check(1)"));
    return answer == "ok" ? Result<>() : Result<>(fail(ErrorCode::Damaged, answer));
}

Result<> Connection::vacuumInto(const std::string& path)
{
    EVENHAND_ASSIGN(auto statement, prepare("VACUUM INTO :path"));
    return statement.bind(":path", std::string_view(path)).run();
}

Result<> Connection::checkpoint() { return execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

LibraryVersion libraryVersion()
{
    LibraryVersion version{sqlite3_libversion(), {}};
    if (const auto connection = Connection::open({.path = ":memory:"}))
        version.cipher = connection->text("PRAGMA cipher_version").value_or("");
    return version;
}

Result<> checkLibrary()
{
    const auto version = libraryVersion();
    if (version.sqlite != SQLITE_VERSION || version.cipher.empty())
        return fail(ErrorCode::Storage, "another SQLite (" + version.sqlite + ") answers in place of the SQLCipher this program was built with");
    return {};
}

} // namespace evenhand::sqlite
