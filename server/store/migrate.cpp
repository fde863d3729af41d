// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/migrate.h"

#include <array>
#include <charconv>

#include "app/base/crypto.h"
#include "server_migrations.h"
#include "server_queries.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

struct SchemaVersion {
    int version = 0;
    int minCompatible = 0;
};

constexpr std::array kSqliteSteps{SchemaStep{1, "0001_initial", migrations::k0001Initial}, SchemaStep{2, "0002_office", migrations::k0002Office},
                                  SchemaStep{3, "0003_digests_blobs", migrations::k0003DigestsBlobs},
                                  SchemaStep{4, "0004_quarantine_index", migrations::k0004QuarantineIndex},
                                  SchemaStep{5, "0005_agreements", migrations::k0005Agreements}};
constexpr std::array kPostgresSteps{SchemaStep{1, "0001_initial", migrations::kPostgresql0001Initial},
                                    SchemaStep{2, "0002_office", migrations::kPostgresql0002Office},
                                    SchemaStep{3, "0003_digests_blobs", migrations::kPostgresql0003DigestsBlobs},
                                    SchemaStep{4, "0004_quarantine_index", migrations::kPostgresql0004QuarantineIndex},
                                    SchemaStep{5, "0005_agreements", migrations::kPostgresql0005Agreements}};
static_assert(kSqliteSteps.size() == kPostgresSteps.size());

constexpr std::string_view kHistoryTable =
    "CREATE TABLE IF NOT EXISTS schema_history(version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, "
    "min_compatible INTEGER NOT NULL, applied_at BIGINT NOT NULL)";

// In a transaction: two programs that create the table at once would otherwise collide inside PostgreSQL.
Result<> ensureHistory(SqlConnection& connection)
{
    EVENHAND_ASSIGN(auto transaction, SqlTransaction::begin(connection));
    EVENHAND_TRY(connection.execute(kHistoryTable));
    return transaction.commit();
}

Result<SchemaVersion> currentVersion(SqlConnection& connection)
{
    Query query(connection, sql::kMetaHistory);
    EVENHAND_ASSIGN(const auto found, query.optionalRow([](const SqlRow& row) {
        return SchemaVersion{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1))};
    }));
    return found.value_or(SchemaVersion{});
}

int minCompatibleOf(const SchemaStep& step)
{
    constexpr std::string_view kHeader = "-- min-compatible: ";
    int version = step.version;
    if (step.script.starts_with(kHeader))
        std::from_chars(step.script.data() + kHeader.size(), step.script.data() + step.script.size(), version);
    return version;
}

Result<> refuseIfTooNew(const SchemaVersion& found, std::span<const SchemaStep> steps)
{
    const int known = steps.empty() ? 0 : steps.back().version;
    if (found.version > known && found.minCompatible > known)
        return fail(ErrorCode::SchemaTooNew, "the database has schema " + std::to_string(found.version) + ", this program knows up to "
                                                 + std::to_string(known) + "; install the newer evenhandd");
    return {};
}

Result<> applyStep(SqlConnection& connection, const SchemaStep& step, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto transaction, SqlTransaction::begin(connection));
    // Another process may have been faster while we waited for the lock.
    EVENHAND_ASSIGN(const auto found, currentVersion(connection));
    if (found.version >= step.version)
        return transaction.commit();
    EVENHAND_TRY(connection.execute(step.script));
    Query note(connection, sql::kMetaHistoryInsert);
    note.bind(":version", step.version).bind(":name", step.name).bind(":min_compatible", minCompatibleOf(step)).bind(":applied_at", clock.now());
    const auto digest = base::toHex(base::sha256(base::asBytes(step.script)));
    EVENHAND_TRY(note.bind(":sha256", digest).run());
    return transaction.commit();
}

} // namespace

std::span<const SchemaStep> schemaSteps(DatabaseUrl::Driver driver)
{
    switch (driver) {
    case DatabaseUrl::Driver::Sqlite: return kSqliteSteps;
    case DatabaseUrl::Driver::PostgreSql: return kPostgresSteps;
    }
    return {};
}

Result<> migrate(SqlConnection& connection, std::span<const SchemaStep> steps, const base::Clock& clock)
{
    EVENHAND_TRY(ensureHistory(connection));
    EVENHAND_ASSIGN(const auto found, currentVersion(connection));
    EVENHAND_TRY(refuseIfTooNew(found, steps));
    for (const auto& step : steps) {
        if (step.version > found.version)
            EVENHAND_TRY(base::withContext(applyStep(connection, step, clock), std::string(step.name).c_str()));
    }
    return {};
}

Result<> checkSchema(SqlConnection& connection, std::span<const SchemaStep> steps)
{
    EVENHAND_ASSIGN(const auto found, currentVersion(connection));
    EVENHAND_TRY(refuseIfTooNew(found, steps));
    if (!steps.empty() && found.version < steps.back().version)
        return fail(ErrorCode::SchemaTooOld, "the database has an older schema; run evenhandd serve once to bring it up to date");
    return {};
}

} // namespace evenhand::server
