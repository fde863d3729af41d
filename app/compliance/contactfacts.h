// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/domain/words.h"

/// What the contact gate is asked and what it is told. Plain values; ids are any text. An absent optional means "not known": a
/// rule that needs the fact then blocks with `missing.<fact>`, so a caller never fills in a guess.
namespace evenhand::compliance {

enum class Place { Home, Workplace, Other };

/// Why we want this contact. Some holds leave room for a purpose: a plan in force still allows a payment reminder.
enum class Purpose { Collection, PaymentReminder, Reply, RequiredNotice };

struct ContactIntent {
    domain::Channel channel = domain::Channel::Call;
    std::string partyId;
    std::string contactPointId;                     ///< empty: none chosen
    std::vector<std::string> accountIds;            ///< empty: not known which debts it is about
    std::optional<domain::InitiatedBy> initiatedBy;
    std::optional<int> visitors;                    ///< persons on our side at a visit
    std::optional<bool> recording;                  ///< a recording will be made
    std::optional<Place> place;
    Purpose purpose = Purpose::Collection;
};

struct Party {
    std::string id;
    std::optional<domain::PartyRole> role;
    std::string timeZone;                           ///< IANA name; empty: not known
    std::optional<bool> optedOut;                   ///< asked us not to contact them, whatever the channel
};

struct ContactPoint {
    std::string id;
    std::string partyId;
    std::optional<domain::ContactPointKind> kind;
    domain::ContactSource source = domain::ContactSource::Unknown;
    domain::ContactStatus status = domain::ContactStatus::Unknown;
    std::string timeZone;                           ///< where this number or address is; empty: not known
};

/// One contact or attempt that happened. Order within the history does not matter.
struct PastContact {
    std::string id;
    base::Instant at;                               ///< when it began
    domain::Channel channel = domain::Channel::Call;
    std::optional<domain::Direction> direction;
    std::string partyId;
    std::string contactPointId;
    std::vector<std::string> accountIds;            ///< empty: not known, counts for every debt
    std::optional<domain::InitiatedBy> initiatedBy;
    std::optional<domain::ContactResult> result;
    std::optional<bool> rightParty;
    std::optional<std::int64_t> durationS;          ///< seconds
    bool isOwn = false;                             ///< recorded on the device that asks; counts against its own share of the attempts
};

enum class ConsentKind { OutsideHours, ExtraCalls, Medium };

/// Valid from `grantedAt` up to, not including, the earlier of `expiresAt` and `revokedAt`.
struct Consent {
    std::string partyId;
    ConsentKind kind = ConsentKind::OutsideHours;
    base::Instant grantedAt;
    std::optional<base::Instant> expiresAt;
    std::optional<base::Instant> revokedAt;
    std::optional<domain::Channel> channel;         ///< only with Medium: the medium they opened again
};

/// In force from `setAt` up to, not including, `clearedAt`. Without party and accounts it covers the whole case.
struct Flag {
    domain::FlagKind kind = domain::FlagKind::Dispute;
    base::Instant setAt;
    std::optional<base::Instant> clearedAt;
    std::string partyId;                            ///< empty: every party
    std::vector<std::string> accountIds;            ///< empty: every debt
    std::optional<domain::Channel> channel;         ///< only with MediumOptOut
};

/// A device can not know what its peers do at this moment. It may use only the attempts the server set aside for it: a number of
/// them, or a part of every limit. With neither, no share was given, and everything counts as used up.
struct OfflineShare {
    std::optional<int> attemptsLeft;
    std::optional<int> units;                       ///< of kAttemptUnits (attemptshare.h)
};

struct ContactFacts {
    std::vector<Party> parties;
    std::vector<ContactPoint> contactPoints;
    std::optional<std::vector<PastContact>> history;   ///< absent: not supplied, which is not the same as empty
    std::optional<std::vector<Flag>> flags;            ///< absent: not supplied
    std::vector<Consent> consents;                     ///< a consent nobody supplied does not exist
    std::optional<OfflineShare> offline;               ///< absent: nobody else acts, or the facts are current with the server
    bool isClockDoubtful = false;                      ///< this computer's clock disagrees with what it saw before
};

[[nodiscard]] std::string_view toWord(Place value);
[[nodiscard]] std::string_view toWord(Purpose value);
[[nodiscard]] std::string_view toWord(ConsentKind value);
[[nodiscard]] std::optional<Place> placeFromWord(std::string_view word);
[[nodiscard]] std::optional<Purpose> purposeFromWord(std::string_view word);
[[nodiscard]] std::optional<ConsentKind> consentKindFromWord(std::string_view word);

} // namespace evenhand::compliance
