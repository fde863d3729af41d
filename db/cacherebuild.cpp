// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "app/base/log.h"
#include "cache_queries.h"
#include "db/cacheapply.h"

// A full resync: a new file beside the old one, that takes its place when it has passed.
namespace evenhand::db {

namespace fs = std::filesystem;

using base::ErrorCode;
using base::fail;
using base::Result;
using sqlite::Transaction;

namespace {

constexpr const char* kNew = ".new";
constexpr const char* kPage = "resync_page";
constexpr const char* kComplete = "resync_complete";

Result<> syncPath(const std::string& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced ? Result<>() : Result<>(fail(ErrorCode::Storage, "the new cache could not be synced"));
}

/// Lets go of the file. Its log is folded in first, so that what is left under the name is whole by itself.
Result<> closeWhole(sqlite::Connection& db)
{
    const auto folded = db.checkpoint();
    if (!folded && folded.error().code != ErrorCode::Damaged)
        return folded;
    EVENHAND_ASSIGN(auto placeholder, sqlite::Connection::open({.path = ":memory:"}));
    db = std::move(placeholder);
    return {};
}

void removeLogs(const std::string& path)
{
    std::error_code ignored;
    for (const char* suffix : {"-wal", "-shm"})
        fs::remove(path + suffix, ignored);
}

} // namespace

bool CaseCache::rebuildExists() const
{
    std::error_code ignored;
    return fs::exists(m_state->config.path + kNew, ignored);
}

Result<CaseCache> CaseCache::openRebuild() const
{
    const auto& config = m_state->config;
    return open({config.path + kNew, config.key.duplicate(), config.programVersion, config.secureDelete}, m_state->clock);
}

void CaseCache::discardRebuild() const
{
    std::error_code ignored;
    fs::remove(m_state->config.path + kNew, ignored);
    removeLogs(m_state->config.path + kNew);
}

Result<RebuildState> CaseCache::rebuildState() const
{
    EVENHAND_ASSIGN(auto page, m_state->meta(kPage));
    EVENHAND_ASSIGN(const auto complete, m_state->meta(kComplete));
    return RebuildState{page.value_or(""), complete.has_value()};
}

Result<> CaseCache::addSnapshotPage(const domain::wire::SnapshotResponse& page)
{
    EVENHAND_TRY(m_state->ready());
    m_state->search.forgetPending();
    EVENHAND_ASSIGN(auto transaction, Transaction::begin(m_state->db));
    CheckpointApplier applier(m_state->db, m_state->search);
    for (const auto& op : page.rows)
        EVENHAND_TRY(applier.apply(op));
    domain::wire::PullOp lease;
    lease.op = "lease";
    lease.leaseUntil = page.leaseUntil;
    EVENHAND_TRY(applier.apply(lease));
    EVENHAND_TRY(applier.finish());
    EVENHAND_TRY(m_state->setMeta(kPage, page.nextPage.value_or("")));
    if (!page.nextPage) {
        EVENHAND_TRY(m_state->setMeta(kComplete, "1"));
        EVENHAND_ASSIGN(auto update, m_state->prepare(sql::cache::kStateStaged));
        EVENHAND_TRY(update.bind(":scope_epoch", page.scopeEpoch).bind(":cursor", page.asOfCursor).bind(":upto", page.asOf).bind(":staging_complete", false).run());
    }
    return transaction.commit();
}

Result<> CaseCache::replaceWith(CaseCache fresh)
{
    const auto path = m_state->config.path;
    EVENHAND_ASSIGN(const auto anchor, timeAnchor());
    if (anchor)
        EVENHAND_TRY(fresh.setTimeAnchor(*anchor));
    const auto floor = timeFloor();
    if (floor && *floor)
        EVENHAND_TRY(fresh.raiseTimeFloor(**floor));
    EVENHAND_TRY(fresh.m_state->db.checkIntegrity());
    for (const auto key : {kPage, kComplete}) {
        EVENHAND_ASSIGN(auto remove, fresh.m_state->prepare(sql::cache::kMetaDelete));
        EVENHAND_TRY(remove.bind(":key", std::string_view(key)).run());
    }
    EVENHAND_TRY(closeWhole(fresh.m_state->db));
    EVENHAND_TRY(syncPath(path + kNew, O_RDONLY));
    if (auto closed = closeWhole(m_state->db); !closed)
        return closed;
    removeLogs(path);            // empty by now; a log must never meet another file than its own
    removeLogs(path + kNew);
    std::error_code failed;
    fs::rename(path + kNew, path, failed);
    if (!failed)
        EVENHAND_TRY(syncPath(fs::path(path).parent_path().string(), O_RDONLY | O_DIRECTORY));
    m_state->search.forgetPending();
    EVENHAND_ASSIGN(m_state->db, State::connect(m_state->config, m_state->clock));
    return failed ? Result<>(fail(ErrorCode::Storage, "the new cache could not take its place: " + failed.message())) : Result<>();
}

} // namespace evenhand::db
