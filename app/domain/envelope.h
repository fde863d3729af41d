// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "app/base/json.h"
#include "app/domain/ids.h"

/// The event envelope, version 1: header (canonical JSON without personal data), signature, and the payload with its salt.
/// Bytes are canonical once, when written, and from then on stored, sent and verified verbatim.
namespace evenhand::domain {

inline constexpr std::size_t kHeaderLimit = 4096;
inline constexpr std::size_t kPayloadLimit = 65536;

/// A recording or photo that an event refers to.
struct BlobRef {
    base::Hash256 sha256;
    std::int64_t size;
};

struct EventHeader {
    DatasetId datasetId;
    EventId eventId;
    DeviceId deviceId;
    EpochId epoch;
    std::int64_t seq;                             ///< 1, 2, 3 … without gaps per device and epoch
    std::string type;                             ///< [a-z][a-z0-9_]*, at most 64 characters
    std::int64_t typeVersion;                     ///< ≥ 1
    std::optional<CaseId> caseId;
    UserId actorId;
    base::Instant occurredAt;                     ///< what the agent's clock said
    int utcOffsetMinutes;                         ///< −1080 … 1080
    std::int64_t monoMs;                          ///< milliseconds since boot
    base::Uuid bootId;
    std::string hlc;                              ///< see Hlc
    std::optional<std::int64_t> contextVersion;   ///< version of the case the agent was looking at
    std::optional<EventId> supersedes;
    std::vector<BlobRef> blobRefs;                ///< sorted by hash, at most 32
    base::Hash256 payloadCommit;                  ///< SHA-256(salt ‖ payload)
    base::Hash256 prevHash;                       ///< hash of seq − 1 in this epoch; zero for the first
};

[[nodiscard]] std::string encodeHeader(const EventHeader& header);                        ///< canonical bytes
[[nodiscard]] base::Result<EventHeader> decodeHeader(std::string_view canonicalBytes);    ///< Invalid names the member

/// One event as it is kept and sent. `payload` and `salt` are absent once erased or when only the sealed form exists.
struct EventEnvelope {
    EventId eventId;
    EpochId epoch;
    std::int64_t seq;
    std::string header;
    base::Hash256 hash;
    base::Signature signature;
    std::optional<std::string> payload;
    std::optional<base::Bytes> salt;
};

[[nodiscard]] base::Hash256 payloadCommitment(base::ByteView salt, std::string_view payload);
[[nodiscard]] base::Hash256 eventHash(std::string_view headerBytes);
[[nodiscard]] base::Signature signEvent(const base::SigningKey& deviceKey, const base::Hash256& hash);
[[nodiscard]] bool verifyEventSignature(const base::PublicKey& deviceKey, const base::Hash256& hash, base::ByteView signature);

/// Completes, hashes and signs an event. `header.payloadCommit` is set here; everything else comes filled in.
/// Invalid when header or payload exceed their limits.
[[nodiscard]] base::Result<EventEnvelope> buildEnvelope(EventHeader header, std::string payload, base::ByteView salt32,
                                                        const base::SigningKey& deviceKey);

/// A hybrid logical clock value "hhhhhhhhhhhh-cccc": milliseconds and counter in hex, so that text order is time order.
class Hlc {
public:
    [[nodiscard]] static std::optional<Hlc> tryFromString(std::string_view text);
    [[nodiscard]] static Hlc after(const std::optional<Hlc>& last, base::Instant physical);
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] std::int64_t milliseconds() const { return m_ms; }

private:
    Hlc(std::int64_t ms, int counter) : m_ms(ms), m_counter(counter) {}
    std::int64_t m_ms;
    int m_counter;
};

/// A statement one side is held to: {"statement", "sig"} with sig over "evenhand.<kind>.v1\n" ‖ statement bytes.
struct SignedStatement {
    std::string statement;   ///< canonical JSON, with members v and kind
    base::Signature signature;
};

[[nodiscard]] SignedStatement signStatement(const base::SigningKey& key, const base::Json& statement);
/// The parsed statement if kind and signature are right; Unauthorized otherwise.
[[nodiscard]] base::Result<base::Json> verifyStatement(const base::PublicKey& key, std::string_view kind, std::string_view statement,
                                                       base::ByteView signature);

} // namespace evenhand::domain
