// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "app/base/money.h"
#include "app/domain/plan.h"
#include "app/domain/words.h"

/// Promises to pay: which may be taken, and what became of them. Pure functions; the server and the workstation run the same.
namespace evenhand::domain {

/// What a level above the agent's own may take.
struct PromiseLimits {
    std::int64_t minMinor = 0;
    int minPercent = 0;
    int latestDays = 30;
    int mostOpen = 2;
};

/// plans.yaml, part `promises`. All are the lender's parameters; no regulation sets them.
struct PromiseRules {
    std::int64_t minMinor = 0;           ///< least amount of one promise; a smaller balance may be promised whole
    int minPercent = 0;                  ///< of the balance; the larger of both minima counts
    int latestDays = 30;                 ///< last day, counted from today
    int mostOpen = 2;                    ///< open promises of a case
    int graceDays = 2;                   ///< after the due day
    std::int64_t toleranceMinor = 0;     ///< this much may be missing from a kept promise
    std::optional<PromiseLimits> supervisor{};   ///< a supervisor's own limits; without them nothing but the balance limits one
};

/// The rules of several packs together: the strictest limits; of grace and tolerance, which protect the debtor, the widest.
[[nodiscard]] PromiseRules strictest(PromiseRules a, const PromiseRules& b);

/// Days off of a place, and the day on which people are paid there, when it is known.
struct PromiseCalendar {
    std::set<base::Date> daysOff;
    std::optional<int> payDay;           ///< day of the month, 1 … 31
};

struct PromiseFinding {
    enum class Level { Refused, NeedsApproval, Note };
    Level level;
    std::string rule;                    ///< promise.past, promise.over_balance, promise.latest, promise.holiday …
    std::string text;                    ///< English
    ApprovalLevel needs = ApprovalLevel::Self;   ///< of NeedsApproval: who may agree
};

struct PromiseDraft {
    base::Money amount;
    base::Date due;
};

/// Reads a day as people write it: 2026-04-05, 2026/4/5, 2026.4.5, 2026年4月5日, full-width digits. Invalid for 31 February, saying so.
[[nodiscard]] base::Result<base::Date> parseDay(std::string_view text);

/// Everything to say about one promise. Refused: zero, another currency, over the balance, in the past. Needs approval: below the
/// minimum, later than allowed, too many open; of a supervisor, and of Legal what is beyond a supervisor's own limits. Note: a day off,
/// shortly before pay-day. `own` is the level of whoever takes it: what that covers is not mentioned.
[[nodiscard]] std::vector<PromiseFinding> checkPromise(const PromiseDraft& draft, const base::Money& balance, base::Date today, int openPromises,
                                                       const PromiseRules& rules, const PromiseCalendar& calendar,
                                                       ApprovalLevel own = ApprovalLevel::Self);
/// Several promises at once (instalments of one agreement): each by itself, their days in order, and their sum against the balance.
[[nodiscard]] std::vector<PromiseFinding> checkPromises(const std::vector<PromiseDraft>& drafts, const base::Money& balance, base::Date today,
                                                        int openPromises, const PromiseRules& rules, const PromiseCalendar& calendar,
                                                        ApprovalLevel own = ApprovalLevel::Self);
/// The level that covers all findings that need approval; nothing when none does.
[[nodiscard]] std::optional<ApprovalLevel> levelNeeded(const std::vector<PromiseFinding>& findings);

struct PromiseTerms {
    std::string id;
    base::Date madeOn;
    base::Date due;
    base::Money amount;
    std::optional<base::Date> cancelledOn;
};

struct ReceivedPayment {
    std::string id;
    base::Date on;
    base::Money amount;
    std::optional<base::Date> reversedOn;    ///< a reversed payment counts for nothing from the start
};

struct PromiseStanding {
    std::string id;
    PromiseState state;
    std::int64_t paidMinor = 0;              ///< in time, from payments that were not reversed
    base::Date deadline;                     ///< last day that still counts, grace included
};

/// The state of each promise on `today`, in the order given. Payments count from the day the promise was made until its deadline
/// (due day plus grace) and go to the promise that falls due first; what one does not need goes to the next. Kept as soon as
/// amount minus tolerance is there; after the deadline partly kept or broken. A reversal takes the payment away and gives the
/// grace days again from the day of the reversal, so that the promise is open once more. A cancelled promise takes no payments.
[[nodiscard]] std::vector<PromiseStanding> judgePromises(const std::vector<PromiseTerms>& promises, const std::vector<ReceivedPayment>& payments,
                                                         base::Date today, const PromiseRules& rules);

} // namespace evenhand::domain
