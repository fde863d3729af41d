// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/rowdigest.h"
#include "app/domain/wire/wire.h"

/// The messages by which both sides find out that they differ and put it right: digest, snapshot and purge receipts (docs/sync.md).
namespace evenhand::domain::wire {

struct BucketSum {
    int bucket = 0;                                ///< 0 … 64
    DigestSum sum{};
};

/// POST /v1/digest. Buckets that are left out are empty.
struct DigestRequest {
    std::int64_t scopeEpoch = 0;
    std::string cursor;                            ///< where the last complete pull ended
    std::vector<BucketSum> buckets;
    std::optional<EpochId> epoch;                  ///< journal.epoch
    std::vector<BucketSum> found;                  ///< mismatches the workstation saw by itself
};

struct DigestResponse {
    std::vector<BucketSum> mismatched;             ///< with the server's sums
    std::int64_t ackedUpto = 0;
    std::vector<SeqRange> missing;
};

/// GET /v1/snapshot. Rows are put (and annotate) ops as they are now, never older than asOf.
struct SnapshotResponse {
    std::int64_t scopeEpoch = 0;
    std::int64_t asOf = 0;
    std::string asOfCursor;                        ///< a pull from here brings everything to one position
    std::optional<std::string> nextPage;           ///< absent: this was the last one
    std::vector<PullOp> rows;
    std::vector<PullOp> revokes;                   ///< last page: every revoke without a purge receipt of this device
    base::Instant leaseUntil{};
};

/// POST /v1/purged: statements of kind "purged" or "wiped", signed by the device. At most 500.
struct PurgedRequest {
    std::vector<SignedStatement> receipts;
};

struct PurgedResponse {
    std::vector<base::Uuid> stored;
    std::vector<base::Uuid> unknown;               ///< stored too: the server knows no such revoke
};

[[nodiscard]] base::Json encode(const DigestRequest& message);
[[nodiscard]] base::Json encode(const DigestResponse& message);
[[nodiscard]] base::Json encode(const SnapshotResponse& message);
[[nodiscard]] base::Json encode(const PurgedRequest& message);
[[nodiscard]] base::Json encode(const PurgedResponse& message);
[[nodiscard]] base::Result<DigestRequest> decodeDigestRequest(const base::Json& json);
[[nodiscard]] base::Result<DigestResponse> decodeDigestResponse(const base::Json& json);
[[nodiscard]] base::Result<SnapshotResponse> decodeSnapshotResponse(const base::Json& json);
[[nodiscard]] base::Result<PurgedRequest> decodePurgedRequest(const base::Json& json);
[[nodiscard]] base::Result<PurgedResponse> decodePurgedResponse(const base::Json& json);

} // namespace evenhand::domain::wire
