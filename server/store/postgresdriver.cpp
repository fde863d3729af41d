// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgresdriver.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "server/store/namedparameters.h"
#include "server/store/postgresresult.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;
using postgres::ConnectionPtr;
using postgres::ResultPtr;

namespace {

constexpr std::size_t kPreparedLimit = 400;
constexpr int kPipelineDepth = 256;   // statements on their way; what waits unread in the socket's buffers stays small
// Advisory locks of this database: "EVHD" and what the lock is for.
constexpr const char* kWaitForWriteLock = "BEGIN; SELECT pg_advisory_xact_lock(1163282500, 1)";
constexpr const char* kTryLead = "SELECT pg_try_advisory_lock(1163282500, 2)";
// A server whose machine vanished must not hold its locks for longer than the takeover may last: 3 + 2 x 2 seconds.
constexpr const char* kSession =
    "SET synchronous_commit = on; SET standard_conforming_strings = on; SET idle_in_transaction_session_timeout = 0; "
    "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 2; SET client_min_messages = warning";

/// One prepared query, and what is bound to it now. Values are text for numbers, so that one number fits every integer type.
struct PreparedQuery {
    std::string name;
    NumberedQuery query;
};

struct BoundValue {
    std::string bytes{};
    bool isNull = true;
    bool isBinary = false;
};

/// Bound values as libpq takes them.
class PqParameters {
public:
    explicit PqParameters(const std::vector<BoundValue>& values)
    {
        for (const auto& value : values) {
            m_pointers.push_back(value.isNull ? nullptr : value.bytes.data());
            m_lengths.push_back(static_cast<int>(value.bytes.size()));
            m_formats.push_back(value.isBinary ? 1 : 0);
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_pointers.size()); }
    [[nodiscard]] const char* const* pointers() const { return m_pointers.data(); }
    [[nodiscard]] const int* lengths() const { return m_lengths.data(); }
    [[nodiscard]] const int* formats() const { return m_formats.data(); }

private:
    std::vector<const char*> m_pointers;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
};

class PostgresConnection final : public SqlConnection {
public:
    explicit PostgresConnection(PostgresOptions options) : m_options(std::move(options)) {}

    [[nodiscard]] Result<> connect()
    {
        m_prepared.clear();
        m_connection.reset(PQconnectdb(m_options.url.c_str()));
        if (PQstatus(m_connection.get()) != CONNECTION_OK)
            return fail(lastError());
        if (PQsetClientEncoding(m_connection.get(), "UTF8") != 0)
            return fail(lastError());
        const char* encoding = PQparameterStatus(m_connection.get(), "server_encoding");
        if (encoding == nullptr || std::string_view(encoding) != "UTF8")
            return fail(ErrorCode::Invalid, "PostgreSQL: the database is not in UTF8; create it with ENCODING 'UTF8' TEMPLATE template0");
        EVENHAND_TRY(command(kSession));
        EVENHAND_TRY(command("SET lock_timeout = " + std::to_string(m_options.lockTimeoutMs)));
        return m_options.readOnly ? command("SET default_transaction_read_only = on") : Result<>();
    }

    Result<std::unique_ptr<SqlStatement>> statement(std::string_view sql) override;
    Result<> execute(std::string_view script) override
    {
        EVENHAND_TRY(reviveIfIdle());
        return command(std::string(script));
    }
    Result<> begin() override
    {
        EVENHAND_TRY(command(kWaitForWriteLock));
        m_inTransaction = true;
        return {};
    }
    Result<> beginRead() override
    {
        EVENHAND_TRY(reviveIfIdle());
        constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        auto begun = command(kBegin);
        if (!begun && isLost() && m_options.readOnly) {   // the server was restarted since the last use
            EVENHAND_TRY(connect());
            begun = command(kBegin);
        }
        m_inTransaction = begun.has_value();
        return begun;
    }
    Result<> commit() override
    {
        EVENHAND_TRY(flush());   // the caller rolls back
        m_inTransaction = false;
        ResultPtr result(PQexec(m_connection.get(), "COMMIT"));
        if (!postgres::succeeded(result.get()))
            return fail(postgres::errorOf(m_connection.get(), result.get()));
        // A transaction in which a statement failed answers COMMIT with ROLLBACK and no error.
        if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
            return fail(ErrorCode::Storage, "PostgreSQL: the transaction was rolled back because a statement in it had failed");
        return {};
    }
    void rollback() noexcept override
    {
        (void)flush();
        m_inTransaction = false;
        PQclear(PQexec(m_connection.get(), "ROLLBACK"));   // what failed before is what the caller reports
    }
    std::int64_t changes() const override { return m_changes; }

    Result<bool> lead() override
    {
        ResultPtr result(PQexecParams(m_connection.get(), kTryLead, 0, nullptr, nullptr, nullptr, nullptr, 1));
        if (!postgres::succeeded(result.get()))
            return fail(postgres::errorOf(m_connection.get(), result.get()));
        return postgres::integerAt(result.get(), 0, 0) != 0;
    }

    // What was sent before comes first: a query that is waited for costs one way for itself and all of them.
    [[nodiscard]] Result<ResultPtr> run(std::string_view sql, const std::vector<BoundValue>& values)
    {
        EVENHAND_ASSIGN(const auto* prepared, prepare(sql));
        const PqParameters parameters(values);
        ResultPtr result;
        if (m_sent == 0) {
            result.reset(PQexecPrepared(m_connection.get(), prepared->name.c_str(), parameters.count(), parameters.pointers(), parameters.lengths(),
                                        parameters.formats(), 1));
            if (!postgres::succeeded(result.get()))
                return fail(postgres::errorOf(m_connection.get(), result.get()));
        } else {
            EVENHAND_TRY(send(*prepared, values));
            EVENHAND_ASSIGN(result, collect());
        }
        const std::string_view touched = PQcmdTuples(result.get());
        m_changes = 0;
        std::from_chars(touched.data(), touched.data() + touched.size(), m_changes);
        return result;
    }

    [[nodiscard]] Result<> runLater(std::string_view sql, const std::vector<BoundValue>& values)
    {
        EVENHAND_ASSIGN(const auto* prepared, prepare(sql));
        EVENHAND_TRY(send(*prepared, values));
        return m_sent >= kPipelineDepth ? flush() : Result<>();
    }

    Result<> flush() override
    {
        if (m_sent == 0)
            return {};
        EVENHAND_ASSIGN(const auto last, collect());
        (void)last;
        return {};
    }

    [[nodiscard]] Result<const PreparedQuery*> prepare(std::string_view sql)
    {
        EVENHAND_TRY(reviveIfIdle());
        if (const auto known = m_prepared.find(sql); known != m_prepared.end())
            return &known->second;
        EVENHAND_TRY(flush());
        if (m_prepared.size() >= kPreparedLimit) {
            EVENHAND_TRY(command("DEALLOCATE ALL"));
            m_prepared.clear();
        }
        PreparedQuery fresh{"q" + std::to_string(++m_lastName), numberParameters(sql)};
        ResultPtr result(PQprepare(m_connection.get(), fresh.name.c_str(), fresh.query.text.c_str(), 0, nullptr));
        if (!postgres::succeeded(result.get()))
            return fail(postgres::errorOf(m_connection.get(), result.get()));
        return &m_prepared.emplace(std::string(sql), std::move(fresh)).first->second;
    }

private:
    [[nodiscard]] bool isLost() const { return PQstatus(m_connection.get()) == CONNECTION_BAD; }
    [[nodiscard]] base::Error lastError() const { return postgres::errorOf(m_connection.get(), nullptr); }
    // Only readers: whoever writes or leads must learn that its locks are gone.
    [[nodiscard]] Result<> reviveIfIdle() { return m_options.readOnly && !m_inTransaction && isLost() ? connect() : Result<>(); }
    // Into the pipeline of the connection; its results are read by collect().
    [[nodiscard]] Result<> send(const PreparedQuery& prepared, const std::vector<BoundValue>& values)
    {
        const PqParameters parameters(values);
        if (m_sent == 0 && PQenterPipelineMode(m_connection.get()) != 1)
            return fail(lastError());
        if (PQsendQueryPrepared(m_connection.get(), prepared.name.c_str(), parameters.count(), parameters.pointers(), parameters.lengths(),
                                parameters.formats(), 1) != 1) {
            const auto error = lastError();
            if (m_sent == 0)
                PQexitPipelineMode(m_connection.get());
            return fail(error);
        }
        ++m_sent;
        return {};
    }
    // Ends the pipeline: the result of what was sent last, or the first error.
    [[nodiscard]] Result<ResultPtr> collect()
    {
        m_sent = 0;
        if (PQpipelineSync(m_connection.get()) != 1)
            return fail(lastError());
        ResultPtr last;
        std::optional<base::Error> problem;
        for (int silences = 0; silences < 2;) {   // each result is followed by a null; two of them mean that the connection is gone
            ResultPtr result(PQgetResult(m_connection.get()));
            if (!result) {
                ++silences;
                continue;
            }
            silences = 0;
            const auto status = PQresultStatus(result.get());
            if (status == PGRES_PIPELINE_SYNC)
                break;
            if (!postgres::succeeded(result.get()) && status != PGRES_PIPELINE_ABORTED && !problem)
                problem = postgres::errorOf(m_connection.get(), result.get());
            last = std::move(result);
        }
        if ((PQexitPipelineMode(m_connection.get()) != 1 || !last) && !problem)
            problem = lastError();
        if (problem)
            return fail(*problem);
        return last;
    }
    [[nodiscard]] Result<> command(const std::string& script)
    {
        EVENHAND_TRY(flush());
        ResultPtr result(PQexec(m_connection.get(), script.c_str()));
        if (postgres::succeeded(result.get()) || PQresultStatus(result.get()) == PGRES_EMPTY_QUERY)
            return {};
        const auto error = postgres::errorOf(m_connection.get(), result.get());
        if (!m_inTransaction && PQtransactionStatus(m_connection.get()) == PQTRANS_INERROR)
            PQclear(PQexec(m_connection.get(), "ROLLBACK"));   // a BEGIN whose second half failed
        return fail(error);
    }

    PostgresOptions m_options;
    ConnectionPtr m_connection;
    std::map<std::string, PreparedQuery, std::less<>> m_prepared;   // by the store's text
    std::uint64_t m_lastName = 0;
    std::int64_t m_changes = 0;
    int m_sent = 0;                                                 // above 0: the connection is in pipeline mode
    bool m_inTransaction = false;
};

class PostgresStatement final : public SqlStatement {
public:
    PostgresStatement(PostgresConnection& connection, std::string_view sql, const std::vector<std::string>& names)
        : m_connection(connection), m_sql(sql), m_names(names), m_values(names.size()) {}

    void bind(const char* name, const SqlValue& value) override
    {
        const auto known = std::ranges::find(m_names, std::string_view(name));
        if (known == m_names.end()) {
            m_unknown = name;
            return;
        }
        bindAt(static_cast<int>(known - m_names.begin()) + 1, value);
    }

    void bindAt(int place, const SqlValue& value) override
    {
        if (place < 1 || place > std::ssize(m_values)) {
            m_unknown = "number " + std::to_string(place);
            return;
        }
        auto& bound = m_values[static_cast<std::size_t>(place - 1)];
        std::visit([&bound](const auto& given) { set(bound, given); }, value);
    }

    Result<> runLater() override
    {
        if (!m_unknown.empty())
            return fail(ErrorCode::Invalid, "the query has no parameter " + m_unknown);
        return m_connection.runLater(m_sql, m_values);
    }

    Result<bool> step() override
    {
        if (!m_unknown.empty())
            return fail(ErrorCode::Invalid, "the query has no parameter " + m_unknown);
        if (!m_result) {
            EVENHAND_ASSIGN(m_result, m_connection.run(m_sql, m_values));
            m_row = -1;
        }
        if (++m_row < PQntuples(m_result.get()))
            return true;
        m_result.reset();
        return false;
    }

    void reset() override
    {
        m_result.reset();
        m_values.assign(m_names.size(), {});
        m_unknown.clear();
    }

    bool isNull(int column) const override { return PQgetisnull(m_result.get(), m_row, column) != 0; }
    std::int64_t integer(int column) const override { return postgres::integerAt(m_result.get(), m_row, column); }
    std::string_view text(int column) const override { return base::asText(blob(column)); }
    base::ByteView blob(int column) const override { return postgres::bytesAt(m_result.get(), m_row, column); }

private:
    static void set(BoundValue& bound, std::nullptr_t) { bound = {}; }
    static void set(BoundValue& bound, std::int64_t value) { bound = {std::to_string(value), false, false}; }
    static void set(BoundValue& bound, std::string_view value) { bound = {std::string(value), false, true}; }
    static void set(BoundValue& bound, base::ByteView value) { bound = {std::string(base::asText(value)), false, true}; }

    PostgresConnection& m_connection;
    std::string m_sql;
    std::vector<std::string> m_names;
    std::vector<BoundValue> m_values;
    std::string m_unknown;
    ResultPtr m_result;
    int m_row = -1;
};

Result<std::unique_ptr<SqlStatement>> PostgresConnection::statement(std::string_view sql)
{
    EVENHAND_ASSIGN(const auto* prepared, prepare(sql));
    return std::unique_ptr<SqlStatement>(std::make_unique<PostgresStatement>(*this, sql, prepared->query.names));
}

} // namespace

Result<std::unique_ptr<SqlConnection>> openPostgres(const PostgresOptions& options)
{
    auto connection = std::make_unique<PostgresConnection>(options);
    EVENHAND_TRY(connection->connect());
    return std::unique_ptr<SqlConnection>(std::move(connection));
}

} // namespace evenhand::server
