// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/domain/projection.h"

namespace evenhand::server {

/// What is wrong with one cell (or, without a column, with one row).
struct CellProblem {
    std::int64_t row;                              ///< as a spreadsheet counts: the headings of a plain file are row 1
    std::string column;                            ///< name of the column; empty when no single one is to blame
    std::string message;                           ///< no personal data
};

/// One case as the lender's file states it: from one row, or from several with the same case number.
struct LenderCase {
    domain::CaseRow head;
    std::vector<domain::PartyRow> parties;         ///< the debtor first
    std::vector<domain::AccountRow> accounts;
    std::vector<domain::ContactPointRow> contactPoints;
    std::string region;
    bool prioritySet = false;                      ///< by the mapping; else computed
    std::vector<std::int64_t> rows;                ///< where in the file
};

/// One line of a payment file.
struct LenderPayment {
    std::string paymentNo;                         ///< the lender's; the same number is the same payment
    std::string businessNo;
    std::string accountNo;                         ///< empty: not said
    base::Money amount;
    base::Date paidOn;                             ///< of a reversal: the day it happened
    std::string method;
    std::optional<base::Date> reversedOn{};        ///< this payment was taken back
    std::string reverses{};                        ///< number of the payment that this line takes back; empty: it is a payment itself
    std::int64_t row = 0;                          ///< where in the file
};

/// Ids follow from the portfolio and the lender's own numbers, so that the same file always means the same rows.
[[nodiscard]] domain::CaseId caseIdOf(const std::string& portfolio, const std::string& businessNo);
[[nodiscard]] domain::PartyId partyIdOf(const domain::CaseId& caseId, domain::PartyRole role, const std::string& name);
[[nodiscard]] domain::AccountId accountIdOf(const domain::CaseId& caseId, const std::string& accountNo);
[[nodiscard]] base::Uuid paymentIdOf(const std::string& portfolio, const std::string& paymentNo);
[[nodiscard]] domain::ContactPointId contactPointIdOf(const domain::PartyId& partyId, domain::ContactPointKind kind, const std::string& value);

/// M0 (not overdue), M1 (1–30 days) … M6 (151–180), M6+.
[[nodiscard]] std::string bucketOf(int daysPastDue);

/// The working order when the mapping gives none: days past due (at most 180) plus one for each full 1,000 of balance (at most
/// 100). Nothing about the person enters.
[[nodiscard]] int defaultPriority(int daysPastDue, const base::Money& balance);

/// Adds the accounts, people and contact points of a further row of the same case. Problems name what contradicts.
void mergeInto(LenderCase& known, LenderCase&& further, std::vector<CellProblem>& problems);

/// Totals over the accounts, bucket, priority. Problems: a total beyond 2^53−1.
void computeTotals(LenderCase& lenderCase, std::vector<CellProblem>& problems);

} // namespace evenhand::server
