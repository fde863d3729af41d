// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/domain/envelope.h"
#include "app/domain/ids.h"
#include "app/domain/words.h"

/// Rows of the server's database as plain values.
namespace evenhand::server {

using PortfolioId = base::Id<struct PortfolioTag>;

struct UserRecord {
    domain::UserId id;
    std::string userName;
    std::string displayName;
    domain::UserRole role;
    std::string team;                              ///< empty: none
    std::string passwordHash;                      ///< PHC string
    bool isDisabled = false;
    base::Instant createdAt{};
    std::string staffNo{};                         ///< empty: not known
};

struct DeviceRecord {
    domain::DeviceId id;
    domain::UserId userId;
    base::PublicKey publicKey;
    std::string label;
    base::Instant enrolledAt{};
};

struct SessionRecord {
    base::Uuid id;
    domain::DeviceId deviceId;
    domain::UserId userId;
    bool mayPull = false;                          ///< scope pull: not with the device grant
    base::Instant expiresAt{};
    bool isSuperseded = false;
};

/// A case as lists, assignment and the importer need it. What people see of it are its rows (ProjectionRow).
struct CaseRecord {
    domain::CaseId id;
    PortfolioId portfolioId;
    std::string businessNo;                        ///< unique within the portfolio
    base::Hash256 contentHash{};                   ///< of what the lender sent: the same again means "unchanged"
    domain::CaseStatus status = domain::CaseStatus::Open;
    std::int64_t balanceMinor = 0;
    int daysPastDue = 0;
    std::string region{};                          ///< empty: unknown
    std::optional<domain::UserId> assignedTo{};    ///< set by Assignments only
    std::string team{};                            ///< of assignedTo; set by Assignments only
};

/// What the importer compares with: one per case of a portfolio.
struct ImportedCase {
    std::string businessNo;
    domain::CaseId id;
    base::Hash256 contentHash;
};

/// One row of the projection, sent down as `put` with `seq` = version. Without a body it is a tombstone, sent as `del`.
struct ProjectionRow {
    std::string kind;                              ///< domain::kind
    base::Uuid id;
    std::optional<domain::CaseId> caseId;
    std::int64_t version;                          ///< server_seq of the transaction that wrote it
    std::optional<std::string> body;               ///< canonical JSON
};

/// An accepted or quarantined event with its receipt.
struct EventRecord {
    std::int64_t serverSeq = 0;
    domain::EventId eventId;
    domain::DeviceId deviceId;
    domain::EpochId epoch;
    std::int64_t seq;
    std::optional<domain::CaseId> caseId{};
    std::optional<domain::UserId> actorId{};
    std::string type{};                            ///< empty when the header could not be read
    base::Instant occurredAt{};
    base::Instant receivedAt{};
    std::string header{};                          ///< bytes as received
    base::Hash256 hash{};
    base::Signature signature{};
    std::optional<std::string> payload{};
    std::optional<base::Bytes> salt{};
    std::string verdict{};                         ///< accepted, quarantined
    std::optional<std::string> reason{};
    std::vector<std::string> flags{};
    domain::SignedStatement receipt{};
};

/// Where one device stands in one epoch.
struct EpochRecord {
    domain::DeviceId deviceId;
    domain::EpochId epoch;
    std::int64_t ackedUpto = 0;                    ///< 1 … ackedUpto are stored
    std::int64_t knownHeadSeq = 0;                 ///< highest seq stored or declared
    std::optional<base::Hash256> knownHeadHash{};
};

} // namespace evenhand::server
