// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/domain/projection.h"
#include "app/domain/wire/wire.h"

/// Builds what a server sends about invented cases. Ids derive from numbers: the same number is the same case everywhere.
namespace evenhand::test {

struct CaseSpec {
    int number = 1;
    std::string name = "张三";
    std::string phone = "19900000001";
    std::string businessNo = "";                         ///< empty: made from the number
    std::string personKey = "";
    int priority = 10;
    int daysPastDue = 40;
    std::int64_t balanceMinor = 100000;
    domain::CaseStatus status = domain::CaseStatus::Open;
    std::optional<base::Instant> nextActionAt{};
};

[[nodiscard]] domain::CaseId caseNo(int number);
[[nodiscard]] domain::PartyId debtorNo(int caseNumber);
[[nodiscard]] domain::ContactPointId phoneNo(int caseNumber);

[[nodiscard]] domain::CaseRow caseRow(const CaseSpec& spec);
[[nodiscard]] domain::wire::PullOp putOp(const char* kind, const base::Uuid& id, std::optional<domain::CaseId> caseId, std::int64_t seq,
                                         const base::Json& body);
[[nodiscard]] domain::wire::PullOp delOp(const char* kind, const base::Uuid& id, std::optional<domain::CaseId> caseId, std::int64_t seq);
[[nodiscard]] domain::wire::PullOp revokeOp(int caseNumber, std::int64_t seq);
/// The rows of one case: case, debtor, account, phone. Uses four numbers from `seq` on.
[[nodiscard]] std::vector<domain::wire::PullOp> caseOps(const CaseSpec& spec, std::int64_t seq);
[[nodiscard]] domain::wire::PullOp promiseOp(int number, int caseNumber, std::int64_t seq, const char* dueOn, domain::PromiseState state);
/// The echo of a call about a case, as another device recorded it.
[[nodiscard]] domain::wire::PullOp callEchoOp(int number, int caseNumber, std::int64_t seq, const char* startedAt, const std::string& note);
[[nodiscard]] domain::wire::PullOp userOp(int number, std::int64_t seq, const std::string& displayName);

[[nodiscard]] domain::wire::PullResponse page(std::vector<domain::wire::PullOp> ops, std::int64_t upto, bool complete = true);

} // namespace evenhand::test
