// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "app/base/sensitive.h"
#include "app/domain/envelope.h"
#include "app/domain/eventpayloads.h"
#include "app/domain/wire/wire.h"

/// Values that go into and come out of the Journal.
namespace evenhand::db {

/// Whose journal this is. Dataset and device never change once set; the rest is as the server last said.
struct JournalIdentity {
    domain::DatasetId dataset;
    domain::DeviceId device;
    domain::UserId user;
    domain::EpochId epoch;                         ///< the history line new events go to
    std::string serverUrl;
    domain::UserRole role;
    std::string userName;
    std::string displayName;
    std::vector<domain::wire::ServerKey> serverKeys;
};

/// Something that happened, before the journal numbers and signs it.
struct NewEvent {
    domain::EventPayload payload;
    std::optional<domain::CaseId> caseId{};
    std::optional<std::int64_t> contextVersion{};  ///< version of the case the agent was looking at
    std::optional<domain::EventId> supersedes{};
    std::vector<domain::BlobRef> blobRefs{};       ///< sorted by hash
    std::optional<domain::EventId> id{};           ///< from Journal::newEventId(), when another event of the batch refers to it
};

enum class Delivery {
    Pending,       ///< saved here
    Sent,          ///< on its way: the newest attempt that covers it has no outcome yet
    Acked,         ///< on the server
    Quarantined    ///< on the server, set aside there
};

/// One line of the Sync page.
struct LedgerRow {
    std::int64_t position;                         ///< order of saving; for paging
    domain::EventId eventId;
    domain::EpochId epoch;
    std::int64_t seq;
    std::string type;
    std::optional<domain::CaseId> caseId;
    base::Instant savedAt;
    Delivery delivery;
    std::optional<std::string> reason;             ///< why quarantined
    std::optional<base::Instant> receiptStoredAt;
    std::string requestId{};                       ///< of the newest attempt that covers it, while unsent; "" when none did lately
    std::string attemptOutcome{};                  ///< of that attempt; "" while it runs
    std::string attemptDetail{};
};

struct JournalCounts {
    std::int64_t total = 0;
    std::int64_t pending = 0;                      ///< including sent
    std::int64_t quarantined = 0;
    std::optional<base::Instant> oldestPending;
    std::int64_t drafts = 0;
    std::int64_t unsentBlobs = 0;                  ///< recordings and photos without a verified receipt
    std::int64_t unsentBlobBytes = 0;
};

/// A recording or photo that an own event refers to. The file is `blobs/<hex of sha256>.evb` in the profile's folder.
struct OwnBlob {
    base::Hash256 sha256;
    std::int64_t size;
    domain::EventId eventId;                       ///< the first event that named it
    std::optional<domain::CaseId> caseId;
    base::Instant savedAt;                         ///< of that event
    bool eventDelivered;                           ///< the server knows the event, so it takes the bytes
    std::optional<base::Instant> verifiedAt;       ///< the server proved that it has the bytes
    std::optional<base::Instant> removedAt;        ///< the file here was removed after that
};

/// An own event with its clear content, for the overlay over the cache.
struct OwnEvent {
    domain::EventEnvelope envelope;                ///< payload absent once pruned or revoked
    domain::EventHeader header;
    Delivery delivery;
};

/// A short mark of own work, for "worked today".
struct OwnMark {
    domain::EventId eventId;
    std::optional<domain::CaseId> caseId;
    std::string type;
    base::Instant savedAt;
};

struct Draft {
    domain::DraftId id;
    std::optional<domain::CaseId> caseId;
    std::string form;                              ///< call, note …: who can read the body
    base::SensitiveText body;                      ///< JSON of the form
    base::Instant savedAt{};                       ///< set by the journal
};

struct JournalHead {
    domain::EpochId epoch;
    std::int64_t seq = 0;                          ///< 0 before the first event
    base::Hash256 hash{};                          ///< zero before the first event
};

struct Attempt {
    std::int64_t id;
    base::Instant at;
    std::int64_t firstSeq;
    std::int64_t lastSeq;
    std::string requestId;
    std::optional<std::string> outcome;            ///< "ok", or a problem code; absent while open
    std::string detail{};                          ///< what the server, or the network, said about a failure; English
};

/// A case that was taken away, of which this device has not yet signed that it is gone.
struct OpenPurge {
    base::Uuid revokeId;
    domain::CaseId caseId;
    bool cameBack;                                 ///< the server gave the case back meanwhile
    std::int64_t eventsPending;                    ///< own events of the case that are still to be delivered
};

struct PurgeReceipt {
    base::Uuid revokeId;
    domain::SignedStatement receipt;
};

/// What a check of the whole chain found.
struct ChainReport {
    std::int64_t events = 0;
    bool ok = true;
    struct Bad {
        std::string epoch;
        std::int64_t seq;
        std::string reason;                        ///< gap, chain_break, hash_mismatch, bad_signature, bad_header, envelope_mismatch, payload_mismatch
    };
    std::optional<Bad> firstBad;
};

} // namespace evenhand::db
