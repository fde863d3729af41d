// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/base/money.h"
#include "app/base/sensitive.h"
#include "app/domain/agreement.h"
#include "app/domain/ids.h"
#include "app/domain/words.h"

/// What the server says about a case: the rows that travel down as `put` operations. The body of a row is the canonical JSON
/// of one of these values. Each row has a UUID of its own; the envelope (kind, id, case_id, version) is not repeated in the body.
/// Readers ignore members they do not know.
namespace evenhand::domain {

/// Row kinds of protocol version 1.
namespace kind {
inline constexpr const char* kCase = "case";
inline constexpr const char* kParty = "debtor";           ///< every person of a case, whatever the role
inline constexpr const char* kAccount = "account";
inline constexpr const char* kPhone = "phone";            ///< mobile, landline, e-mail, IM
inline constexpr const char* kAddress = "address";
inline constexpr const char* kPayment = "payment";
inline constexpr const char* kPromise = "promise";        ///< id = the id of the promise event
inline constexpr const char* kPlan = "plan";              ///< id = the id of the plan_request event
inline constexpr const char* kEvent = "event";            ///< id = event id: the echo of an event that the server holds
inline constexpr const char* kAnnotation = "annotation";  ///< id = event id
inline constexpr const char* kUser = "user";
inline constexpr const char* kSetting = "setting";
inline constexpr const char* kRulePack = "rule_pack";
} // namespace kind

/// A reason to hold back, or a fact about the case that the gate asks for.
struct Flag {
    FlagKind kind;
    base::Instant setAt;
    std::optional<base::Instant> clearedAt;
    std::optional<PartyId> partyId;               ///< absent: the whole case
    std::vector<AccountId> accountIds;            ///< empty: all
    std::optional<Channel> channel;               ///< for MediumOptOut
};

struct Consent {
    std::string kind;                             ///< outside_hours, extra_calls, medium
    PartyId partyId;
    base::Instant grantedAt;
    std::optional<base::Instant> expiresAt;
    std::optional<base::Instant> revokedAt;
};

struct CaseRow {
    CaseId id;
    std::string businessNo;                       ///< the lender's case number, unique per portfolio
    std::string portfolio;
    std::string creditor;
    CaseStatus status;
    base::Money balance;                          ///< principal + interest + fees over all accounts
    base::Money overdue;
    int daysPastDue;
    std::string bucket;                           ///< M1 … M6+
    int priority;                                 ///< larger is worked first
    base::SensitiveText debtorName;               ///< for lists
    std::optional<std::string> hotNote;
    std::vector<Flag> flags;
    std::vector<Consent> consents;
    std::optional<UserId> assignedTo;
    std::optional<base::Instant> nextActionAt;    ///< call-back or follow-up agreed; server-computed from reminders
};

struct PartyRow {
    PartyId id;
    CaseId caseId;
    PartyRole role;
    base::SensitiveText name;
    base::SensitiveText idNumber;
    std::string timeZone;                         ///< IANA name; empty when unknown
    std::optional<std::string> gender;            ///< female, male
    std::optional<std::string> relation;          ///< to the debtor: spouse, colleague …
    std::optional<std::string> employer;
    std::optional<bool> optedOut;
    std::string personKey;                        ///< the same for the same person across cases; empty when unknown
};

struct AccountRow {
    AccountId id;
    CaseId caseId;
    std::string accountNo;
    std::string product;
    base::Money principal;
    base::Money interest;
    base::Money fees;
    base::Money overdue;
    int daysPastDue;
    std::optional<base::Date> openedOn;
    std::optional<base::Date> dueOn;
    std::vector<std::pair<std::string, std::string>> facts;   ///< further lender fields, in order: name and text
};

struct ContactPointRow {
    ContactPointId id;
    CaseId caseId;
    PartyId partyId;
    ContactPointKind kind;
    base::SensitiveText value;
    ContactSource source;
    ContactStatus status;
    std::optional<std::string> label;             ///< home, work, …
    std::string timeZone;                         ///< empty: as the party's
    [[nodiscard]] const char* rowKind() const { return kind == ContactPointKind::Address ? kind::kAddress : kind::kPhone; }
};

struct PaymentRow {
    base::Uuid id;
    CaseId caseId;
    std::optional<AccountId> accountId;
    base::Money amount;
    base::Date paidOn;
    std::string method;
    bool reversed;
    std::string paymentNo{};                      ///< the lender's; empty: not imported from a payment file
    std::optional<base::Date> reversedOn{};       ///< absent though reversed: the day is not known
};

struct PromiseRow {
    EventId id;
    CaseId caseId;
    PartyId partyId;
    base::Money amount;
    base::Money paid;
    base::Date dueOn;
    std::string method;
    PromiseState state;
    std::optional<base::Date> madeOn{};           ///< on the debtor's calendar; payments count from that day
    std::optional<base::Date> deadline{};         ///< the last day that counts, grace included
    std::optional<EventId> groupId{};             ///< several parts of one agreement: the first of them
    std::optional<ApprovalRecord> approval{};     ///< when it was above the limits
};

/// The echo of an event as everyone sees it who may see the case.
struct EventEcho {
    EventId id;
    std::string header;                           ///< canonical bytes
    base::Bytes signature;
    std::optional<std::string> payload;
    std::optional<base::Bytes> salt;
    std::int64_t serverSeq;
    base::Instant receivedAt;
    std::string verdict;
    std::vector<std::string> flags;
};

struct Annotation {
    EventId eventId;
    std::string status;                           ///< accepted, needs_approval, outside_rules, superseded, …
    std::vector<std::string> flags;
    std::optional<std::string> message;
    std::optional<EventId> supersededBy;
    base::Instant at;
};

struct UserRow {
    UserId id;
    std::string userName;
    std::string displayName;
    UserRole role;
    std::string team;
    std::string staffNo{};                  ///< what the agent says on the telephone; empty: not known
};

[[nodiscard]] base::Json toJson(const Flag& row);
[[nodiscard]] base::Json toJson(const CaseRow& row);
[[nodiscard]] base::Json toJson(const PartyRow& row);
[[nodiscard]] base::Json toJson(const AccountRow& row);
[[nodiscard]] base::Json toJson(const ContactPointRow& row);
[[nodiscard]] base::Json toJson(const PaymentRow& row);
[[nodiscard]] base::Json toJson(const PromiseRow& row);
[[nodiscard]] base::Json toJson(const EventEcho& row);
[[nodiscard]] base::Json toJson(const Annotation& row);
[[nodiscard]] base::Json toJson(const UserRow& row);

[[nodiscard]] base::Result<Flag> flagFromJson(const base::Json& json);
[[nodiscard]] base::Result<CaseRow> caseFromJson(CaseId id, const base::Json& body);
[[nodiscard]] base::Result<PartyRow> partyFromJson(PartyId id, CaseId caseId, const base::Json& body);
[[nodiscard]] base::Result<AccountRow> accountFromJson(AccountId id, CaseId caseId, const base::Json& body);
[[nodiscard]] base::Result<ContactPointRow> contactPointFromJson(ContactPointId id, CaseId caseId, const base::Json& body);
[[nodiscard]] base::Result<PaymentRow> paymentFromJson(base::Uuid id, CaseId caseId, const base::Json& body);
[[nodiscard]] base::Result<PromiseRow> promiseFromJson(EventId id, CaseId caseId, const base::Json& body);
[[nodiscard]] base::Result<EventEcho> eventEchoFromJson(const base::Json& body);
[[nodiscard]] base::Result<Annotation> annotationFromJson(EventId id, const base::Json& body);
[[nodiscard]] base::Result<UserRow> userFromJson(UserId id, const base::Json& body);

} // namespace evenhand::domain
