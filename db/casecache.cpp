// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/casecache.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sstream>

#include "app/base/log.h"
#include "cache_queries.h"
#include "db/cacheapply.h"
#include "db/cacheops.h"
#include "db/migrator.h"

namespace evenhand::db {

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Row;
using sqlite::Transaction;

namespace {

constexpr std::uint32_t kCacheApplicationId = 0x45764331;   // "EvC1"
constexpr int kPageCacheKiB = 16 * 1024;
constexpr std::int64_t kBigCheckpoint = 5000;               // operations after which the log file is folded in at once

bool meansRebuild(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WrongKey:
    case ErrorCode::Damaged:
    case ErrorCode::Invalid:
    case ErrorCode::SchemaTooNew:
    case ErrorCode::SchemaTooOld:
        return true;
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Storage:
    case ErrorCode::DiskFull:
    case ErrorCode::Network:
    case ErrorCode::Untrusted:
    case ErrorCode::Unauthorized:
    case ErrorCode::Forbidden:
    case ErrorCode::Protocol:
    case ErrorCode::Cancelled:
        return false;
    }
    return false;
}

constexpr const char* kTimeFloor = "time_floor";
constexpr const char* kTimeAnchor = "time_anchor";

std::optional<std::int64_t> numberFrom(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

void removeFiles(const std::string& path)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(path + suffix, ignored);
}

} // namespace

CaseCache::CaseCache(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CaseCache::CaseCache(CaseCache&&) noexcept = default;
CaseCache& CaseCache::operator=(CaseCache&&) noexcept = default;
CaseCache::~CaseCache() = default;

sqlite::Connection& CaseCache::connection() { return m_state->db; }
bool CaseCache::wasRebuilt() const { return m_state->rebuilt; }

Result<sqlite::Connection> CaseCache::State::connect(const CacheConfig& config, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto db, sqlite::Connection::open({.path = config.path,
                                                       .rawKey = config.key.bytes(),
                                                       .applicationId = kCacheApplicationId,
                                                       .journalMode = sqlite::JournalMode::Wal,
                                                       .synchronous = sqlite::Synchronous::Full,
                                                       .secureDelete = config.secureDelete,
                                                       .cacheKiB = kPageCacheKiB}));
    EVENHAND_TRY(Migrator(db, clock).run({.migrations = cacheMigrations(), .programVersion = config.programVersion}));
    return db;
}

Result<CaseCache> CaseCache::open(CacheConfig config, const base::Clock& clock)
{
    auto db = State::connect(config, clock);
    bool rebuilt = false;
    if (!db && meansRebuild(db.error().code)) {
        base::log::of(base::log::Area::Db).warn("cache cannot be used ({}); a new one is fetched", base::toString(db.error().code));
        removeFiles(config.path);
        db = State::connect(config, clock);
        rebuilt = true;
    }
    if (!db)
        return base::withContext(Result<CaseCache>(fail(std::move(db).error())), "open cache");
    return CaseCache(std::unique_ptr<State>(new State{std::move(config), clock, *std::move(db), rebuilt}));
}

Result<> CaseCache::State::ready()
{
    if (!db.needsReopen())
        return {};
    search.forgetPending();
    EVENHAND_ASSIGN(auto placeholder, sqlite::Connection::open({.path = ":memory:"}));
    db = std::move(placeholder);
    EVENHAND_ASSIGN(db, connect(config, clock));
    return {};
}

Result<SyncState> CaseCache::syncState() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kStateFind));
    EVENHAND_ASSIGN(const auto state, query.optionalRow([](Row row) {
        const auto applied = row.optionalInteger(4);
        return SyncState{row.integer(0), row.text(1), row.integer(2), row.boolean(3),
                         applied ? std::optional(base::Instant::fromMilliseconds(*applied)) : std::nullopt};
    }));
    return state.value_or(SyncState{});
}

Result<> CaseCache::stagePage(const domain::wire::PullResponse& page)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    if (!page.ops.empty()) {
        EVENHAND_ASSIGN(auto insert, m_state->prepare(sql::cache::kStagingInsert));
        EVENHAND_TRY(insert.bind(":ops", base::ByteView(encodeOps(page.ops))).run());
    }
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::cache::kStateStaged));
    update.bind(":scope_epoch", page.scopeEpoch)
        .bind(":cursor", page.nextCursor)
        .bind(":upto", page.upto)
        .bind(":staging_complete", page.complete);
    EVENHAND_TRY(update.run());
    return transaction.commit();
}

namespace {

/// Calls `use(op)` for each staged operation, in order, one page in memory at a time.
template <class F>
Result<> forEachStaged(const sqlite::Connection& db, F use)
{
    EVENHAND_ASSIGN(auto pages, db.prepare(sql::cache::kStagingList));
    for (;;) {
        EVENHAND_ASSIGN(const bool more, pages.step());
        if (!more)
            return {};
        EVENHAND_ASSIGN(const auto ops, decodeOps(pages.row().blobView(0)));
        for (const auto& op : ops)
            EVENHAND_TRY(use(op));
    }
}

} // namespace

Result<std::vector<StagedRevoke>> CaseCache::stagedRevokes() const
{
    EVENHAND_TRY(m_state->ready());
    std::vector<StagedRevoke> revokes;
    EVENHAND_TRY(forEachStaged(m_state->db, [&](const domain::wire::PullOp& op) -> Result<> {
        if (op.op == "revoke" && op.revokeId && op.caseId)
            revokes.push_back({*op.revokeId, *op.caseId, op.statement.value_or(domain::SignedStatement{})});
        return {};
    }));
    return revokes;
}

Result<Deletion> CaseCache::stagedDeletion() const
{
    EVENHAND_TRY(m_state->ready());
    Deletion deletion;
    EVENHAND_TRY(forEachStaged(m_state->db, [&](const domain::wire::PullOp& op) -> Result<> {
        deletion.removed += op.op == "del" && op.kind == domain::kind::kCase ? 1 : 0;
        return {};
    }));
    EVENHAND_ASSIGN(deletion.present, m_state->db.integer(sql::cache::kCaseCount));
    return deletion;
}

Result<ApplyOutcome> CaseCache::applyStaged(bool allowMassDeletion)
{
    return applyStaged(allowMassDeletion, {});
}

Result<ApplyOutcome> CaseCache::applyStaged(bool allowMassDeletion, const std::vector<base::Uuid>& refusedRevokes)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const auto state, syncState());
    if (!state.stagingComplete)
        return ApplyOutcome{};
    EVENHAND_ASSIGN(const auto deletion, stagedDeletion());
    if (deletion.isMass() && !allowMassDeletion)
        return fail(ErrorCode::Conflict, "the server asks to delete " + std::to_string(deletion.removed) + " of " + std::to_string(deletion.present)
                                             + " cases without revoking them; held back");
    m_state->search.forgetPending();
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    CheckpointApplier applier(m_state->db, m_state->search, refusedRevokes);
    EVENHAND_TRY(forEachStaged(m_state->db, [&](const domain::wire::PullOp& op) { return applier.apply(op); }));
    EVENHAND_ASSIGN(auto outcome, applier.finish());
    EVENHAND_TRY(m_state->db.execute(sql::cache::kStagingClear));
    EVENHAND_ASSIGN(auto update, m_state->prepare(sql::cache::kStateApplied));
    EVENHAND_TRY(update.bind(":applied_at", m_state->clock.now().milliseconds()).run());
    EVENHAND_TRY(transaction.commit());
    if (outcome.ops >= kBigCheckpoint)
        (void)m_state->db.checkpoint();   // only gives disk space back; what matters is committed
    return outcome;
}

Result<> CaseCache::restartPull(std::int64_t scopeEpoch, bool forgetRows)
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    EVENHAND_TRY(m_state->db.execute(sql::cache::kStagingClear));
    EVENHAND_ASSIGN(auto restart, m_state->prepare(sql::cache::kStateRestart));
    EVENHAND_TRY(restart.bind(":scope_epoch", scopeEpoch).run());
    if (forgetRows)
        for (const auto* statement : {"DELETE FROM row", "DELETE FROM lease", "DELETE FROM cases", "DELETE FROM parties",
                                      "DELETE FROM contact_points", "DELETE FROM promises", "DELETE FROM events", "DELETE FROM users",
                                      "DELETE FROM search_doc", "DELETE FROM search_key", "DELETE FROM bucket"})
            EVENHAND_TRY(m_state->db.execute(statement));
    return transaction.commit();
}

Result<bool> CaseCache::echoExists(const domain::EventId& id) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kEventExists));
    EVENHAND_ASSIGN(const auto found, query.bind(":id", idBytes(id)).optionalRow([](Row row) { return row.boolean(0); }));
    return found.value_or(false);
}

Result<std::optional<base::Instant>> CaseCache::leaseUntil(const domain::CaseId& id) const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kLeaseFind));
    return query.bind(":case_id", idBytes(id)).optionalRow([](Row row) { return base::Instant::fromMilliseconds(row.integer(0)); });
}

Result<std::vector<std::pair<std::optional<domain::CaseId>, base::Instant>>> CaseCache::leases() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(auto query, m_state->prepare(sql::cache::kLeaseList));
    return query.rows([](Row row) {
        return std::pair(optionalIdFrom<domain::CaseId>(row.blobView(0)), base::Instant::fromMilliseconds(row.integer(1)));
    });
}

Result<std::optional<std::string>> CaseCache::State::meta(std::string_view key) const
{
    EVENHAND_ASSIGN(auto query, prepare(sql::cache::kMetaFind));
    return query.bind(":key", key).optionalRow([](Row row) { return row.text(0); });
}

Result<> CaseCache::State::setMeta(std::string_view key, const std::string& value)
{
    EVENHAND_ASSIGN(auto set, prepare(sql::cache::kMetaSet));
    return set.bind(":key", key).bind(":value", value).run();
}

Result<std::optional<base::Instant>> CaseCache::timeFloor() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const auto text, m_state->meta(kTimeFloor));
    const auto ms = text ? numberFrom(*text) : std::nullopt;
    return ms ? std::optional(base::Instant::fromMilliseconds(*ms)) : std::nullopt;
}

Result<> CaseCache::raiseTimeFloor(base::Instant atLeast)
{
    EVENHAND_ASSIGN(const auto floor, timeFloor());
    if (floor && *floor >= atLeast)
        return {};
    return m_state->setMeta(kTimeFloor, std::to_string(atLeast.milliseconds()));
}

Result<std::optional<TimeAnchor>> CaseCache::timeAnchor() const
{
    EVENHAND_TRY(m_state->ready());
    EVENHAND_ASSIGN(const auto text, m_state->meta(kTimeAnchor));
    std::string parts[3];
    std::istringstream in(text.value_or(""));
    in >> parts[0] >> parts[1] >> parts[2];
    const auto at = numberFrom(parts[0]);
    const auto mono = numberFrom(parts[2]);
    if (!at || !mono)
        return std::optional<TimeAnchor>();
    return std::optional(TimeAnchor{base::Instant::fromMilliseconds(*at), parts[1], *mono});
}

Result<> CaseCache::setTimeAnchor(const TimeAnchor& anchor)
{
    EVENHAND_TRY(m_state->ready());
    return m_state->setMeta(kTimeAnchor, std::to_string(anchor.at.milliseconds()) + " " + anchor.bootId + " " + std::to_string(anchor.monotonicMs));
}

} // namespace evenhand::db
