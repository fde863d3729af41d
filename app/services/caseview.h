// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/json.h"
#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "app/services/contactlight.h"
#include "app/services/syncstatus.h"

/// One case as its page shows it. Names, numbers and addresses are masked; CaseService::reveal gives a clear value.
namespace evenhand::services {

struct AttemptView {
    domain::EventId eventId;
    base::Instant at{};
    domain::Channel channel = domain::Channel::Call;
    domain::Direction direction = domain::Direction::Outbound;
    domain::ContactResult result = domain::ContactResult::NoAnswer;
    std::string outcome;
    std::int64_t durationS = 0;
    bool rightParty = false;
    std::string agent;                               ///< display name
};

struct ContactPointView {
    domain::ContactPointId id;
    domain::PartyId partyId;
    domain::ContactPointKind kind;
    domain::ContactSource source;
    domain::ContactStatus status;
    std::string value;                               ///< masked
    std::string label;
    std::string timeZone;                            ///< its own or the party's; "" when unknown
    ContactLight light{};                            ///< by call (phones), visit (addresses), message (others)
    std::vector<AttemptView> attempts{};             ///< newest first, at most 20
    bool isUnsentChange = false;                     ///< added or changed here, not yet on the server
};

struct PartyView {
    domain::PartyId id;
    domain::PartyRole role;
    std::string name;                                ///< masked
    std::string idNumber;                            ///< masked; "" when unknown
    std::string timeZone;
    std::string gender;                              ///< female, male, ""
    std::string relation;
    std::string employer;
    std::optional<bool> optedOut{};
    std::vector<ContactPointView> contactPoints{};   ///< usable ones first
};

struct PromiseView {
    domain::EventId id;
    base::Money amount;
    base::Money paid;
    base::Date dueOn;
    std::string method;
    domain::PromiseState state;
    Delivery delivery = Delivery::OnServer;
    std::optional<base::Date> deadline{};            ///< the last day that counts, grace included
    std::optional<domain::EventId> groupId{};
    std::optional<domain::ApprovalRecord> approval{};
};

/// A plan as everyone sees it, with the people behind it.
struct PlanView {
    domain::PlanRow row;
    std::string requestedBy;                         ///< display names
    std::string decidedBy;
    bool isOwn = false;                              ///< this user asked for it
    Delivery delivery = Delivery::OnServer;
};

enum class TimelineKind {
    Call, Message, Visit, Note, Promise, Payment, Reminder, Flag, Reveal, ContactPointChange, DraftRecovered, PlanRequest, Decision, Recording, Review, Other
};

/// One entry of the merged timeline. Which members are set follows from `kind`.
struct TimelineItem {
    std::string id;                                  ///< event or payment id
    TimelineKind kind = TimelineKind::Other;
    base::Instant at{};
    std::string actor;                               ///< display name; "" for payments and unknown users
    bool isOwn = false;
    Delivery delivery = Delivery::OnServer;
    std::string text;                                ///< note; of others: reason
    std::string outcome;                             ///< code
    domain::Channel channel = domain::Channel::Call;
    domain::Direction direction = domain::Direction::Outbound;
    std::optional<domain::ContactResult> result{};
    std::int64_t durationS = 0;
    bool rightParty = false;
    std::optional<domain::PartyRole> partyRole{};
    std::string contactPoint;                        ///< masked
    std::optional<base::Money> amount{};             ///< promise, payment
    std::optional<base::Date> day{};                 ///< promise: due; payment: paid on
    std::optional<base::Instant> dueAt{};            ///< reminder
    std::optional<domain::PlanTerms> plan{};         ///< plan request
    std::optional<domain::DecisionKind> decision{};
    bool isReversed = false;                         ///< payment
    std::string content;                             ///< of a message or letter: the words that went out
    std::optional<domain::FlagKind> flag{};
    bool flagSet = false;
    std::string field;                               ///< reveal; recording: how it ended; review: play, export, comment
    std::optional<compliance::Verdict> gateVerdict{};///< what the gate said when it was asked
    std::string overrideReason;                      ///< why somebody went on in spite of it: a word of GateOverride; "" nobody did
    std::string annotation;                          ///< the server's ruling: accepted, outside_rules, needs_approval …; "" none yet
    std::vector<std::string> ruleFlags{};            ///< of the server: late_after_unassign, clock_skew …
    std::string annotationText;
    std::string rawType;                             ///< of Other: the event type this program does not know
};

/// How much contact one person has had, over all their cases that are known here; before the next attempt adds to it.
struct PressureView {
    int last7Days = 0;                               ///< attempts and contacts that came from us
    int last30Days = 0;
    int talks30Days = 0;                             ///< of these, talks with the person
    std::array<int, 30> byDay{};                     ///< the same by spans of 24 hours back from now, the latest first
    int cases = 1;                                   ///< in so many cases
    std::optional<base::Instant> lastAt{};
};

struct OtherCase {
    domain::CaseId caseId;
    std::string businessNo;
    std::string portfolio;
    domain::CaseStatus status;
    base::Money balance;
    int daysPastDue = 0;
};

struct CaseView {
    domain::CaseId id;
    std::int64_t version = 0;                        ///< goes into CallDraft::contextVersion
    std::string businessNo;
    std::string portfolio;
    std::string creditor;
    domain::CaseStatus status;
    base::Money balance;
    base::Money overdue;
    int daysPastDue = 0;
    std::string stage{};
    int priority = 0;
    std::string debtor{};                              ///< masked
    std::string hotNote{};
    std::vector<domain::Flag> flags{};               ///< in force now; own unsent ones included
    std::vector<domain::Consent> consents{};
    std::optional<base::Instant> nextActionAt{};
    std::string assignedTo{};                          ///< display name
    std::vector<PartyView> parties{};                ///< debtor first
    std::vector<domain::AccountRow> accounts{};
    std::vector<PromiseView> promises{};             ///< newest first
    std::vector<PlanView> plans{};                   ///< newest first
    std::vector<domain::PaymentRow> payments{};      ///< newest first
    std::vector<TimelineItem> timeline{};            ///< newest first
    std::vector<OtherCase> otherCases{};             ///< of the same person, as far as this user may see them
    PressureView pressure{};                         ///< on the debtor
    bool workedToday = false;
    std::optional<base::Instant> leaseUntil{};       ///< readable without the server until then
    std::optional<base::Instant> closedSince{};      ///< its lease ended: nothing else is told, but what happened can be recorded
};

struct SearchHit {
    domain::CaseId caseId;
    std::string businessNo;
    std::string debtor{};                              ///< masked
    std::string portfolio;
    domain::CaseStatus status;
    base::Money balance;
    int daysPastDue = 0;
    std::string stage{};
};

} // namespace evenhand::services
