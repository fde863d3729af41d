// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <QMetaType>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/ids.h"

namespace evenhand::services {

enum class Connection {
    NotTried,        ///< nothing was attempted since sign-in
    Online,          ///< the last round reached our server
    Offline,         ///< no answer, or an answer that is not from our server
    Paused,          ///< switched off here (setOnlineAllowed(false) or --offline)
    NeedsPassword,   ///< the server wants the password again; what is saved is still handed in
    Untrusted,       ///< the server's certificate is not trusted
    WrongServer      ///< a server answers, but with another data set: stopped until a person looks
};

enum class SyncPhase { Idle, Hello, Session, Push, Pull, Check, Resync };

/// Why the last round ended early.
struct SyncFailure {
    base::Instant at{};
    base::ErrorCode code = base::ErrorCode::Network;
    std::string problem;                             ///< code of the server's problem text, "" when there was no answer
    std::string detail;                              ///< English, for the details box
    std::string requestId;                           ///< what the server's log knows this request by
    SyncPhase phase = SyncPhase::Idle;
};

/// What the status bar and the Sync page say at any time.
struct SyncStatus {
    Connection connection = Connection::NotTried;
    SyncPhase phase = SyncPhase::Idle;
    std::int64_t savedHere = 0;                      ///< events in the journal of this profile, since enrolment
    std::int64_t onServer = 0;                       ///< of those: with a receipt
    std::int64_t unsent = 0;                         ///< of those: without one
    std::int64_t setAside = 0;                       ///< with a receipt that says quarantined
    std::optional<base::Instant> oldestUnsentAt{};
    std::optional<base::Instant> nextAttemptAt{};
    std::optional<base::Instant> lastContactAt{};    ///< our server answered
    std::optional<base::Instant> viewCompleteAt{};   ///< the last pull that ran to its end
    std::int64_t pulledRows = 0;                     ///< in the pull that is running
    std::optional<SyncFailure> lastFailure{};        ///< cleared by a round that runs to its end
    std::int64_t unsentRecordings = 0;               ///< recordings and photos without a verified receipt
    std::int64_t unsentRecordingBytes = 0;
    std::int64_t recordingSent = 0;                  ///< of the one that is on its way
    std::int64_t recordingSize = 0;
    std::string recordingProblem{};                  ///< why the last attempt to send one failed; "" when it did not
    std::int64_t drafts = 0;                         ///< begun and not saved
    bool isListening = false;                        ///< the server tells us at once when something changes
    std::optional<base::Instant> checkedAt{};        ///< all rows counted anew, and the server agreed
    std::int64_t repairs = 0;                        ///< parts of the view put right since sign-in
    std::int64_t heldCases = 0;                      ///< would go without an order, of `heldOf`: a person decides
    std::int64_t heldOf = 0;
    std::int64_t missingCases = 0;                   ///< not in the view that was fetched again, and nobody took them away
    std::optional<base::Instant> readableUntil{};    ///< without contact with the server
    bool isClosed = false;                           ///< that time is over

    /// Nothing of what was done here would be lost with this computer.
    [[nodiscard]] bool isAllSafe() const { return unsent == 0 && unsentRecordings == 0 && drafts == 0; }
};

/// One thing that only this computer has.
struct AtRisk {
    enum class Kind { Entry, Draft, Recording };
    Kind kind = Kind::Entry;
    std::string type;                                ///< of an entry: domain::eventtype; of a draft: its form
    std::string caseNo;
    base::Instant since{};
    std::int64_t bytes = 0;                          ///< of a recording
};

/// What would be lost if this computer died now.
struct LeaveCheck {
    std::int64_t entries = 0;
    std::int64_t drafts = 0;
    std::int64_t recordings = 0;
    std::int64_t recordingBytes = 0;
    std::optional<base::Instant> oldest{};
    std::vector<AtRisk> items{};                     ///< oldest first, at most 200
    [[nodiscard]] bool isSafe() const { return entries == 0 && drafts == 0 && recordings == 0; }
};

enum class Delivery {
    SavedHere,       ///< only on this computer
    Sending,         ///< an attempt is under way
    OnServer,        ///< acknowledged with a signed receipt
    SetAside         ///< on the server, but not processed (quarantined); `reason` says why
};

/// One line of the ledger: what became of one event recorded here.
struct LedgerRow {
    std::int64_t position = 0;                       ///< order of saving; for paging
    domain::EventId eventId;
    std::int64_t seq = 0;
    std::string type;                                ///< domain::eventtype
    base::Instant occurredAt{};
    std::optional<domain::CaseId> caseId{};
    std::string caseNo;                              ///< the lender's number; "" without a case or when it is no longer here
    Delivery delivery = Delivery::SavedHere;
    std::string reason;                              ///< of SetAside
    std::optional<base::Instant> deliveredAt{};
    std::string requestId;                           ///< of the newest attempt, while unsent
    std::string attemptOutcome;                      ///< of that attempt: a problem code, "no_answer", "" while it runs
    std::string attemptDetail{};                     ///< what was answered; English
    bool isApplied = false;                          ///< it came back with the view: everybody who may sees it
};

struct LedgerPage {
    std::vector<LedgerRow> rows;                     ///< newest first
    std::int64_t total = 0;                          ///< of the filter
};

} // namespace evenhand::services

Q_DECLARE_METATYPE(evenhand::services::SyncStatus)
