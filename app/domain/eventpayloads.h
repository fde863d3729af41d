// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/base/date.h"
#include "app/base/crypto.h"
#include "app/base/json.h"
#include "app/base/money.h"
#include "app/base/sensitive.h"
#include "app/domain/agreement.h"
#include "app/domain/ids.h"
#include "app/domain/recording.h"
#include "app/domain/words.h"

/// What happened, by event type. Each struct is one `type` of the envelope and encodes to its payload. Payloads grow by
/// optional members only (type_version 1); anything else becomes a new type.
namespace evenhand::domain {

namespace eventtype {
inline constexpr const char* kCall = "call";
inline constexpr const char* kNote = "note";
inline constexpr const char* kPromise = "promise";
inline constexpr const char* kReminder = "reminder";
inline constexpr const char* kReveal = "reveal";
inline constexpr const char* kFlag = "flag";
inline constexpr const char* kContactPointChange = "contact_point_change";
inline constexpr const char* kPlanRequest = "plan_request";
inline constexpr const char* kDecision = "decision";
inline constexpr const char* kEpochStarted = "epoch_started";
inline constexpr const char* kDraftRecovered = "draft_recovered";
inline constexpr const char* kAttachment = "attachment";
inline constexpr const char* kReview = "review";
} // namespace eventtype

/// How one phrase hit was dealt with; kept for the author of the rule.
struct PhraseFinding {
    std::string rule;
    int start = 0;                                    ///< code points in the note
    int end = 0;
    std::string action;                               ///< kept, replaced, quoted, ignored, appealed
    base::SensitiveText reason{};                     ///< of an appeal, in the agent's words; empty otherwise
};

/// One attempt to speak, write or meet, in either direction.
struct CallPayload {
    PartyId partyId;
    std::optional<ContactPointId> contactPointId{};
    std::vector<AccountId> accountIds{};
    Channel channel = Channel::Call;
    Direction direction = Direction::Outbound;
    InitiatedBy initiatedBy = InitiatedBy::Human;
    base::Instant startedAt{};
    std::int64_t durationS = 0;                       ///< of the conversation; 0 when there was none
    std::string outcome{};                              ///< code from outcomes.yaml
    ContactResult result = ContactResult::NoAnswer;
    bool rightParty = false;
    base::SensitiveText note{};
    std::vector<PhraseFinding> phraseFindings{};
    std::string dial{};                                 ///< copy, tel, command, manual
    base::Json gate{};                                  ///< the gate's answer as evenhandctl prints it; null if it was not asked
    base::Json script{};                                ///< {"id","version","hash","trace"}; null without a script
    base::SensitiveText content{};                      ///< of a message or letter: the words that went out
    base::Json document{};                              ///< of these: {"template","pack","language"}; null when written freely
    std::vector<EventId> recordings{};                  ///< `attachment` events, in order
};

struct NotePayload {
    base::SensitiveText text;
    std::vector<PhraseFinding> phraseFindings;
};

struct PromisePayload {
    PartyId partyId;
    base::Money amount;
    base::Date dueOn;
    std::string method;                               ///< app, bank_transfer, counter …
    std::optional<EventId> contactEventId;            ///< the call it was made in
    std::optional<EventId> groupId{};                 ///< several parts of one agreement: the event of the first
    std::vector<EventId> replaces{};                  ///< open promises this one takes the place of
    base::SensitiveText reason{};                     ///< why it should be taken although it is above the limits
    ApprovalLevel needs = ApprovalLevel::Self;        ///< as judged where it was taken; the server judges again, the stricter counts
};

/// A plan as it was offered, with what the household can bear. What the agent may agree to alone is in force when the debtor agreed.
struct PlanRequestPayload {
    PartyId partyId;
    PlanTerms terms;
    std::int64_t totalMinor = 0;                      ///< of the schedule that was shown
    bool debtorAgreed = false;                        ///< to that schedule
    std::string agreedHow{};                          ///< call, visit, message, signature; empty: not yet
    base::SensitiveText reason{};
    std::optional<Means> means{};
    std::optional<EventId> contactEventId{};
    ApprovalLevel needs = ApprovalLevel::Self;        ///< as of a promise
};

/// What somebody says about a plan request, or a promise above the limits.
struct DecisionPayload {
    EventId requestId;
    DecisionKind decision = DecisionKind::Reject;
    base::SensitiveText reason{};
    ApprovalLevel authority = ApprovalLevel::Self;    ///< of whom the decision is: one's own level, or Legal with a reference
    std::string reference{};                          ///< number of a written decision made outside; of Agree: how (call, signature …)
};

/// A call-back or follow-up that was agreed. A later reminder of the same case replaces it.
struct ReminderPayload {
    base::Instant dueAt;
    std::string reason;                               ///< callback, follow_up
};

/// Somebody looked at unmasked data.
struct RevealPayload {
    std::string field;                                ///< phone, id_number, address, name
    base::Uuid rowId;
    std::string reason;                               ///< dial, verify, correct, other
};

/// A fact about the case is stated or withdrawn.
struct FlagPayload {
    FlagKind kind;
    bool set;
    std::optional<PartyId> partyId;
    std::optional<Channel> channel;
    std::string reason;
};

struct ContactPointChangePayload {
    ContactPointId contactPointId;                    ///< new id when `added`
    PartyId partyId;
    bool added;
    ContactPointKind kind;
    std::optional<base::SensitiveText> value;         ///< only when added or corrected
    std::optional<ContactStatus> status;
    ContactSource source;
};

/// First event of every epoch.
struct EpochStartedPayload {
    std::string reason;                               ///< enrolment, restored, mint_new
    std::optional<EpochId> previousEpoch;
    std::int64_t previousHeadSeq = 0;
    base::Hash256 previousHeadHash{};
};

/// What was still a draft when its case was taken away.
struct DraftRecoveredPayload {
    std::string form;
    base::SensitiveText body;
};

using EventPayload = std::variant<CallPayload, NotePayload, PromisePayload, ReminderPayload, RevealPayload, FlagPayload,
                                  ContactPointChangePayload, PlanRequestPayload, DecisionPayload, EpochStartedPayload,
                                  DraftRecoveredPayload, AttachmentPayload, ReviewPayload>;

[[nodiscard]] const char* typeOf(const EventPayload& payload);
[[nodiscard]] std::string encodePayload(const EventPayload& payload);      ///< canonical JSON
/// Invalid names the member; an unknown type or a version above 1 is Protocol.
[[nodiscard]] base::Result<EventPayload> decodePayload(std::string_view type, std::int64_t typeVersion, std::string_view bytes);

} // namespace evenhand::domain
