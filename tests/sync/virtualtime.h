// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "app/sync/alarm.h"
#include "tests/support/fakeclock.h"

namespace evenhand::test {

/// Time that passes only when the test lets it. Everything that waits, alarms and fake answers alike, stands in one queue; what is due at the same
/// moment runs in the order it was asked for.
class VirtualTime final : public sync::AlarmMaker {
public:
    explicit VirtualTime(FakeClock& clock) : m_clock(clock) {}

    using Ticket = std::pair<std::int64_t, std::int64_t>;
    Ticket after(std::int64_t ms, std::function<void()> run)
    {
        const Ticket ticket{m_elapsed + ms, ++m_count};
        m_waiting.emplace(ticket, std::move(run));
        return ticket;
    }
    void cancel(const Ticket& ticket) { m_waiting.erase(ticket); }

    /// Lets time pass until `done` holds; false when `withinMs` went by or nothing is left to happen.
    bool runUntil(const std::function<bool()>& done, std::int64_t withinMs)
    {
        const auto end = m_elapsed + withinMs;
        while (!done()) {
            if (m_waiting.empty() || m_waiting.begin()->first.first > end)
                return false;
            auto [ticket, run] = std::move(*m_waiting.begin());
            m_waiting.erase(m_waiting.begin());
            m_clock.advance(ticket.first - m_elapsed);
            m_elapsed = ticket.first;
            run();
        }
        return true;
    }
    [[nodiscard]] std::int64_t elapsedMs() const { return m_elapsed; }

    /// Alarms that never ring, for negative controls.
    bool alarmsAreDead = false;
    [[nodiscard]] std::unique_ptr<sync::Alarm> make() override { return std::make_unique<VirtualAlarm>(*this); }

private:
    class VirtualAlarm final : public sync::Alarm {
    public:
        explicit VirtualAlarm(VirtualTime& time) : m_time(time) {}
        ~VirtualAlarm() override { clear(); }
        void set(std::int64_t inMilliseconds, std::function<void()> ring) override
        {
            clear();
            if (m_time.alarmsAreDead)
                return;
            m_isSet = true;
            m_ticket = m_time.after(inMilliseconds, [this, ring = std::move(ring)] {
                m_isSet = false;
                ring();
            });
        }
        void clear() override
        {
            if (std::exchange(m_isSet, false))
                m_time.cancel(m_ticket);
        }

    private:
        VirtualTime& m_time;
        Ticket m_ticket{};
        bool m_isSet = false;
    };

    FakeClock& m_clock;
    std::int64_t m_elapsed = 0;
    std::int64_t m_count = 0;
    std::map<Ticket, std::function<void()>> m_waiting;
};

} // namespace evenhand::test
