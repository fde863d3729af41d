// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "db/cachetypes.h"
#include "db/sqlite/connection.h"

namespace evenhand::db {

struct CacheConfig {
    std::string path;                        ///< …/cache.db
    base::SecretKey key;                     ///< ProfileKeys::cache
    std::string programVersion;
    bool secureDelete = true;                ///< off only in negative controls
};

/// What the server said (reference §3.3): rows verbatim, typed copies for lists, and the search index, always in step. May be
/// thrown away and fetched again at any time; never holds anything the agent recorded. Data thread only.
/// Errors are those of sqlite::Connection; after an error nothing changed.
class CaseCache {
public:
    /// An unknown version, a wrong key or damage makes open() start an empty cache in place of the old one; see wasRebuilt().
    [[nodiscard]] static base::Result<CaseCache> open(CacheConfig config, const base::Clock& clock);
    [[nodiscard]] bool wasRebuilt() const;

    // ---- sync: pages are staged and become visible together
    [[nodiscard]] base::Result<SyncState> syncState() const;
    /// Stores a page of a pull with its cursor in one transaction; nothing is visible yet.
    [[nodiscard]] base::Result<> stagePage(const domain::wire::PullResponse& page);
    [[nodiscard]] base::Result<std::vector<StagedRevoke>> stagedRevokes() const;
    /// Applies a complete checkpoint in one transaction: put applies if seq ≥ stored version, del if seq > stored version, revoke
    /// deletes the case. Conflict: it would delete more than a fifth (and at least 10) of the cases without a revoke and
    /// `allowMassDeletion` is not set.
    [[nodiscard]] base::Result<ApplyOutcome> applyStaged(bool allowMassDeletion = false);
    /// Orders to take a case away that are not signed by the server: the case is closed for reading instead of being forgotten.
    [[nodiscard]] base::Result<ApplyOutcome> applyStaged(bool allowMassDeletion, const std::vector<base::Uuid>& refusedRevokes);
    [[nodiscard]] base::Result<Deletion> stagedDeletion() const;
    /// Forgets one case now, as a revoke would; the number of its rows. Repeatable.
    [[nodiscard]] base::Result<std::int64_t> forgetCase(const domain::CaseId& id);
    /// Drops staged pages and the cursor, and with `forgetRows` all rows: the next pull starts from the beginning.
    [[nodiscard]] base::Result<> restartPull(std::int64_t scopeEpoch, bool forgetRows);

    // ---- sanity (reference §9): sums of what is here
    [[nodiscard]] base::Result<BucketSums> runningSums() const;
    /// Counts at most `rows` more rows from their stored bytes; true when all were counted.
    [[nodiscard]] base::Result<bool> recount(Recount& recount, std::int64_t rows) const;
    [[nodiscard]] base::Result<> adoptSums(const BucketSums& sums);                ///< what a recount found
    [[nodiscard]] base::Result<std::optional<base::Instant>> checkedAt() const;    ///< last recount that agreed with the server
    [[nodiscard]] base::Result<> noteChecked();
    /// How often a bucket was repaired since it last agreed.
    [[nodiscard]] base::Result<std::map<int, int>> strikes() const;
    [[nodiscard]] base::Result<> setStrikes(const std::map<int, int>& strikes);
    [[nodiscard]] base::Result<std::vector<domain::CaseId>> caseIds() const;       ///< of every case with a row
    /// Puts `rows` in place of everything in the bucket, in one transaction. What stands there wins over nothing: the caller asks the guard first.
    [[nodiscard]] base::Result<ApplyOutcome> replaceBucket(int bucket, const std::vector<domain::wire::PullOp>& rows);

    // ---- full resync (reference §10): a new file beside this one, that replaces it when it has passed
    [[nodiscard]] bool rebuildExists() const;
    /// Opens or begins the new file; continues where an earlier attempt stopped.
    [[nodiscard]] base::Result<CaseCache> openRebuild() const;
    void discardRebuild() const;                                                   ///< close what openRebuild() gave first
    [[nodiscard]] base::Result<RebuildState> rebuildState() const;
    /// Rows and page token in one transaction.
    [[nodiscard]] base::Result<> addSnapshotPage(const domain::wire::SnapshotResponse& page);
    /// Checks `fresh` and takes its place: killed anywhere, the old file or the new one. After an error the old one goes on.
    [[nodiscard]] base::Result<> replaceWith(CaseCache fresh);

    // ---- lists
    [[nodiscard]] base::Result<std::vector<BucketSummary>> bucketSummaries(const QueueMoment& moment) const;   ///< all four, in order
    [[nodiscard]] base::Result<std::vector<CaseListRow>> queue(QueueBucket bucket, const QueueMoment& moment, Page page) const;
    [[nodiscard]] base::Result<std::optional<CaseListRow>> listRow(const domain::CaseId& id) const;
    [[nodiscard]] base::Result<std::vector<CaseListRow>> casesOfPerson(const std::string& personKey, const domain::CaseId& except) const;
    [[nodiscard]] base::Result<std::int64_t> caseCount() const;
    /// Cases that fit every word of `text`: part of a name (Chinese characters, pinyin, pinyin initials), of a number, or of a
    /// case number. Best first. Empty for blank text.
    [[nodiscard]] base::Result<std::vector<CaseListRow>> search(std::string_view text, int limit) const;

    // ---- one case
    [[nodiscard]] base::Result<std::optional<CaseDetail>> caseDetail(const domain::CaseId& id) const;
    /// Contacts of a case since, oldest first.
    [[nodiscard]] base::Result<std::vector<ContactHistoryRow>> contactHistory(const domain::CaseId& id, base::Instant since) const;
    [[nodiscard]] base::Result<bool> echoExists(const domain::EventId& id) const;
    /// Until when the case may be read without contact with the server; absent: no lease known.
    [[nodiscard]] base::Result<std::optional<base::Instant>> leaseUntil(const domain::CaseId& id) const;

    // ---- supervisors, users
    /// What waits for a decision, the longest waiting first.
    [[nodiscard]] base::Result<std::vector<OpenRequest>> openRequests(int limit) const;
    [[nodiscard]] base::Result<std::vector<CallLogRow>> callLog(const CallLogFilter& filter, Page page) const;   ///< newest first
    [[nodiscard]] base::Result<std::int64_t> callLogCount(const CallLogFilter& filter) const;
    [[nodiscard]] base::Result<std::vector<domain::UserRow>> users() const;
    /// Rows of kinds without a table of their own (setting, rule_pack …): id and body.
    [[nodiscard]] base::Result<std::vector<std::pair<base::Uuid, std::string>>> rowsOfKind(const std::string& kind) const;

    /// All leases known; no case: of every case without a lease of its own.
    [[nodiscard]] base::Result<std::vector<std::pair<std::optional<domain::CaseId>, base::Instant>>> leases() const;

    [[nodiscard]] base::Result<std::optional<TimeAnchor>> timeAnchor() const;
    [[nodiscard]] base::Result<> setTimeAnchor(const TimeAnchor& anchor);
    /// Trusted time never falls below this (reference §8).
    [[nodiscard]] base::Result<std::optional<base::Instant>> timeFloor() const;
    [[nodiscard]] base::Result<> raiseTimeFloor(base::Instant atLeast);

    /// For tests and support only.
    [[nodiscard]] sqlite::Connection& connection();

    CaseCache(CaseCache&&) noexcept;
    CaseCache& operator=(CaseCache&&) noexcept;
    ~CaseCache();

private:
    struct State;
    explicit CaseCache(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace evenhand::db
