// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/promise.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace evenhand::domain {

namespace {

using base::Date;
using base::ErrorCode;
using base::fail;
using base::Money;
using base::Result;
using Level = PromiseFinding::Level;

constexpr int kDaysBeforePayDay = 7;

__extension__ typedef __int128 Wide;

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string plainDay(std::string_view text)
{
    std::string plain(text);
    for (const auto* separator : {"/", ".", "年", "月", "／", "．", "－"})
        replaceAll(plain, separator, "-");
    for (const auto* nothing : {"日", "号", " ", "　"})
        replaceAll(plain, nothing, "");
    for (char digit = 0; digit < 10; ++digit)
        replaceAll(plain, std::string{'\xEF', '\xBC', static_cast<char>('\x90' + digit)}, std::string(1, static_cast<char>('0' + digit)));
    return plain;
}

std::optional<std::array<int, 3>> threeNumbers(std::string_view text)
{
    std::array<int, 3> numbers{};
    const auto* at = text.data();
    const auto* end = text.data() + text.size();
    for (std::size_t i = 0; i < 3; ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc() || numbers[i] < 0 || (i < 2 && (next == end || *next != '-')) || (i == 2 && next != end))
            return std::nullopt;
        at = next + 1;
    }
    return numbers;
}

std::int64_t leastAmount(std::int64_t balance, const PromiseLimits& limits)
{
    // Rounded up: 10 % of 0.05 is one minor unit, not none.
    const auto byPercent = static_cast<std::int64_t>((Wide(balance) * limits.minPercent + 99) / 100);
    return std::min(balance, std::max(limits.minMinor, byPercent));
}

// Notes who must agree to what the agent's own limits do not cover; nothing when `own` is enough.
void needApproval(std::vector<PromiseFinding>& findings, const PromiseRules& rules, ApprovalLevel own, const char* rule, const std::string& text, auto fits)
{
    const PromiseLimits agent{rules.minMinor, rules.minPercent, rules.latestDays, rules.mostOpen};
    if (fits(agent))
        return;
    const auto needs = !rules.supervisor || fits(*rules.supervisor) ? ApprovalLevel::Supervisor : ApprovalLevel::Legal;
    if (needs > own)
        findings.push_back({Level::NeedsApproval, rule, text, needs});
}

void checkAmount(const Money& amount, const Money& balance, const PromiseRules& rules, ApprovalLevel own, std::vector<PromiseFinding>& findings)
{
    if (!(amount.currency() == balance.currency()))
        findings.push_back({Level::Refused, "promise.currency", "the promise is in another currency than the debt"});
    else if (amount.minor() <= 0)
        findings.push_back({Level::Refused, "promise.zero", "the amount must be more than zero"});
    else if (amount.minor() > balance.minor())
        findings.push_back({Level::Refused, "promise.over_balance", "the amount is more than the balance"});
    else
        needApproval(findings, rules, own, "promise.minimum", "the amount is below the least amount of the pack",
                     [&](const PromiseLimits& limits) { return amount.minor() >= leastAmount(balance.minor(), limits); });
}

void checkDay(Date due, Date today, const PromiseRules& rules, const PromiseCalendar& calendar, ApprovalLevel own, std::vector<PromiseFinding>& findings)
{
    if (due < today)
        findings.push_back({Level::Refused, "promise.past", "the day is in the past"});
    else
        needApproval(findings, rules, own, "promise.latest", "the day is later than " + std::to_string(rules.latestDays) + " days from today",
                     [&](const PromiseLimits& limits) { return due <= today.plusDays(limits.latestDays); });
    if (calendar.daysOff.contains(due))
        findings.push_back({Level::Note, "promise.holiday", "the day is a public holiday: banks may book later"});
    if (calendar.payDay) {
        const auto days = *calendar.payDay - due.day();
        if (days > 0 && days <= kDaysBeforePayDay)
            findings.push_back({Level::Note, "promise.before_pay_day", "the day is shortly before pay-day"});
    }
}

// A promise while payments are handed out.
struct Account {
    const PromiseTerms* terms;
    Date deadline;
    std::int64_t paid = 0;
    bool reversal = false;
};

bool takes(const Account& account, const ReceivedPayment& payment)
{
    return !account.terms->cancelledOn && payment.amount.currency() == account.terms->amount.currency() && payment.on >= account.terms->madeOn
        && payment.on <= account.deadline && account.paid < account.terms->amount.minor();
}

// Whoever had the payment gets time to make it good; found by handing out everything as if nothing had been reversed.
void handOut(std::vector<Account*>& queue, const std::vector<const ReceivedPayment*>& payments, bool countReversed, std::int64_t graceDays)
{
    for (const auto* payment : payments) {
        if (payment->reversedOn && !countReversed)
            continue;
        auto rest = payment->amount.minor();
        for (auto* account : queue) {
            if (rest <= 0 || !takes(*account, *payment))
                continue;
            const auto part = std::min(rest, account->terms->amount.minor() - account->paid);
            account->paid += part;
            rest -= part;
            if (payment->reversedOn)
                account->deadline = std::max(account->deadline, payment->reversedOn->plusDays(static_cast<int>(graceDays)));
        }
    }
}

PromiseState stateOf(const Account& account, Date today, const PromiseRules& rules)
{
    if (account.terms->cancelledOn && *account.terms->cancelledOn <= today)
        return PromiseState::Cancelled;
    if (account.paid > 0 && account.paid >= account.terms->amount.minor() - rules.toleranceMinor)
        return PromiseState::Kept;
    if (today <= account.deadline)
        return PromiseState::Open;
    return account.paid > 0 ? PromiseState::PartlyKept : PromiseState::Broken;
}

} // namespace

Result<Date> parseDay(std::string_view text)
{
    const auto numbers = threeNumbers(plainDay(text));
    if (!numbers || (*numbers)[0] < 1000)
        return fail(ErrorCode::Invalid, "not a day like 2026-04-05");
    const auto [year, month, day] = *numbers;
    const auto date = Date::tryFrom(year, month, day);
    if (!date)
        return fail(ErrorCode::Invalid, "the calendar has no day " + std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day));
    return *date;
}

PromiseRules strictest(PromiseRules a, const PromiseRules& b)
{
    a.minMinor = std::max(a.minMinor, b.minMinor);
    a.minPercent = std::max(a.minPercent, b.minPercent);
    a.latestDays = std::min(a.latestDays, b.latestDays);
    a.mostOpen = std::min(a.mostOpen, b.mostOpen);
    a.graceDays = std::max(a.graceDays, b.graceDays);
    a.toleranceMinor = std::max(a.toleranceMinor, b.toleranceMinor);
    if (a.supervisor && b.supervisor)
        a.supervisor = PromiseLimits{std::max(a.supervisor->minMinor, b.supervisor->minMinor), std::max(a.supervisor->minPercent, b.supervisor->minPercent),
                                     std::min(a.supervisor->latestDays, b.supervisor->latestDays), std::min(a.supervisor->mostOpen, b.supervisor->mostOpen)};
    else if (b.supervisor)
        a.supervisor = b.supervisor;
    return a;
}

std::optional<ApprovalLevel> levelNeeded(const std::vector<PromiseFinding>& findings)
{
    std::optional<ApprovalLevel> needed;
    for (const auto& finding : findings)
        if (finding.level == Level::NeedsApproval)
            needed = std::max(needed.value_or(finding.needs), finding.needs);
    return needed;
}

std::vector<PromiseFinding> checkPromise(const PromiseDraft& draft, const Money& balance, Date today, int openPromises, const PromiseRules& rules,
                                         const PromiseCalendar& calendar, ApprovalLevel own)
{
    return checkPromises({draft}, balance, today, openPromises, rules, calendar, own);
}

std::vector<PromiseFinding> checkPromises(const std::vector<PromiseDraft>& drafts, const Money& balance, Date today, int openPromises,
                                          const PromiseRules& rules, const PromiseCalendar& calendar, ApprovalLevel own)
{
    std::vector<PromiseFinding> findings;
    std::int64_t sum = 0;
    const Date* before = nullptr;
    for (const auto& draft : drafts) {
        checkAmount(draft.amount, balance, rules, own, findings);
        checkDay(draft.due, today, rules, calendar, own, findings);
        if (before && draft.due <= *before)
            findings.push_back({Level::Refused, "promise.order", "the days of the parts must follow each other"});
        before = &draft.due;
        sum += std::min(draft.amount.minor(), Money::kLargestMinor / 128);
    }
    if (drafts.size() > 1 && sum > balance.minor())
        findings.push_back({Level::Refused, "promise.over_balance", "the parts together are more than the balance"});
    needApproval(findings, rules, own, "promise.open", "there are already " + std::to_string(openPromises) + " open promises",
                 [openPromises](const PromiseLimits& limits) { return openPromises < limits.mostOpen; });
    return findings;
}

std::vector<PromiseStanding> judgePromises(const std::vector<PromiseTerms>& promises, const std::vector<ReceivedPayment>& payments, Date today,
                                           const PromiseRules& rules)
{
    std::vector<Account> accounts;
    for (const auto& terms : promises)
        accounts.push_back({&terms, terms.due.plusDays(rules.graceDays)});
    std::vector<Account*> queue;
    for (auto& account : accounts)
        queue.push_back(&account);
    std::stable_sort(queue.begin(), queue.end(), [](const Account* a, const Account* b) {
        return std::tie(a->terms->due, a->terms->madeOn) < std::tie(b->terms->due, b->terms->madeOn);
    });
    std::vector<const ReceivedPayment*> inOrder;
    for (const auto& payment : payments)
        if (payment.on <= today && payment.amount.minor() > 0)
            inOrder.push_back(&payment);
    std::stable_sort(inOrder.begin(), inOrder.end(), [](const ReceivedPayment* a, const ReceivedPayment* b) { return a->on < b->on; });

    handOut(queue, inOrder, true, rules.graceDays);
    for (auto& account : accounts)
        account.paid = 0;
    handOut(queue, inOrder, false, rules.graceDays);

    std::vector<PromiseStanding> standings;
    for (const auto& account : accounts)
        standings.push_back({account.terms->id, stateOf(account, today, rules), account.paid, account.deadline});
    return standings;
}

} // namespace evenhand::domain
