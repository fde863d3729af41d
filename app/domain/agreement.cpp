// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/agreement.h"

#include <algorithm>
#include <array>

#include "app/domain/jsonwords.h"

namespace evenhand::domain {

using base::Json;
using base::JsonReader;
using base::Result;

namespace {

constexpr std::array<std::pair<PlanState, std::string_view>, 8> kPlanStates{{{PlanState::Requested, "requested"},
                                                                            {PlanState::Approved, "approved"},
                                                                            {PlanState::InForce, "in_force"},
                                                                            {PlanState::Completed, "completed"},
                                                                            {PlanState::Broken, "broken"},
                                                                            {PlanState::Rejected, "rejected"},
                                                                            {PlanState::Withdrawn, "withdrawn"},
                                                                            {PlanState::Cancelled, "cancelled"}}};
constexpr std::array<std::pair<DecisionKind, std::string_view>, 5> kDecisions{{{DecisionKind::Approve, "approve"},
                                                                              {DecisionKind::Reject, "reject"},
                                                                              {DecisionKind::Withdraw, "withdraw"},
                                                                              {DecisionKind::Agree, "agree"},
                                                                              {DecisionKind::Cancel, "cancel"}}};
constexpr std::size_t kMostInstalments = 1200;
constexpr std::size_t kMostAccounts = 1000;

template <class T>
Json textOf(const std::optional<T>& value)
{
    if constexpr (requires { value->toString(); })
        return value ? Json(value->toString()) : Json(nullptr);
    else if constexpr (requires { value->toIso(); })
        return value ? Json(value->toIso()) : Json(nullptr);
    else
        return value ? Json(value->toRfc3339Utc()) : Json(nullptr);
}

std::int64_t readAmount(JsonReader& in, const char* name)
{
    const auto amount = in.integer(name);
    if (amount < 0 || amount > base::Money::kLargestMinor)
        in.complain(name, "must be between 0 and 2^53-1");
    return std::clamp<std::int64_t>(amount, 0, base::Money::kLargestMinor);
}

int readSmall(JsonReader& in, const char* name, std::int64_t fallback, int most)
{
    const auto number = in.integerOr(name, fallback);
    if (number < 0 || number > most)
        in.complain(name, "must be between 0 and " + std::to_string(most));
    return static_cast<int>(std::clamp<std::int64_t>(number, 0, most));
}

Result<std::vector<PlanAccount>> accountsFrom(JsonReader& in)
{
    std::vector<PlanAccount> accounts;
    const auto& list = in.array("accounts");
    if (list.empty() || list.size() > kMostAccounts)
        in.complain("accounts", "expected 1 to " + std::to_string(kMostAccounts) + " accounts");
    for (const auto& item : list) {
        JsonReader one(item, in.pathOf("accounts"));
        accounts.push_back({one.text("id"), readAmount(one, "principal_minor"), readAmount(one, "interest_minor"), readAmount(one, "fees_minor")});
        if (!one.ok())
            in.complain("accounts", one.error().detail);
    }
    return accounts;
}

Json standingJson(const InstalmentStanding& one)
{
    return {{"due", one.due.due.toIso()},
            {"amount_minor", one.due.amountMinor},
            {"principal_minor", one.due.principalMinor},
            {"interest_minor", one.due.interestMinor},
            {"fees_minor", one.due.feesMinor},
            {"paid_minor", one.paidMinor},
            {"missed", one.isMissed}};
}

std::vector<InstalmentStanding> standingsFrom(JsonReader& in)
{
    std::vector<InstalmentStanding> standings;
    const auto& list = in.array("instalments");
    if (list.empty() || list.size() > kMostInstalments)
        in.complain("instalments", "expected 1 to " + std::to_string(kMostInstalments));
    for (const auto& item : list) {
        JsonReader one(item, in.pathOf("instalments"));
        standings.push_back({{one.date("due"), readAmount(one, "amount_minor"), readAmount(one, "principal_minor"), readAmount(one, "interest_minor"),
                              readAmount(one, "fees_minor")},
                             readAmount(one, "paid_minor"),
                             one.booleanOr("missed", false)});
        if (!one.ok())
            in.complain("instalments", one.error().detail);
    }
    return standings;
}

} // namespace

std::string_view toWord(PlanState value)
{
    return std::ranges::find(kPlanStates, value, &std::pair<PlanState, std::string_view>::first)->second;
}

std::string_view toWord(DecisionKind value)
{
    return std::ranges::find(kDecisions, value, &std::pair<DecisionKind, std::string_view>::first)->second;
}

std::optional<PlanState> planStateFromWord(std::string_view word)
{
    const auto found = std::ranges::find(kPlanStates, word, &std::pair<PlanState, std::string_view>::second);
    return found == kPlanStates.end() ? std::nullopt : std::optional(found->first);
}

std::optional<DecisionKind> decisionKindFromWord(std::string_view word)
{
    const auto found = std::ranges::find(kDecisions, word, &std::pair<DecisionKind, std::string_view>::second);
    return found == kDecisions.end() ? std::nullopt : std::optional(found->first);
}

bool isEnd(PlanState state)
{
    return state != PlanState::Requested && state != PlanState::Approved && state != PlanState::InForce;
}

Json toJson(const PlanTerms& terms)
{
    auto accounts = Json::array();
    for (const auto& account : terms.accounts)
        accounts.push_back({{"id", account.id},
                            {"principal_minor", account.principalMinor},
                            {"interest_minor", account.interestMinor},
                            {"fees_minor", account.feesMinor}});
    return {{"kind", toWord(terms.offer.kind)},
            {"months", terms.offer.months},
            {"first_due", terms.offer.firstDue.toIso()},
            {"interest_percent", terms.offer.interestPercent},
            {"fees_percent", terms.offer.feesPercent},
            {"currency", terms.currency.code()},
            {"accounts", accounts}};
}

Result<PlanTerms> planTermsFromJson(const Json& json, const std::string& path)
{
    JsonReader in(json, path);
    PlanOffer offer{readWord(in, "kind", planKindFromWord), readSmall(in, "months", 1, static_cast<int>(kMostInstalments)), in.date("first_due"),
                    readSmall(in, "interest_percent", 0, 100), readSmall(in, "fees_percent", 0, 100)};
    const auto currency = base::Currency::tryFromCode(in.text("currency"));
    if (!currency)
        in.complain("currency", "expected an ISO 4217 code");
    EVENHAND_ASSIGN(auto accounts, accountsFrom(in));
    if (!in.ok())
        return base::fail(in.error());
    return PlanTerms{offer, std::move(accounts), *currency};
}

Json toJson(const ApprovalRecord& record)
{
    return {{"needs", toWord(record.needs)},
            {"requested_by", record.requestedBy.toString()},
            {"requested_at", record.requestedAt.toRfc3339Utc()},
            {"reason", record.reason.reveal()},
            {"rules", record.rules},
            {"decision_id", textOf(record.decisionId)},
            {"decided_by", textOf(record.decidedBy)},
            {"decided_at", textOf(record.decidedAt)},
            {"decision_reason", record.decisionReason.reveal()},
            {"reference", record.reference}};
}

Result<ApprovalRecord> approvalFromJson(const Json& json, const std::string& path)
{
    JsonReader in(json, path);
    ApprovalRecord record{readWord(in, "needs", approvalLevelFromWord),
                          UserId(in.uuid("requested_by")),
                          in.instant("requested_at"),
                          base::SensitiveText(in.textOr("reason", "")),
                          in.texts("rules"),
                          optionalId<EventId>(in, "decision_id"),
                          optionalId<UserId>(in, "decided_by"),
                          in.optionalInstant("decided_at"),
                          base::SensitiveText(in.textOr("decision_reason", "")),
                          in.textOr("reference", "")};
    if (!in.ok())
        return base::fail(in.error());
    return record;
}

Json meansJson(const std::optional<Means>& means)
{
    if (!means)
        return nullptr;
    return {{"income_minor", means->incomeMinor}, {"expense_minor", means->expenseMinor}, {"dependants", means->dependants}};
}

Result<std::optional<Means>> meansFromJson(const Json& json, const std::string& path)
{
    if (json.is_null())
        return std::optional<Means>();
    JsonReader in(json, path);
    const Means means{readAmount(in, "income_minor"), readAmount(in, "expense_minor"), readSmall(in, "dependants", 0, 100)};
    if (!in.ok())
        return base::fail(in.error());
    return std::optional(means);
}

Json toJson(const PlanRow& row)
{
    auto instalments = Json::array();
    for (const auto& one : row.instalments)
        instalments.push_back(standingJson(one));
    return {{"party_id", row.partyId.toString()},
            {"terms", toJson(row.terms)},
            {"state", toWord(row.state)},
            {"instalments", instalments},
            {"total_minor", row.totalMinor},
            {"waived_interest_minor", row.waivedInterestMinor},
            {"waived_fees_minor", row.waivedFeesMinor},
            {"means", meansJson(row.means)},
            {"debtor_agreed", row.debtorAgreed},
            {"agreed_on", textOf(row.agreedOn)},
            {"ended_on", textOf(row.endedOn)},
            {"approval", toJson(row.approval)}};
}

Result<PlanRow> planFromJson(EventId id, CaseId caseId, const Json& body)
{
    JsonReader in(body, "/plan");
    EVENHAND_ASSIGN(auto terms, planTermsFromJson(in.object("terms"), in.pathOf("terms")));
    EVENHAND_ASSIGN(auto approval, approvalFromJson(in.object("approval"), in.pathOf("approval")));
    EVENHAND_ASSIGN(auto means, meansFromJson(in.has("means") ? in.object("means") : Json(nullptr), in.pathOf("means")));
    PlanRow row{id,
                caseId,
                PartyId(in.uuid("party_id")),
                std::move(terms),
                readWord(in, "state", planStateFromWord),
                standingsFrom(in),
                readAmount(in, "total_minor"),
                readAmount(in, "waived_interest_minor"),
                readAmount(in, "waived_fees_minor"),
                means,
                in.booleanOr("debtor_agreed", false),
                in.optionalDate("agreed_on"),
                in.optionalDate("ended_on"),
                std::move(approval)};
    if (!in.ok())
        return base::fail(in.error());
    return row;
}

} // namespace evenhand::domain
