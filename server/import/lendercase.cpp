// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/lendercase.h"

#include <algorithm>

namespace evenhand::server {

using base::Uuid;
using domain::CaseId;

CaseId caseIdOf(const std::string& portfolio, const std::string& businessNo)
{
    return CaseId(Uuid::fromName("evenhand.case", portfolio + '\n' + businessNo));
}

domain::PartyId partyIdOf(const CaseId& caseId, domain::PartyRole role, const std::string& name)
{
    // A case has one debtor: a corrected name must not make a second one.
    const auto what = role == domain::PartyRole::Debtor ? std::string() : name;
    return domain::PartyId(Uuid::fromName("evenhand.party", caseId.toString() + '\n' + std::string(toWord(role)) + '\n' + what));
}

domain::AccountId accountIdOf(const CaseId& caseId, const std::string& accountNo)
{
    return domain::AccountId(Uuid::fromName("evenhand.account", caseId.toString() + '\n' + accountNo));
}

Uuid paymentIdOf(const std::string& portfolio, const std::string& paymentNo)
{
    return Uuid::fromName("evenhand.payment", portfolio + '\n' + paymentNo);
}

domain::ContactPointId contactPointIdOf(const domain::PartyId& partyId, domain::ContactPointKind kind, const std::string& value)
{
    return domain::ContactPointId(Uuid::fromName("evenhand.contact", partyId.toString() + '\n' + std::string(toWord(kind)) + '\n' + value));
}

std::string bucketOf(int daysPastDue)
{
    if (daysPastDue <= 0)
        return "M0";
    const int month = (daysPastDue + 29) / 30;
    return month > 6 ? "M6+" : "M" + std::to_string(month);
}

int defaultPriority(int daysPastDue, const base::Money& balance)
{
    std::int64_t unit = 1000;
    for (int i = 0; i < balance.currency().decimals(); ++i)
        unit *= 10;
    return std::clamp(daysPastDue, 0, 180) + static_cast<int>(std::clamp<std::int64_t>(balance.minor() / unit, 0, 100));
}

namespace {

template <class Row>
bool containsId(const std::vector<Row>& rows, const Row& row)
{
    return std::any_of(rows.begin(), rows.end(), [&](const Row& known) { return known.id == row.id; });
}

template <class Row>
void addMissing(std::vector<Row>& known, std::vector<Row>&& further)
{
    for (auto& row : further)
        if (!containsId(known, row))
            known.push_back(std::move(row));
}

} // namespace

void mergeInto(LenderCase& known, LenderCase&& further, std::vector<CellProblem>& problems)
{
    const auto row = further.rows.front();
    const auto refuse = [&](const std::string& what) {
        problems.push_back({row, "", what + " than in row " + std::to_string(known.rows.front()) + ", which has the same case number"});
    };
    if (!(known.head.balance.currency() == further.head.balance.currency()))
        refuse("another currency");
    if (known.head.creditor != further.head.creditor)
        refuse("another creditor");
    if (!(known.head.debtorName == further.head.debtorName))
        refuse("another debtor name");
    if (!(known.parties.front().idNumber == further.parties.front().idNumber))
        refuse("another ID number of the debtor");
    for (const auto& account : further.accounts)
        if (containsId(known.accounts, account))
            problems.push_back({row, "", "this case has two accounts with the same account number (see row " +
                                             std::to_string(known.rows.front()) + ")"});
    known.rows.push_back(row);
    for (auto& account : further.accounts)
        known.accounts.push_back(std::move(account));
    addMissing(known.parties, std::move(further.parties));
    addMissing(known.contactPoints, std::move(further.contactPoints));
}

void computeTotals(LenderCase& lenderCase, std::vector<CellProblem>& problems)
{
    auto& head = lenderCase.head;
    const auto currency = head.balance.currency();
    std::int64_t balance = 0;
    std::int64_t overdue = 0;
    head.daysPastDue = 0;
    // Each amount is at most 2^53−1, so a few hundred of them cannot overflow 64 bits before the check below.
    for (const auto& account : lenderCase.accounts) {
        balance += account.principal.minor() + account.interest.minor() + account.fees.minor();
        overdue += account.overdue.minor();
        head.daysPastDue = std::max(head.daysPastDue, account.daysPastDue);
        if (std::max(balance, overdue) > base::Money::kLargestMinor)
            break;
    }
    const auto total = base::Money::tryFromMinor(balance, currency);
    const auto due = base::Money::tryFromMinor(overdue, currency);
    if (!total || !due) {
        problems.push_back({lenderCase.rows.front(), "", "the amounts of this case add up to more than can be handled"});
        return;
    }
    head.balance = *total;
    head.overdue = *due;
    head.bucket = bucketOf(head.daysPastDue);
    if (!lenderCase.prioritySet)
        head.priority = defaultPriority(head.daysPastDue, head.balance);
}

} // namespace evenhand::server
