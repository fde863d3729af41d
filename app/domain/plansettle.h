// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/domain/agreement.h"
#include "app/domain/promise.h"

/// What payments and the calendar make of a plan in force. Pure; the same answer in whatever order the payments were imported.
namespace evenhand::domain {

/// When a plan counts as broken; the days are those of promises.
struct PlanPatience {
    int graceDays = 2;                             ///< after each due day
    std::int64_t toleranceMinor = 0;               ///< this much may be missing from an instalment
    int mostMissed = 1;                            ///< so many missed instalments are borne; one more ends the plan
};

struct PlanStanding {
    PlanState state = PlanState::InForce;          ///< InForce, Completed or Broken
    std::vector<InstalmentStanding> instalments;
    std::optional<base::Date> endedOn;             ///< the day it was completed or broken
    std::optional<base::Date> nextChangeOn;        ///< the first day on which time alone may change something; nothing when it is over
};

/// Payments count from the day of the agreement, go to the earliest instalment that is not paid, and may be early or late. A plan breaks
/// on the first day on which more instalments are missed than are borne; what is paid after that day no longer mends it, but a payment
/// from before that is imported later does, and a reversal takes its payment away from the start.
[[nodiscard]] PlanStanding settlePlan(const std::vector<Instalment>& schedule, base::Currency currency, base::Date agreedOn,
                                      const std::vector<ReceivedPayment>& payments, base::Date today, const PlanPatience& patience);

/// As is, without any payment.
[[nodiscard]] std::vector<InstalmentStanding> standingsOf(const PlanSchedule& schedule);
[[nodiscard]] std::vector<Instalment> scheduleOf(const PlanRow& row);

} // namespace evenhand::domain
