// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "db/journaltypes.h"
#include "db/sqlite/connection.h"

namespace evenhand::db {

struct JournalConfig {
    std::string path;                        ///< …/journal.db
    base::SecretKey key;                     ///< ProfileKeys::journal
    base::SigningKey deviceKey;
    std::string programVersion;
    sqlite::JournalMode journalMode = sqlite::JournalMode::Delete;     ///< anything else is for negative controls
    sqlite::Synchronous synchronous = sqlite::Synchronous::Extra;
};

/// What the agent recorded: append-only events, their receipts, and drafts (reference §3.2, §4). Owns the only connection to
/// journal.db, locks the file against a second program, and never rebuilds or replaces it. Nothing edits an event: a correction
/// is a new event that names the old one. Data thread only.
///
/// A call that returns has its effect on disk; a call that fails has none and may be repeated. Errors are those of
/// sqlite::Connection; Conflict from open(): another program has this profile open.
class Journal {
public:
    [[nodiscard]] static base::Result<Journal> open(JournalConfig config, const base::Clock& clock);

    /// Set once enrolment answered. The first call also records the event `epoch_started`. Conflict: the journal belongs to
    /// another dataset or device, or `epoch` differs from the stored one (see startEpoch).
    [[nodiscard]] base::Result<> setIdentity(const JournalIdentity& identity);
    [[nodiscard]] base::Result<std::optional<JournalIdentity>> identity() const;
    /// Begins a new history line; its first event names the old one. `reason`: restored, mint_new.
    [[nodiscard]] base::Result<domain::EpochId> startEpoch(const std::string& reason);
    [[nodiscard]] base::Result<JournalHead> head() const;

    /// An id for an event that others of the same batch refer to. Ids only grow, also over restarts.
    [[nodiscard]] base::Result<domain::EventId> newEventId();
    /// Saves all events in one transaction, in this order, and discards `finishedDraft` with them. Returns once they are on disk.
    /// Recordings and photos that an event refers to are registered for upload in the same transaction; their files are in place before.
    [[nodiscard]] base::Result<std::vector<domain::EventEnvelope>> append(std::span<const NewEvent> events, int utcOffsetMinutes,
                                                                          std::optional<domain::DraftId> finishedDraft = std::nullopt);

    /// The next batch to send, of one epoch (the oldest with anything pending), ascending seq: no event before its predecessor.
    /// At least one event if any is pending, whatever `maxBytes` (size on the wire).
    [[nodiscard]] base::Result<std::vector<domain::EventEnvelope>> unsent(int limit, std::int64_t maxBytes) const;
    /// Written before the batch leaves.
    [[nodiscard]] base::Result<std::int64_t> recordAttempt(const domain::EpochId& epoch, std::int64_t firstSeq, std::int64_t lastSeq,
                                                           const std::string& requestId);
    /// Ends an attempt without receipts: a problem code, or "no_answer", and what was said about it.
    [[nodiscard]] base::Result<> finishAttempt(std::int64_t attemptId, const std::string& outcome, const std::string& detail = {});
    /// Stores verdicts and receipts and ends the attempt, in one transaction. The caller has verified the receipts.
    [[nodiscard]] base::Result<> recordResults(std::int64_t attemptId, std::span<const domain::wire::EventResult> results);
    /// The server says it lacks these (after a restore): they become pending again.
    [[nodiscard]] base::Result<> markMissing(const domain::EpochId& epoch, std::span<const domain::wire::SeqRange> missing);
    /// Attempts that were open when the program died are ended as "interrupted". Called by open().

    [[nodiscard]] base::Result<JournalCounts> counts() const;
    /// Newest first; the next page starts below the last row's `position`.
    [[nodiscard]] base::Result<std::vector<LedgerRow>> ledger(int limit, std::optional<std::int64_t> before = std::nullopt) const;
    /// As ledger(), only what has no receipt; costs nothing for the rest.
    [[nodiscard]] base::Result<std::vector<LedgerRow>> unsentLedger(int limit, std::optional<std::int64_t> before = std::nullopt) const;
    [[nodiscard]] base::Result<std::optional<Attempt>> lastAttempt() const;
    [[nodiscard]] base::Result<std::optional<OwnEvent>> findEvent(const domain::EventId& id) const;
    /// Own events of a case, oldest first; the caller leaves out those with an echo (CaseCache::echoExists). Empty once revoked.
    [[nodiscard]] base::Result<std::vector<OwnEvent>> eventsOfCase(const domain::CaseId& caseId) const;
    /// Own events saved since, oldest first.
    [[nodiscard]] base::Result<std::vector<OwnMark>> marksSince(base::Instant since) const;

    // ---- recordings and photos
    [[nodiscard]] base::Result<std::vector<OwnBlob>> unsentBlobs() const;   ///< without a verified receipt, in order of saving
    [[nodiscard]] base::Result<std::vector<OwnBlob>> keptBlobs() const;     ///< verified on the server, and still here
    [[nodiscard]] base::Result<std::optional<OwnBlob>> findBlob(const base::Hash256& sha256) const;
    /// The caller has verified the receipt.
    [[nodiscard]] base::Result<> recordBlobReceipt(const base::Hash256& sha256, const domain::SignedStatement& receipt);
    [[nodiscard]] base::Result<> recordBlobRemoved(const base::Hash256& sha256);

    [[nodiscard]] base::Result<> saveDraft(const Draft& draft);        ///< inserts or replaces
    [[nodiscard]] base::Result<std::vector<Draft>> drafts() const;     ///< newest first
    [[nodiscard]] base::Result<> discardDraft(const domain::DraftId& id);

    /// First step of taking a case away (reference §11): delivered content of the case is erased, drafts of it become events of
    /// type draft_recovered, the case is closed for reading. Repeatable. `statement` is kept for the purge receipt.
    [[nodiscard]] base::Result<> revokeCase(const base::Uuid& revokeId, const domain::CaseId& caseId, const domain::SignedStatement& statement,
                                            int utcOffsetMinutes);
    [[nodiscard]] base::Result<bool> isRevoked(const domain::CaseId& caseId) const;
    /// The server gave the case back: it can be read again.
    [[nodiscard]] base::Result<> reopenCase(const domain::CaseId& caseId);

    [[nodiscard]] base::Result<std::vector<OpenPurge>> openPurges() const;
    [[nodiscard]] base::Result<> recordPurged(const base::Uuid& revokeId, const domain::SignedStatement& receipt);
    [[nodiscard]] base::Result<std::vector<PurgeReceipt>> unsentPurgeReceipts(int limit) const;
    [[nodiscard]] base::Result<> markPurgesSent(std::span<const base::Uuid> revokeIds);

    /// Reads every event: sequence, hash chain, signatures, payload commitments.
    [[nodiscard]] base::Result<ChainReport> verifyChain() const;

    /// For tests and support only.
    [[nodiscard]] sqlite::Connection& connection();

    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;
    ~Journal();

private:
    struct State;
    explicit Journal(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// As Journal::verifyChain() for a file of which only the key is known; opens it read-only. WrongKey, Damaged, NotFound …
[[nodiscard]] base::Result<ChainReport> verifyJournalFile(const std::string& path, const base::SecretKey& key);

} // namespace evenhand::db
