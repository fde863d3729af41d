// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/json.h"
#include "app/base/sensitive.h"
#include "app/domain/ids.h"
#include "app/domain/plan.h"

/// What is asked for, decided and agreed about a case: the life of a plan, and of a promise above the limits. The same values travel in
/// events (what a person did) and in rows (what the server makes of it).
namespace evenhand::domain {

/// Requested → Approved → InForce → Completed | Broken. What the debtor has agreed to already goes from approval straight into force.
/// Rejected, Withdrawn and Cancelled are ends; only InForce is a hold.
enum class PlanState { Requested, Approved, InForce, Completed, Broken, Rejected, Withdrawn, Cancelled };
/// What somebody says about a request. Approve and Reject are for those whose level covers it; Withdraw takes a request back; Agree: the
/// debtor agreed to what was approved; Cancel ends an open promise or a plan in force.
enum class DecisionKind { Approve, Reject, Withdraw, Agree, Cancel };

[[nodiscard]] std::string_view toWord(PlanState value);
[[nodiscard]] std::string_view toWord(DecisionKind value);
[[nodiscard]] std::optional<PlanState> planStateFromWord(std::string_view word);
[[nodiscard]] std::optional<DecisionKind> decisionKindFromWord(std::string_view word);
[[nodiscard]] bool isEnd(PlanState state);          ///< nothing more comes of it by itself

/// What is offered, and the debts it is about as they stood when it was offered.
struct PlanTerms {
    PlanOffer offer;
    std::vector<PlanAccount> accounts;
    base::Currency currency;
};

/// What the debtor says about the household, per month, in minor units of the plan's currency.
struct Means {
    std::int64_t incomeMinor = 0;
    std::int64_t expenseMinor = 0;
    int dependants = 0;
    /// What is left to pay with; never below zero.
    [[nodiscard]] std::int64_t leftMinor() const { return incomeMinor > expenseMinor ? incomeMinor - expenseMinor : 0; }
};

/// Who asked for something that needs approval, and what was decided.
struct ApprovalRecord {
    ApprovalLevel needs = ApprovalLevel::Self;
    UserId requestedBy;
    base::Instant requestedAt;
    base::SensitiveText reason{};
    std::vector<std::string> rules{};               ///< the limits that are exceeded: plan.months, promise.latest …
    std::optional<EventId> decisionId{};
    std::optional<UserId> decidedBy{};
    std::optional<base::Instant> decidedAt{};
    base::SensitiveText decisionReason{};
    std::string reference{};                        ///< of a decision made by somebody outside, such as the legal department
};

struct InstalmentStanding {
    Instalment due;
    std::int64_t paidMinor = 0;
    bool isMissed = false;                          ///< its last day is over and it was not paid by then
};

struct PlanRow {
    EventId id;                                     ///< of the request
    CaseId caseId;
    PartyId partyId;
    PlanTerms terms;
    PlanState state = PlanState::Requested;
    std::vector<InstalmentStanding> instalments{};
    std::int64_t totalMinor = 0;
    std::int64_t waivedInterestMinor = 0;
    std::int64_t waivedFeesMinor = 0;
    std::optional<Means> means{};
    bool debtorAgreed = false;                      ///< to this schedule
    std::optional<base::Date> agreedOn{};           ///< the day it came into force
    std::optional<base::Date> endedOn{};            ///< completed, broken or cancelled
    ApprovalRecord approval;
};

[[nodiscard]] base::Json toJson(const PlanTerms& terms);
[[nodiscard]] base::Json toJson(const ApprovalRecord& record);
[[nodiscard]] base::Json toJson(const PlanRow& row);
[[nodiscard]] base::Json meansJson(const std::optional<Means>& means);   ///< null when absent
/// `path` is where the object stands, for messages.
[[nodiscard]] base::Result<PlanTerms> planTermsFromJson(const base::Json& json, const std::string& path);
[[nodiscard]] base::Result<ApprovalRecord> approvalFromJson(const base::Json& json, const std::string& path);
[[nodiscard]] base::Result<std::optional<Means>> meansFromJson(const base::Json& json, const std::string& path);
[[nodiscard]] base::Result<PlanRow> planFromJson(EventId id, CaseId caseId, const base::Json& body);

} // namespace evenhand::domain
