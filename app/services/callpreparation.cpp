// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>

#include "app/services/localday.h"
#include "app/services/recorder.h"

/// What a script is told before the call begins.
namespace evenhand::services {

namespace {

constexpr std::size_t kTail = 4;

std::string lastFour(const std::string& text)
{
    return text.size() <= kTail ? std::string() : text.substr(text.size() - kTail);
}

void fillAccounts(guidance::MergeData& data, const CaseFacts& facts)
{
    const auto worst = std::ranges::max_element(facts.detail.accounts, {}, &domain::AccountRow::daysPastDue);
    if (worst == facts.detail.accounts.end())
        return;
    data["account.product"] = worst->product;
    data["account.last4"] = lastFour(worst->accountNo);
    if (worst->dueOn)
        data["account.due_date"] = *worst->dueOn;
}

void fillPromise(guidance::MergeData& data, const CaseFacts& facts)
{
    if (facts.detail.promises.empty())
        return;
    const auto& last = facts.detail.promises.front();
    data["promise.last_amount"] = last.amount;
    data["promise.last_date"] = last.dueOn;
}

void fillOffice(guidance::MergeData& data, const domain::wire::OfficeNames& office)
{
    data["institution.name"] = office.institution;
    data["institution.neutral_name"] = office.neutralName;
    data["callback.number"] = office.callbackNumber;
    data["complaint.number"] = office.complaintNumber;
    data["payment.channel"] = office.paymentChannel;
}

bool hasPromise(const CaseFacts& facts, domain::PromiseState state, std::optional<base::Date> dueUntil)
{
    return std::ranges::any_of(facts.detail.promises, [&](const domain::PromiseRow& promise) {
        return promise.state == state && (!dueUntil || promise.dueOn <= *dueUntil);
    });
}

bool isInForce(const CaseFacts& facts, domain::FlagKind kind, base::Instant now)
{
    return std::ranges::any_of(facts.detail.row.flags, [&](const domain::Flag& flag) {
        return flag.kind == kind && flag.setAt <= now && (!flag.clearedAt || *flag.clearedAt > now);
    });
}

bool isConversation(const domain::CallPayload& call)
{
    return call.result == domain::ContactResult::Conversation && call.rightParty;
}

/// A dispute was settled, and nobody has told them yet.
bool hasUntoldAnswer(const CaseFacts& facts, base::Instant now)
{
    std::optional<base::Instant> cleared;
    for (const auto& flag : facts.detail.row.flags)
        if (flag.kind == domain::FlagKind::Dispute && flag.clearedAt && *flag.clearedAt <= now && (!cleared || *flag.clearedAt > *cleared))
            cleared = flag.clearedAt;
    if (!cleared || isInForce(facts, domain::FlagKind::Dispute, now))
        return false;
    return std::ranges::none_of(facts.events, [&cleared](const KnownEvent& event) {
        const auto* call = event.payload ? std::get_if<domain::CallPayload>(&*event.payload) : nullptr;
        return call != nullptr && isConversation(*call) && call->startedAt >= *cleared;
    });
}

/// What earlier contacts left behind for this one to build on.
void addEarlier(guidance::Facts& known, const CaseFacts& facts)
{
    std::int64_t contacts = 0;
    std::int64_t conversations = 0;
    for (const auto& event : facts.events) {
        const auto* call = event.payload ? std::get_if<domain::CallPayload>(&*event.payload) : nullptr;
        if (call == nullptr)
            continue;
        ++contacts;
        conversations += isConversation(*call) ? 1 : 0;
        if (!call->overdueReason.empty())
            known.insert_or_assign("last_reason", call->overdueReason);
        if (call->willing)
            known.insert_or_assign("last_willing", *call->willing);
    }
    known.insert_or_assign("earlier_contacts", contacts);
    known.insert_or_assign("earlier_conversations", conversations);
}

} // namespace

base::Result<CallPreparation> prepareCall(OpenProfile& profile, const domain::CaseId& caseId, const domain::PartyId& partyId)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    const auto party = std::ranges::find(facts.detail.parties, partyId, &domain::PartyRow::id);
    if (party == facts.detail.parties.end())
        return base::fail(base::ErrorCode::NotFound, "party is not of this case");
    EVENHAND_ASSIGN(const auto names, profile.names());
    const auto& row = facts.detail.row;
    const auto today = localDay(profile.now());
    CallPreparation prepared;
    prepared.role = party->role;
    auto& data = prepared.data;
    data["debtor.name"] = row.debtorName.reveal();
    if (!facts.detail.parties.empty() && facts.detail.parties.front().role == domain::PartyRole::Debtor)
        data["debtor.id_last4"] = lastFour(facts.detail.parties.front().idNumber.reveal());
    data["case.number"] = row.businessNo;
    data["lender.name"] = row.creditor;
    data["account.balance"] = row.balance;
    data["account.overdue"] = row.overdue;
    data["account.days_past_due"] = static_cast<std::int64_t>(row.daysPastDue);
    data["agent.name"] = names.at(profile.identity().user);
    EVENHAND_ASSIGN(const auto me, profile.me());
    data["agent.staff_no"] = me ? me->staffNo : std::string();
    data["today"] = today;
    fillOffice(data, profile.sessionNote().office);
    fillAccounts(data, facts);
    fillPromise(data, facts);
    std::erase_if(data, [](const auto& field) { return std::holds_alternative<std::string>(field.second) && std::get<std::string>(field.second).empty(); });
    const auto now = profile.now();
    prepared.facts = {{"contact_role", std::string(domain::toWord(party->role))},
                      {"days_past_due", static_cast<std::int64_t>(row.daysPastDue)},
                      {"hardship", isInForce(facts, domain::FlagKind::Hardship, now)},
                      {"dispute_answered", hasUntoldAnswer(facts, now)},
                      {"promise_broken", hasPromise(facts, domain::PromiseState::Broken, std::nullopt)},
                      {"promise_due", hasPromise(facts, domain::PromiseState::Open, today)}};
    addEarlier(prepared.facts, facts);
    return prepared;
}

} // namespace evenhand::services
