// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/domain/projection.h"
#include "app/domain/wire/repair.h"
#include "app/domain/wire/wire.h"

/// Values that go into and come out of the CaseCache. Names and texts are clear; masking is the business of services.
namespace evenhand::db {

struct Page {
    int offset = 0;
    int limit = 100;
};

/// Where the pull stands. An empty cursor with scope epoch 0 means "from the beginning".
struct SyncState {
    std::int64_t scopeEpoch = 0;
    std::string cursor;
    std::int64_t upto = 0;                             ///< server_seq of the checkpoint being or last read
    bool stagingComplete = false;                      ///< a whole checkpoint is staged and waits for applyStaged()
    std::optional<base::Instant> appliedAt;            ///< when the last checkpoint became visible
};

struct ApplyOutcome {
    std::int64_t ops = 0;
    std::int64_t put = 0;
    std::int64_t deleted = 0;
    std::int64_t skipped = 0;                          ///< older than what is here
    std::int64_t unreadable = 0;                       ///< rows whose body this program cannot read; stored all the same
    std::vector<domain::CaseId> changedCases;          ///< without those in revokedCases
    std::vector<domain::CaseId> revokedCases;
    std::map<domain::CaseId, std::int64_t> forgotten{};   ///< rows that went with each case that was taken away
    std::vector<domain::wire::BucketSum> expected{};      ///< what the server says this checkpoint must add up to; empty: it did not say
};

/// Sums over all rows, by bucket.
using BucketSums = std::array<domain::DigestSum, domain::kBuckets>;

/// Counting the rows anew from their stored bytes, a slice at a time.
struct Recount {
    std::int64_t after = 0;                            ///< place in the table
    BucketSums sums{};
};

/// How many cases would go without a signed order, and of how many.
struct Deletion {
    std::int64_t removed = 0;
    std::int64_t present = 0;
    /// Absence never means delete, and neither does a server gone mad (reference §7.3).
    [[nodiscard]] bool isMass() const { return removed >= 10 && removed * 5 > present; }
};

/// Where a full resync stands.
struct RebuildState {
    std::string page;                                  ///< token of the next page; "" before the first
    bool snapshotComplete = false;                     ///< from here on a normal pull
};

/// What the clock showed when a time could be trusted (reference §8).
struct TimeAnchor {
    base::Instant at{};
    std::string bootId;
    std::int64_t monotonicMs = 0;
};

/// A revoke operation waiting in the staging area: the journal closes the case before the cache forgets it.
struct StagedRevoke {
    base::Uuid revokeId;
    domain::CaseId caseId;
    domain::SignedStatement statement;
};

/// One line of a list of cases.
struct CaseListRow {
    domain::CaseId id;
    std::string businessNo;
    std::string debtorName;
    std::string portfolio;
    domain::CaseStatus status;
    base::Money balance;
    base::Money overdue;
    int daysPastDue;
    std::string bucket;
    int priority;
    std::uint32_t activeFlags;                         ///< bit n set: a flag of FlagKind n is active on the whole case
    std::optional<base::Instant> nextActionAt;
    std::optional<base::Date> promiseDueOn;            ///< earliest open promise
    std::optional<base::Date> promiseBrokenOn;         ///< latest broken promise, unless a newer one is open or kept
    std::optional<domain::UserId> assignedTo;
    std::int64_t version;                              ///< context_version
};

/// The buckets of Today in working order. An open case is in the first that fits.
enum class QueueBucket { CallbackDue, PromiseDue, PromiseBroken, Priority };

struct QueueMoment {
    base::Instant callbackUntil;                       ///< call-backs agreed up to here count as due
    base::Date today;                                  ///< promises due up to this day count as due
    std::optional<domain::UserId> assignedTo;          ///< absent: all cases here
};

struct BucketSummary {
    QueueBucket bucket;
    std::int64_t count = 0;
    std::int64_t balanceMinor = 0;                     ///< in `currency`; cases in other currencies are counted, not added
    std::string currency;
};

/// Everything the cache has on one case.
struct CaseDetail {
    domain::CaseRow row;
    std::int64_t version;                              ///< highest version among its rows
    std::vector<domain::PartyRow> parties;             ///< debtor first
    std::vector<domain::AccountRow> accounts;
    std::vector<domain::ContactPointRow> contactPoints;
    std::vector<domain::PaymentRow> payments;          ///< newest first
    std::vector<domain::PromiseRow> promises;          ///< latest due first
    std::vector<domain::EventEcho> events;             ///< by server_seq
    std::vector<domain::Annotation> annotations;
    std::optional<base::Instant> leaseUntil;           ///< of this case, else of all cases
    int unreadableRows = 0;
    std::vector<domain::PlanRow> plans{};              ///< latest request first
};

/// Something that waits for a supervisor's word: a plan request, or a promise above the limits.
struct OpenRequest {
    domain::EventId id;
    domain::CaseId caseId;
    bool isPlan;
};

/// One attempt at contact, as the gate and the history need it.
struct ContactHistoryRow {
    domain::EventId eventId;
    base::Instant at;
    domain::Channel channel;
    domain::Direction direction;
    domain::InitiatedBy initiatedBy;
    domain::ContactResult result;
    bool rightParty;
    std::int64_t durationS;
    std::string outcome;
    std::optional<domain::PartyId> partyId;
    std::optional<domain::ContactPointId> contactPointId;
    std::vector<domain::AccountId> accountIds;
    std::optional<domain::UserId> actorId;
};

struct CallLogFilter {
    std::optional<base::Instant> from;                 ///< inclusive
    std::optional<base::Instant> to;                   ///< exclusive
    std::optional<domain::UserId> actorId;
    std::string outcome;                               ///< empty: any
    std::string text;                                  ///< in the note, the case number or the debtor's name; empty: any
};

struct CallLogRow {
    domain::EventId eventId;
    std::string type;                                  ///< call …
    base::Instant at;
    base::Instant receivedAt;
    std::optional<domain::UserId> actorId;
    std::string actorName;                             ///< display name; empty when unknown
    std::optional<domain::CaseId> caseId;
    std::string businessNo;
    std::string debtorName;
    domain::Channel channel;
    domain::Direction direction;
    domain::ContactResult result;
    std::string outcome;
    std::int64_t durationS;
    bool rightParty;
    std::string verdict;
    std::string note;
};

} // namespace evenhand::db
