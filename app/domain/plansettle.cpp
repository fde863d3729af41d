// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/plansettle.h"

#include <algorithm>

namespace evenhand::domain {

namespace {

using base::Date;

class Settlement {
public:
    Settlement(const std::vector<Instalment>& schedule, const PlanPatience& patience) : m_patience(patience)
    {
        for (const auto& one : schedule)
            m_standings.push_back({one});
    }

    void pay(std::int64_t amount)
    {
        for (auto& one : m_standings) {
            const auto part = std::min(amount, one.due.amountMinor - one.paidMinor);
            one.paidMinor += part;
            amount -= part;
        }
    }

    // Marks what should have been paid by the evening before `day`.
    [[nodiscard]] int countMissed(Date day)
    {
        int missed = 0;
        for (auto& one : m_standings) {
            one.isMissed = one.isMissed || (isOver(one, day) && !isPaid(one));
            missed += isOver(one, day) && !isPaid(one) ? 1 : 0;
        }
        return missed;
    }

    [[nodiscard]] bool isComplete() const
    {
        return std::ranges::all_of(m_standings, [this](const InstalmentStanding& one) { return isPaid(one); });
    }

    [[nodiscard]] std::optional<Date> nextDeadlineAfter(Date today) const
    {
        std::optional<Date> next;
        for (const auto& one : m_standings) {
            const auto changesOn = one.due.due.plusDays(m_patience.graceDays + 1);
            if (changesOn > today && !isPaid(one) && (!next || changesOn < *next))
                next = changesOn;
        }
        return next;
    }

    [[nodiscard]] std::vector<InstalmentStanding> take() { return std::move(m_standings); }

private:
    [[nodiscard]] bool isOver(const InstalmentStanding& one, Date day) const { return one.due.due.plusDays(m_patience.graceDays) < day; }
    [[nodiscard]] bool isPaid(const InstalmentStanding& one) const
    {
        // Nothing paid is never "paid within tolerance", however small the instalment.
        return one.paidMinor > 0 && one.paidMinor >= one.due.amountMinor - m_patience.toleranceMinor;
    }

    const PlanPatience& m_patience;
    std::vector<InstalmentStanding> m_standings;
};

std::vector<const ReceivedPayment*> countingPayments(base::Currency currency, Date agreedOn, const std::vector<ReceivedPayment>& payments, Date today)
{
    std::vector<const ReceivedPayment*> counting;
    for (const auto& payment : payments) {
        const bool counts = payment.amount.minor() > 0 && payment.amount.currency() == currency && payment.on >= agreedOn && payment.on <= today;
        if (counts && !payment.reversedOn)
            counting.push_back(&payment);
    }
    std::ranges::stable_sort(counting, {}, [](const ReceivedPayment* payment) { return payment->on; });
    return counting;
}

} // namespace

PlanStanding settlePlan(const std::vector<Instalment>& schedule, base::Currency currency, Date agreedOn, const std::vector<ReceivedPayment>& payments,
                        Date today, const PlanPatience& patience)
{
    Settlement settlement(schedule, patience);
    const auto counting = countingPayments(currency, agreedOn, payments, today);
    // The days on which something can happen: a payment, or the day after a deadline.
    std::vector<Date> days{today};
    for (const auto* payment : counting)
        days.push_back(payment->on);
    for (const auto& one : schedule)
        if (const auto after = one.due.plusDays(patience.graceDays + 1); after <= today)
            days.push_back(after);
    std::ranges::sort(days);
    auto next = counting.begin();
    for (const auto& day : days) {
        // Until yesterday's evening, then this day's payments: one that comes a day late does not undo what was missed.
        const bool isBroken = settlement.countMissed(day) > patience.mostMissed;
        if (isBroken)
            return {PlanState::Broken, settlement.take(), day, std::nullopt};
        for (; next != counting.end() && (*next)->on <= day; ++next)
            settlement.pay((*next)->amount.minor());
        if (settlement.isComplete())
            return {PlanState::Completed, settlement.take(), day, std::nullopt};
    }
    const auto changesOn = settlement.nextDeadlineAfter(today);
    return {PlanState::InForce, settlement.take(), std::nullopt, changesOn};
}

std::vector<InstalmentStanding> standingsOf(const PlanSchedule& schedule)
{
    std::vector<InstalmentStanding> standings;
    for (const auto& one : schedule.instalments)
        standings.push_back({one});
    return standings;
}

std::vector<Instalment> scheduleOf(const PlanRow& row)
{
    std::vector<Instalment> schedule;
    for (const auto& one : row.instalments)
        schedule.push_back(one.due);
    return schedule;
}

} // namespace evenhand::domain
