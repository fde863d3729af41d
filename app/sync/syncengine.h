// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/domain/wire/repair.h"
#include "app/sync/alarm.h"
#include "app/sync/pokelistener.h"
#include "app/sync/syncprotocol.h"
#include "db/casecache.h"
#include "db/journal.h"

namespace evenhand::sync {

enum class Phase { Idle, Hello, Session, Push, Pull, Check, Resync };
enum class Contact { NotTried, Online, Offline, NeedsPassword, Untrusted, WrongServer };

struct RoundFailure {
    base::Instant at{};
    CallFailure failure;
    Phase phase = Phase::Idle;
};

struct EngineStatus {
    Contact contact = Contact::NotTried;
    Phase phase = Phase::Idle;
    bool paused = false;
    std::optional<base::Instant> nextAttemptAt{};
    std::optional<base::Instant> lastContactAt{};
    std::optional<base::Instant> viewCompleteAt{};
    std::int64_t pulledRows = 0;
    std::optional<RoundFailure> lastFailure{};
    PokeMode pokes = PokeMode::None;
    std::optional<base::Instant> checkedAt{};        ///< all rows counted anew, and the server agreed
    std::int64_t repairedBuckets = 0;                ///< since this program began
    std::int64_t resyncs = 0;                        ///< full ones that passed, since this program began
    std::optional<db::Deletion> heldDeletion{};      ///< cases would go without an order: a person decides
    std::int64_t missingCases = 0;                   ///< the last full resync did not bring them, and nobody took them away
};

/// Who speaks to whom.
struct EngineIdentity {
    domain::DatasetId dataset;
    domain::DeviceId device;
    domain::UserId user;
    std::vector<domain::wire::ServerKey> serverKeys;
    std::string clientVersion;
};

/// What opens a session. The password is used for the next session only and then forgotten.
struct Credentials {
    base::SigningKey deviceKey;
    std::optional<std::string> password{};
    std::optional<std::string> refreshToken{};
};

/// A further call of the running round: path, body, and who gets the answer. Nobody is called when the round ended meanwhile.
using RoundCall = std::function<void(const std::string& path, const base::Json& body, std::function<void(Reply<base::Json>)> answered)>;

/// Told on the engine's own thread, never from inside a call to the engine's constructor.
struct EngineListener {
    std::function<void(const EngineStatus&)> status;
    std::function<void(const db::ApplyOutcome&)> applied;                     ///< rows became visible
    std::function<void()> delivered;                                          ///< receipts were stored
    std::function<void(const domain::wire::SessionResponse&)> sessionOpened;  ///< keep the refresh token
    std::function<void()> purged{};                                           ///< cases were taken away: recordings of them may go
    /// The view is complete. May make calls of its own, one after the other, and must end with `done`; their failure is no failure of the round.
    std::function<void(const RoundCall& call, std::function<void()> done)> viewComplete{};
};

struct EngineTiming {
    std::int64_t firstRetryMs = 2'000;         ///< doubled with each failure; the wait is random between 0 and that
    std::int64_t longestRetryMs = 300'000;
    std::int64_t shortestRetryMs = 250;        ///< so that a random zero does not spin
    std::int64_t pollMs = 60'000;              ///< between rounds when all is well and nobody pokes us; ± a fifth
    std::int64_t pollWhileListeningMs = 240'000;   ///< the same while a poke would come; ± a fifth
    std::int64_t betweenPokesMs = 2'000;       ///< pokes start a pull at most so often
    std::int64_t recountMs = 86'400'000;       ///< all rows are counted anew so often
    std::int64_t recountRows = 2'000;          ///< in one go, so that a save in between waits some milliseconds
    std::int64_t watchdogMs = 60'000;
    std::int64_t tokenMarginMs = 30'000;       ///< a token this close to its end is not used any more
};

/// Brings what was saved to the server and what the server says here: session if needed → push until empty → pull until complete.
/// A round ends at its first failure and the next one is armed by timer, with no limit on attempts; nothing needs a person or a
/// new event to go on. Every step can be repeated. Data thread only; never blocks on the network.
class SyncEngine {
public:
    SyncEngine(SyncProtocol& protocol, db::Journal& journal, db::CaseCache& cache, EngineIdentity identity, Credentials credentials,
               const base::Clock& clock, AlarmMaker& alarms, EngineListener listener, EngineTiming timing = {});
    ~SyncEngine();
    SyncEngine(const SyncEngine&) = delete;
    SyncEngine& operator=(const SyncEngine&) = delete;

    /// A round now; while one runs, another one right after it. For: start, a new event, "send now", network or wake-up.
    void kick();
    /// Ends the running round and starts none until resumed.
    void setPaused(bool paused);
    void usePassword(std::string password);
    /// Counts all rows anew with the next round, instead of once a day.
    void checkNow();
    /// A person agreed to a deletion that the guard held.
    void allowMassDeletion();
    [[nodiscard]] const EngineStatus& status() const { return m_status; }
    /// Of the session, for calls beside the rounds; "" while there is none. May have run out: then kick() brings a new one.
    [[nodiscard]] const std::string& token() const { return m_token; }

private:
    void beginRound();
    void sayHello();
    void openSession(const domain::wire::Hello& hello);
    void sessionOpened(const domain::wire::SessionResponse& session);
    void sessionRefused(const domain::wire::Hello& hello, CallFailure failure);
    [[nodiscard]] domain::wire::SessionRequest sessionRequest(const domain::wire::Hello& hello, const db::JournalHead& head) const;
    [[nodiscard]] const char* grant() const;
    void push();
    void pushed(std::int64_t attempt, const std::vector<domain::EventEnvelope>& batch, const domain::wire::EventsResponse& answer);
    void pushFailed(std::int64_t attempt, const std::vector<domain::EventEnvelope>& batch, CallFailure failure);
    [[nodiscard]] std::vector<domain::wire::EventResult> provenResults(const std::vector<domain::EventEnvelope>& batch,
                                                                       const domain::wire::EventsResponse& answer) const;
    void askFeatures();
    [[nodiscard]] bool offers(const char* feature) const { return m_features.contains(feature); }
    void pushOpaque(std::int64_t attempt, const domain::EventEnvelope& event, CallFailure refused);
    void pull();
    void pulled(const domain::wire::PullResponse& page);
    void pullFailed(CallFailure failure);
    void apply();
    [[nodiscard]] base::Result<std::vector<base::Uuid>> closeRevokedCases(const std::vector<db::StagedRevoke>& revokes);   ///< those refused
    [[nodiscard]] base::Result<> checkRevoke(const db::StagedRevoke& revoke) const;
    [[nodiscard]] bool isHeld(const db::Deletion& deletion);

    // syncpurge.cpp
    [[nodiscard]] base::Result<> finishPurges(const std::map<domain::CaseId, std::int64_t>& forgotten);
    [[nodiscard]] domain::SignedStatement purgeReceipt(const db::OpenPurge& purge, std::int64_t rows) const;
    void sendPurgeReceipts(std::function<void()> next);

    // syncsanity.cpp
    void check();
    void recountSlice();
    void recounted();
    void compareWithServer(std::vector<domain::wire::BucketSum> found);
    void compared(const domain::wire::DigestResponse& answer);
    void repairNext();
    void fetchBucket(const std::string& page);
    void bucketFetched(const domain::wire::SnapshotResponse& page);
    void viewDone();

    // syncresync.cpp
    void beginResync(const std::string& why);
    void continueResync();
    void fetchSnapshot(const std::string& page);
    void snapshotFetched(const domain::wire::SnapshotResponse& page);
    void pullRebuild();
    void rebuildPulled(const domain::wire::PullResponse& page);
    void compareRebuild();
    void swapRebuild();
    void resyncFailed(CallFailure failure);
    [[nodiscard]] std::vector<db::StagedRevoke> revokesIn(const std::vector<domain::wire::PullOp>& ops) const;
    [[nodiscard]] base::Result<> reopenReturnedCases(const std::vector<domain::CaseId>& changed);
    void finishRound();
    void failRound(CallFailure failure);
    void failRound(base::Error error);
    void arm(std::int64_t inMilliseconds);
    void watch();
    [[nodiscard]] bool waitsTooLong() const;
    void enter(Phase phase);
    void tell();
    void noteContact();
    void poked();
    [[nodiscard]] bool renewable(const CallFailure& failure);
    /// Wraps a continuation so that it runs only if its round still does.
    template <class T>
    std::function<void(Reply<T>)> inRound(std::function<void(Reply<T>)> next);

    SyncProtocol& m_protocol;
    db::Journal& m_journal;
    db::CaseCache& m_cache;
    EngineIdentity m_identity;
    Credentials m_credentials;
    const base::Clock& m_clock;
    EngineListener m_listener;
    EngineTiming m_timing;
    std::unique_ptr<Alarm> m_next;
    std::unique_ptr<Alarm> m_watchdog;
    std::shared_ptr<int> m_round = std::make_shared<int>(0);   ///< a callback holds it weakly: gone engine, no call
    EngineStatus m_status;
    PokeListener m_pokes;
    std::set<std::string> m_features;
    std::unique_ptr<Alarm> m_slice;
    std::optional<db::Recount> m_recount;
    std::vector<domain::wire::BucketSum> m_found;    ///< what we saw by ourselves, to be reported
    std::vector<int> m_toRepair;
    std::vector<domain::wire::PullOp> m_bucketRows;
    std::optional<db::CaseCache> m_rebuild;
    bool m_checkDue = false;
    bool m_pulledForCheck = false;                   ///< in this round
    bool m_allowsMassDeletion = false;
    std::int64_t m_lastPullMs = 0;
    std::int64_t m_retryAskedMs = 0;                 ///< Retry-After of the last failure
    int m_bisectLimit = 0;                           ///< 0: no event is suspected
    std::string m_token;
    std::int64_t m_tokenEndsMs = 0;
    bool m_pullAllowed = true;
    bool m_deviceGrantOnly = false;
    bool m_renewedInRound = false;
    bool m_again = false;
    int m_failures = 0;
    int m_batchFailures = 0;
    int m_batchLimit = 200;
    std::int64_t m_batchBytes = 1 << 20;
    std::int64_t m_phaseSinceMs = 0;
};

/// How long to wait after the n-th failure in a row (from 1): random between 0 and min(longest, first · 2^(n−1)).
[[nodiscard]] std::int64_t retryDelayMs(const EngineTiming& timing, int failures, double random01);

} // namespace evenhand::sync
