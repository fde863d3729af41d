// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "server/demo/democases.h"
#include "server/demo/demorandom.h"
#include "server/demo/demowords.h"

namespace evenhand::server::demo {

using base::Date;
using base::Instant;
using domain::ContactPointKind;
using domain::ContactResult;
using domain::FlagKind;

namespace {

enum class Story {
    Fresh, NobodyAnswers, Spoke, PromiseToday, PromiseLater, PromiseBroken, PromiseKeptInPart, CallBackToday, Dispute, Hardship, Complaint,
    Cease, WorkplaceBarred, LostContact, PromiseKept, PromiseAsked, PlanAsked, PlanInForce
};

struct Weight {
    Story story;
    int percent;
};

constexpr std::array<Weight, 18> kStories{{{Story::Fresh, 22}, {Story::NobodyAnswers, 19}, {Story::Spoke, 13}, {Story::PromiseToday, 6},
    {Story::PromiseLater, 8}, {Story::PromiseBroken, 6}, {Story::PromiseKeptInPart, 3}, {Story::CallBackToday, 6}, {Story::Dispute, 3},
    {Story::Hardship, 2}, {Story::Complaint, 1}, {Story::Cease, 1}, {Story::WorkplaceBarred, 1}, {Story::LostContact, 2}, {Story::PromiseKept, 2},
    {Story::PromiseAsked, 1}, {Story::PlanAsked, 2}, {Story::PlanInForce, 2}}};

Story storyOf(Random& random)
{
    int at = random.between(1, 100);
    for (const auto& [story, percent] : kStories) {
        at -= percent;
        if (at <= 0)
            return story;
    }
    return Story::Fresh;
}

// Tells the story of one case. Days count back from today; what happens on one day happens on different half hours.
class Storyteller {
public:
    Storyteller(DemoCase& one, int number, std::uint64_t seed, const Date& today)
        : m_case(one), m_number(number), m_today(today), m_random(seed, "history " + std::to_string(number))
    {
    }

    void tell()
    {
        // The first cases show one story each, so that a demonstration always finds them; the others are drawn.
        const bool isShown = m_number < static_cast<int>(kStories.size()) * 4;
        const auto story = isShown ? kStories[static_cast<std::size_t>(m_number / 4)].story : storyOf(m_random);
        if (story != Story::Fresh)
            attempts(m_random.between(0, 3), 30, 12);
        tell(story);
        std::stable_sort(m_case.history.begin(), m_case.history.end(), [](const PastEvent& a, const PastEvent& b) { return a.at < b.at; });
    }

private:
    void tell(Story story)
    {
        switch (story) {
        case Story::Fresh: break;
        case Story::NobodyAnswers: attempts(m_random.between(1, 3), 10, 2); break;
        case Story::Spoke: conversation(m_random.between(3, 9), "no_commitment", kSpokeNotes); break;
        case Story::PromiseToday: promise(m_random.between(3, 8), 0, 0); break;
        case Story::PromiseLater: promise(m_random.between(2, 6), m_random.between(1, 12), 0); break;
        case Story::PromiseBroken: promise(m_random.between(12, 16), -m_random.between(3, 7), 0); break;
        case Story::PromiseKeptInPart: promise(m_random.between(12, 20), -m_random.between(3, 7), 50); break;
        case Story::PromiseKept: promise(m_random.between(9, 14), -m_random.between(1, 5), 100); break;
        case Story::PromiseAsked: promise(m_random.between(1, 2), m_random.between(38, 50), 0); break;
        case Story::PlanAsked: plan(m_random.between(1, 2), 12, false); break;
        case Story::PlanInForce: plan(m_random.between(24, 28), 6, true); break;
        case Story::CallBackToday: callBack(); break;
        case Story::Dispute: hold(FlagKind::Dispute, "dispute", "客户对本金有异议，要求提供合同和流水，已登记异议。"); break;
        case Story::Hardship: hold(FlagKind::Hardship, "hardship", "客户称因病失业，已说明困难客户的帮扶申请，待提交证明。"); break;
        case Story::Complaint: hold(FlagKind::Complaint, "complaint", "客户对来电频次提出投诉，已转投诉处理。"); break;
        case Story::Cease: hold(FlagKind::Cease, "stop_request", "客户书面要求停止电话联系，改用信函。"); break;
        case Story::WorkplaceBarred: hold(FlagKind::WorkplaceBarred, "reminded", "客户要求不再拨打单位电话。"); break;
        case Story::LostContact: lostContact(); break;
        }
    }

    [[nodiscard]] const domain::PartyId& debtor() const { return m_case.content.parties.front().id; }

    [[nodiscard]] const domain::ContactPointRow& mobile() const
    {
        return *std::find_if(m_case.content.contactPoints.begin(), m_case.content.contactPoints.end(),
                             [](const auto& point) { return point.kind == ContactPointKind::Mobile; });
    }

    // Working hours, never at noon; the second keeps ids of one moment apart.
    Instant moment(int daysAgo)
    {
        const int halfHour = m_random.chance(60) ? m_random.between(18, 23) : m_random.between(28, 36);
        return demoZone().instantOf(m_today.plusDays(-daysAgo), halfHour * 1800 + m_random.between(0, 1799));
    }

    // Version 7, made from the moment and the case instead of chance, so that the demo is the same every time.
    domain::EventId eventId(Instant at)
    {
        const auto name = base::Uuid::fromName("evenhand.demo.event", m_case.content.head.id.toString() + std::to_string(m_case.history.size()));
        auto bytes = name.bytes();
        for (std::size_t i = 0; i < 6; ++i)
            bytes[i] = static_cast<std::uint8_t>(at.milliseconds() >> (40 - 8 * static_cast<int>(i)));
        bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);
        return domain::EventId(base::Uuid(bytes));
    }

    domain::EventId add(Instant at, domain::EventPayload payload)
    {
        const auto id = eventId(at);
        m_case.history.push_back({id, at, std::move(payload)});
        return id;
    }

    domain::CallPayload call(Instant at, const char* outcome, ContactResult result, std::string note)
    {
        domain::CallPayload call{.partyId = debtor()};
        call.contactPointId = mobile().id;
        for (const auto& account : m_case.content.accounts)
            call.accountIds.push_back(account.id);
        call.startedAt = at;
        call.outcome = outcome;
        call.result = result;
        call.rightParty = result == ContactResult::Conversation;
        call.durationS = call.rightParty ? m_random.between(45, 420) : 0;
        call.note = base::SensitiveText(std::move(note));
        call.dial = "copy";
        return call;
    }

    void attempts(int count, int earliestDay, int latestDay)
    {
        for (int i = 0; i < count; ++i) {
            const auto at = moment(m_random.between(latestDay, earliestDay));
            const int kind = m_random.between(1, 10);
            if (kind <= 7)
                add(at, call(at, "no_answer", ContactResult::NoAnswer, ""));
            else if (kind <= 9)
                add(at, call(at, "busy", ContactResult::Busy, ""));
            else
                add(at, call(at, "rejected", ContactResult::Rejected, "响两声后挂断。"));
        }
    }

    template <std::size_t N>
    domain::EventId conversation(int daysAgo, const char* outcome, const std::array<std::string_view, N>& notes)
    {
        const auto at = moment(daysAgo);
        m_lastTalk = at;
        return add(at, call(at, outcome, ContactResult::Conversation, std::string(m_random.pick(notes))));
    }

    // `paidPercent`: what was paid of it, on its day.
    void promise(int daysAgo, int dueInDays, int paidPercent)
    {
        const auto callId = conversation(daysAgo, "promise", kPromiseNotes);
        const auto& overdue = m_case.content.head.overdue;
        // Round amounts, as people promise them: a part of what is overdue in whole hundreds.
        const auto part = std::max<std::int64_t>(overdue.minor() * m_random.between(3, 10) / 10 / 10000 * 10000, 10000);
        const auto amount = *base::Money::tryFromMinor(std::min(part, std::max<std::int64_t>(overdue.minor(), 1)), overdue.currency());
        const auto at = m_lastTalk.plusSeconds(1);
        add(at, domain::PromisePayload{debtor(), amount, m_today.plusDays(dueInDays), std::string(m_random.pick(kMethods)), callId, std::nullopt, {},
                                       base::SensitiveText(dueInDays > 31 ? "工资发放日在月中，届时一次还清约定金额。" : "")});
        if (paidPercent > 0) {
            m_case.history.back().paid = *base::Money::tryFromMinor(amount.minor() * paidPercent / 100, amount.currency());
            m_case.history.back().paidOn = m_today.plusDays(dueInDays);
        }
    }

    // The first instalment is due two days ago in the one that is in force, and was paid.
    void plan(int daysAgo, int months, bool isInForce)
    {
        const auto callId = conversation(daysAgo, "plan_request", kPlanNotes);
        const auto currency = m_case.content.head.balance.currency();
        domain::PlanTerms terms{{domain::PlanKind::Instalments, months, m_today.plusDays(isInForce ? -2 : 20), 0, 0}, {}, currency};
        for (const auto& account : m_case.content.accounts)
            terms.accounts.push_back({account.id.toString(), account.principal.minor(), account.interest.minor(), account.fees.minor()});
        const auto schedule = domain::makeSchedule(terms.accounts, terms.offer);
        if (!schedule)
            return;
        const auto first = schedule->instalments.front();
        const std::int64_t left = first.amountMinor + 30000;
        add(m_lastTalk.plusSeconds(1), domain::PlanRequestPayload{debtor(), terms, schedule->totalMinor, true, "call", base::SensitiveText("失业后重新就业，收入减少，可按月偿还。"),
                                                                  domain::Means{left + 420000, 420000, m_random.between(0, 2)}, callId});
        if (isInForce) {
            m_case.history.back().paid = *base::Money::tryFromMinor(first.amountMinor, currency);
            m_case.history.back().paidOn = first.due;
        }
    }

    void callBack()
    {
        conversation(m_random.between(1, 3), "call_back", kCallbackNotes);
        const auto due = demoZone().instantOf(m_today, m_random.between(19, 37) * 1800);
        add(m_lastTalk.plusSeconds(1), domain::ReminderPayload{due, "callback"});
    }

    void hold(FlagKind kind, const char* outcome, const char* note)
    {
        const auto at = moment(m_random.between(2, 9));
        add(at, call(at, outcome, ContactResult::Conversation, note));
        add(at.plusSeconds(1), domain::FlagPayload{kind, true, std::nullopt, std::nullopt, "客户提出"});
    }

    void lostContact()
    {
        const auto at = moment(m_random.between(2, 9));
        add(at, call(at, "out_of_service", ContactResult::OutOfService, "号码已停机。"));
        const auto& point = mobile();
        add(at.plusSeconds(1), domain::ContactPointChangePayload{point.id, debtor(), false, point.kind, std::nullopt, domain::ContactStatus::Invalid,
                                                                 point.source});
    }

    DemoCase& m_case;
    int m_number;
    Date m_today;
    Random m_random;
    Instant m_lastTalk;
};

} // namespace

void addHistory(DemoCase& one, int number, std::uint64_t seed, const Date& today)
{
    Storyteller(one, number, seed, today).tell();
}

} // namespace evenhand::server::demo
