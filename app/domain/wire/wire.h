// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/domain/envelope.h"

/// Messages of HTTP API version 1 as plain values, with one codec for both ends (docs/sync.md). `encode` gives the body's JSON,
/// `decode…` reads it and names the bad member. Unknown members are ignored.
namespace evenhand::domain::wire {

inline constexpr const char* kMediaType = "application/vnd.evenhand.v1+json";
inline constexpr const char* kProblemType = "application/problem+json";
inline constexpr int kProtocol = 1;

struct Limits {
    std::int64_t batchEvents = 200;
    std::int64_t batchBytes = 1048576;
    std::int64_t pullOps = 1000;
    std::int64_t heartbeatS = 20;
};

/// GET /v1/hello, the part without a token: is this our server?
struct Hello {
    DatasetId datasetId;
    int protocolMin = kProtocol;
    int protocolMax = kProtocol;
    base::Instant serverTime;
    std::string challenge;                  ///< opaque; comes back in enrol and session statements
    std::int64_t challengeExpiresIn = 120;
    SignedStatement identity;               ///< kind "identity": key_id, sign_public_key, dataset_id, challenge
    Limits limits;
};

struct ServerKey {
    std::string keyId;
    std::string use;                        ///< sign, log, seal
    std::string algorithm;                  ///< ed25519, x25519
    base::Bytes publicKey;
    base::Instant notBefore;
};

/// How the office presents itself to debtors and where it can be reached (`evenhandd office`); an empty member is not known.
struct OfficeNames {
    std::string institution{};
    std::string neutralName{};              ///< reveals nothing to third persons
    std::string callbackNumber{};
    std::string complaintNumber{};
    std::string paymentChannel{};           ///< the creditor's official one
};

struct Policy {
    std::int64_t leaseDays = 7;
    std::int64_t ackedRetentionDays = 30;
    std::int64_t idleLockS = 240;
    OfficeNames office{};
};

[[nodiscard]] base::Json encode(const OfficeNames& office);
/// Tolerant: what is absent is empty.
[[nodiscard]] OfficeNames decodeOffice(base::JsonReader& in);

struct EnrolRequest {
    std::string userName;
    std::string password;
    SignedStatement statement;              ///< kind "enrol": device_public_key, device_label, challenge, client_version, at
};

struct EnrolResponse {
    DatasetId datasetId;
    DeviceId deviceId;
    UserId userId;
    std::string role;
    std::vector<ServerKey> serverKeys;
    Policy policy;
};

struct SessionRequest {
    SignedStatement statement;              ///< kind "session": see the reference; grant is password, refresh or device
    std::optional<std::string> password;
    std::optional<std::string> refreshToken;
};

struct SeqRange {
    std::int64_t first;
    std::int64_t last;                      ///< inclusive
};

struct EpochState {
    EpochId epoch;
    std::int64_t ackedUpto;
    std::int64_t knownHeadSeq;
    std::vector<SeqRange> missing;
};

struct SessionResponse {
    base::Uuid sessionId;
    std::string accessToken;
    std::int64_t expiresIn;
    std::optional<std::string> refreshToken;
    std::int64_t refreshExpiresIn = 0;
    std::vector<std::string> scope;         ///< push, pull, blob, log
    std::vector<EpochState> epochs;
    bool mintNewEpoch = false;              ///< epoch_action
    bool pushAllowed = true;
    bool pullAllowed = true;
    std::optional<std::string> refusal;     ///< why pull is refused, for people
    Policy policy;
    base::Instant serverTime;
};

struct EventsRequest {
    EpochId epoch;
    std::vector<EventEnvelope> events;      ///< ascending seq
};

struct EventResult {
    EventId eventId;
    std::int64_t seq;
    std::string verdict;                    ///< accepted, duplicate, quarantined
    std::optional<std::string> reason;
    std::vector<std::string> flags;
    SignedStatement receipt;                ///< kind "receipt"
};

struct EventsResponse {
    EpochId epoch;
    std::int64_t ackedUpto;
    std::vector<SeqRange> missing;
    std::vector<EventResult> results;       ///< one per event, same order
};

struct PullRequest {
    std::int64_t scopeEpoch = 0;            ///< 0 with an empty cursor: from the beginning
    std::string cursor;
    std::int64_t max = 200;
};

/// One operation of a pull. Which members are set follows from `op`.
struct PullOp {
    std::string op;                         ///< put, del, revoke, lease, annotate, bucket_digest
    std::int64_t seq = 0;
    std::string kind;                       ///< put, del
    std::optional<base::Uuid> id;           ///< put, del: row; annotate: event
    std::optional<CaseId> caseId;
    std::string body;                       ///< put, annotate: canonical JSON text, stored verbatim
    std::optional<base::Uuid> revokeId;
    std::optional<SignedStatement> statement;   ///< revoke
    std::optional<base::Instant> leaseUntil;    ///< lease
    std::int64_t bucket = -1;                   ///< bucket_digest: 0 … 64
    std::int64_t count = 0;                     ///< bucket_digest: rows in it
    std::optional<base::Bytes> digest{};        ///< bucket_digest: 16 bytes, see domain/rowdigest.h
};

struct PullResponse {
    std::int64_t scopeEpoch;
    std::int64_t upto;
    bool complete;
    std::string nextCursor;
    std::vector<PullOp> ops;
};

/// application/problem+json
struct Problem {
    int status = 500;
    std::string code;
    std::string retry = "later";
    std::string title;
    std::string detail;
    std::optional<std::int64_t> retryAfterS;
    std::vector<std::pair<std::string, std::string>> errors;   ///< pointer, code
};

[[nodiscard]] base::Json encode(const Hello& message);
[[nodiscard]] base::Json encode(const EnrolRequest& message);
[[nodiscard]] base::Json encode(const EnrolResponse& message);
[[nodiscard]] base::Json encode(const SessionRequest& message);
[[nodiscard]] base::Json encode(const SessionResponse& message);
[[nodiscard]] base::Json encode(const EventsRequest& message);
[[nodiscard]] base::Json encode(const EventsResponse& message);
[[nodiscard]] base::Json encode(const PullRequest& message);
[[nodiscard]] base::Json encode(const PullResponse& message);
[[nodiscard]] base::Json encode(const Problem& message);
[[nodiscard]] base::Json encode(const PullOp& op);
[[nodiscard]] base::Json encode(const EventResult& result);    ///< one element of results[]
[[nodiscard]] base::Json encode(const SignedStatement& statement);
[[nodiscard]] base::Json encode(const EventEnvelope& event);   ///< one element of events[], open form

[[nodiscard]] base::Result<Hello> decodeHello(const base::Json& json);
[[nodiscard]] base::Result<EnrolRequest> decodeEnrolRequest(const base::Json& json);
[[nodiscard]] base::Result<EnrolResponse> decodeEnrolResponse(const base::Json& json);
[[nodiscard]] base::Result<SessionRequest> decodeSessionRequest(const base::Json& json);
[[nodiscard]] base::Result<SessionResponse> decodeSessionResponse(const base::Json& json);
[[nodiscard]] base::Result<EventsRequest> decodeEventsRequest(const base::Json& json);
[[nodiscard]] base::Result<EventsResponse> decodeEventsResponse(const base::Json& json);
[[nodiscard]] base::Result<PullRequest> decodePullRequest(const base::Json& json);
[[nodiscard]] base::Result<PullOp> decodePullOp(const base::Json& json);
[[nodiscard]] base::Result<EventResult> decodeEventResult(const base::Json& json);
[[nodiscard]] base::Result<SignedStatement> decodeSignedStatement(const base::Json& json);
[[nodiscard]] base::Result<PullResponse> decodePullResponse(const base::Json& json);
[[nodiscard]] base::Result<Problem> decodeProblem(const base::Json& json);

} // namespace evenhand::domain::wire
