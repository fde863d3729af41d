// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rawinserts.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <libpq-fe.h>
#include <sqlcipher/sqlite3.h>

namespace evenhand::bench {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

[[noreturn]] void giveUp(const char* problem)
{
    std::fprintf(stderr, "raw inserts: %s\n", problem);
    std::exit(2);
}

void bindRaw(sqlite3_stmt* statement, int place, const RawValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        sqlite3_bind_int64(statement, place, *number);
    else if (const auto* text = std::get_if<std::string>(&value))
        sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    else if (const auto* bytes = std::get_if<base::Bytes>(&value))
        sqlite3_bind_blob(statement, place, bytes->data(), static_cast<int>(bytes->size()), SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, place);
}

double writeSqlite(const std::string& path, const std::vector<std::string>& statements, const std::vector<std::vector<RawWrite>>& groups)
{
    sqlite3* database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK)
        giveUp("open");
    const auto run = [&](const char* sql) {
        if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp(sqlite3_errmsg(database));
    };
    run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -262144; PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF");
    std::vector<sqlite3_stmt*> prepared(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (sqlite3_prepare_v2(database, statements[i].c_str(), -1, &prepared[i], nullptr) != SQLITE_OK)
            giveUp(sqlite3_errmsg(database));
    }
    const auto begin = Clock::now();
    for (const auto& group : groups) {
        run("BEGIN IMMEDIATE");
        for (const auto& row : group) {
            auto* statement = prepared[row.statement];
            for (std::size_t i = 0; i < row.values.size(); ++i)
                bindRaw(statement, static_cast<int>(i) + 1, row.values[i]);
            if (sqlite3_step(statement) != SQLITE_DONE)
                giveUp(sqlite3_errmsg(database));
            sqlite3_reset(statement);
        }
        run("COMMIT");
    }
    const auto seconds = secondsSince(begin);
    for (auto* statement : prepared)
        sqlite3_finalize(statement);
    sqlite3_close(database);
    return seconds;
}

// ":name" is "$1" there. The statements here have no repeated names and no quotes.
std::string numbered(const std::string& sql)
{
    std::string text;
    int number = 0;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] != ':') {
            text += sql[at];
            continue;
        }
        while (at + 1 < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[at + 1])) || sql[at + 1] == '_'))
            ++at;
        text += "$" + std::to_string(++number);
    }
    return text;
}

class PlainClient {
public:
    explicit PlainClient(const std::string& url) : m_connection(PQconnectdb(url.c_str()))
    {
        if (PQstatus(m_connection) != CONNECTION_OK)
            giveUp(PQerrorMessage(m_connection));
    }
    PlainClient(const PlainClient&) = delete;
    PlainClient& operator=(const PlainClient&) = delete;
    ~PlainClient() { PQfinish(m_connection); }
    void check(PGresult* result)
    {
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            giveUp(PQerrorMessage(m_connection));
        PQclear(result);
    }
    void prepare(std::size_t number, const std::string& sql)
    {
        check(PQprepare(m_connection, std::to_string(number).c_str(), numbered(sql).c_str(), 0, nullptr));
        m_names.push_back(std::to_string(number));
    }
    void run(const char* sql) { check(PQexec(m_connection, sql)); }
    void write(const RawWrite& row)
    {
        std::vector<std::string> numbers(row.values.size());
        std::vector<const char*> pointers;
        std::vector<int> lengths;
        std::vector<int> formats;
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            const auto& value = row.values[i];
            if (const auto* number = std::get_if<std::int64_t>(&value))
                numbers[i] = std::to_string(*number);
            const auto* text = std::get_if<std::string>(&value);
            const auto* bytes = std::get_if<base::Bytes>(&value);
            pointers.push_back(text ? text->data() : bytes ? reinterpret_cast<const char*>(bytes->data()) : numbers[i].empty() ? nullptr : numbers[i].data());
            lengths.push_back(static_cast<int>(text ? text->size() : bytes ? bytes->size() : numbers[i].size()));
            formats.push_back(text || bytes ? 1 : 0);
        }
        check(PQexecPrepared(m_connection, m_names[row.statement].c_str(), static_cast<int>(pointers.size()), pointers.data(), lengths.data(), formats.data(), 1));
    }

private:
    PGconn* m_connection;
    std::vector<std::string> m_names;
};

double writePostgres(const std::string& url, const std::vector<std::string>& statements, const std::vector<std::vector<RawWrite>>& groups)
{
    PlainClient client(url);
    for (std::size_t i = 0; i < statements.size(); ++i)
        client.prepare(i, statements[i]);
    const auto begin = Clock::now();
    for (const auto& group : groups) {
        client.run("BEGIN");
        for (const auto& row : group)
            client.write(row);
        client.run("COMMIT");
    }
    return secondsSince(begin);
}

} // namespace

double writeRaw(const server::DatabaseUrl& url, const std::vector<std::string>& statements, const std::vector<std::vector<RawWrite>>& groups)
{
    return url.driver == server::DatabaseUrl::Driver::Sqlite ? writeSqlite(url.target, statements, groups) : writePostgres(url.target, statements, groups);
}

} // namespace evenhand::bench
