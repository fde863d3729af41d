// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/store.h"

#include <cstdlib>

#include "server/store/migrate.h"
#include "server/store/postgresdriver.h"
#include "server/store/sqlitedriver.h"
#include "server_queries.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

struct Store::Parts {
    explicit Parts(std::unique_ptr<SqlConnection> opened, const base::Clock& systemClock)
        : connection(std::move(opened)), clock(systemClock), cache(*connection), users(*connection), devices(*connection), cases(*connection),
          rows(*connection, &cache),
          events(*connection), viewLog(*connection, &cache), blobs(*connection), digests(*connection), purges(*connection) {}

    std::unique_ptr<SqlConnection> connection;
    const base::Clock& clock;
    domain::DatasetId dataset = domain::DatasetId::random();
    std::int64_t scopeEpoch = 1;
    WriteCache cache;
    UserTable users;
    DeviceTable devices;
    CaseTable cases;
    RowTable rows;
    EventTable events;
    ViewLog viewLog;
    BlobTable blobs;
    DigestTable digests;
    PurgeTable purges;
};

namespace {

Result<std::unique_ptr<SqlConnection>> openDriver(const DatabaseUrl& url, StoreMode mode)
{
    switch (url.driver) {
    case DatabaseUrl::Driver::Sqlite:
        return base::withContext(openSqlite({.path = url.target, .readOnly = mode == StoreMode::ReadOnly}), url.target.c_str());
    case DatabaseUrl::Driver::PostgreSql:
        return openPostgres({.url = url.target, .readOnly = mode == StoreMode::ReadOnly});
    }
    return fail(ErrorCode::Invalid, "the database address names no driver");
}

Result<std::optional<std::string>> setting(SqlConnection& connection, std::string_view name)
{
    return Query(connection, sql::kMetaSetting).bind(":name", name).optionalRow([](const SqlRow& row) { return row.text(0); });
}

Result<> writeSetting(SqlConnection& connection, std::string_view name, const std::string& value)
{
    return Query(connection, sql::kMetaSettingInsert).bind(":name", name).bind(":value", value).run();
}

// The identity of the data, made once, by whichever process creates the database.
Result<> ensureIdentity(SqlConnection& connection)
{
    EVENHAND_ASSIGN(auto transaction, SqlTransaction::begin(connection));
    EVENHAND_ASSIGN(const auto existing, setting(connection, "dataset_id"));
    if (!existing) {
        EVENHAND_TRY(writeSetting(connection, "dataset_id", domain::DatasetId::random().toString()));
        EVENHAND_TRY(writeSetting(connection, "scope_epoch", "1"));
    }
    return transaction.commit();
}

} // namespace

Store::Store(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const DatabaseUrl& url, StoreMode mode, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto connection, openDriver(url, mode));
    if (mode == StoreMode::ReadWrite) {
        EVENHAND_TRY(migrate(*connection, schemaSteps(url.driver), clock));
        EVENHAND_TRY(ensureIdentity(*connection));
    } else {
        EVENHAND_TRY(checkSchema(*connection, schemaSteps(url.driver)));
    }
    EVENHAND_ASSIGN(const auto dataset, setting(*connection, "dataset_id"));
    EVENHAND_ASSIGN(const auto scope, setting(*connection, "scope_epoch"));
    const auto datasetId = domain::DatasetId::tryFromString(dataset.value_or(""));
    if (!datasetId || !scope)
        return fail(ErrorCode::Damaged, "the database has no data set id; restore it from your backup");
    auto parts = std::make_unique<Parts>(std::move(connection), clock);
    parts->dataset = *datasetId;
    parts->scopeEpoch = std::strtoll(scope->c_str(), nullptr, 10);
    return Store(std::move(parts));
}

Result<SqlTransaction> Store::begin() { return SqlTransaction::begin(*m_parts->connection); }
Result<SqlTransaction> Store::beginRead() { return SqlTransaction::beginRead(*m_parts->connection); }

Result<std::int64_t> Store::nextSeq() { return nextSeqs(1); }

Result<std::int64_t> Store::nextSeqs(std::int64_t count)
{
    Query query(*m_parts->connection, sql::kMetaNextSeqs);
    EVENHAND_ASSIGN(const auto last, query.add(count).optionalRow([](const SqlRow& row) { return row.integer(0); }));
    return last ? Result<std::int64_t>(*last - count + 1) : Result<std::int64_t>(fail(ErrorCode::Damaged, "the database has no server_seq"));
}

Result<std::int64_t> Store::lastSeq() const
{
    EVENHAND_ASSIGN(const auto seq, Query(*m_parts->connection, sql::kMetaLastSeq).optionalRow([](const SqlRow& row) { return row.integer(0); }));
    return seq ? Result<std::int64_t>(*seq) : Result<std::int64_t>(fail(ErrorCode::Damaged, "the database has no server_seq"));
}

Result<bool> Store::lead() { return m_parts->connection->lead(); }

const domain::DatasetId& Store::dataset() const { return m_parts->dataset; }
std::int64_t Store::scopeEpoch() const { return m_parts->scopeEpoch; }
OfficeSettings Store::office() { return OfficeSettings(connection()); }
AgreementTable Store::agreements() { return AgreementTable(connection()); }
UserTable& Store::users() { return m_parts->users; }
DeviceTable& Store::devices() { return m_parts->devices; }
CaseTable& Store::cases() { return m_parts->cases; }
RowTable& Store::rows() { return m_parts->rows; }
EventTable& Store::events() { return m_parts->events; }
BlobTable& Store::blobs() { return m_parts->blobs; }
DigestTable& Store::digests() { return m_parts->digests; }
PurgeTable& Store::purges() { return m_parts->purges; }
ViewLog& Store::viewLog() { return m_parts->viewLog; }
Assignments Store::assignments(const ServerKeys& keys) const { return {*m_parts->connection, keys, m_parts->dataset, m_parts->clock}; }
WriteCache& Store::writeCache() { return m_parts->cache; }
SqlConnection& Store::connection() { return *m_parts->connection; }

} // namespace evenhand::server
