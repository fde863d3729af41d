// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <string>

#include "app/base/clock.h"

namespace evenhand::test {

/// A clock that stands still until the test moves it. The time may be moved from any thread; the boot id may not.
class FakeClock final : public base::Clock {
public:
    explicit FakeClock(const char* rfc3339 = "2026-03-02T10:00:00+08:00") : m_now(base::Instant::tryFromRfc3339(rfc3339)->milliseconds()) {}

    [[nodiscard]] base::Instant now() const override { return base::Instant::fromMilliseconds(m_now); }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_mono; }
    [[nodiscard]] std::string bootId() const override { return m_boot; }

    void advance(std::int64_t ms)                      ///< time passes
    {
        m_now += ms;
        m_mono += ms;
    }
    void setWall(base::Instant at) { m_now = at.milliseconds(); }   ///< somebody sets the clock; the monotonic one does not move
    void reboot(std::string bootId)
    {
        m_boot = std::move(bootId);
        m_mono = 0;
    }

private:
    std::atomic<std::int64_t> m_now;
    std::atomic<std::int64_t> m_mono{1'000};
    std::string m_boot = "00000000-0000-4000-8000-000000000001";
};

} // namespace evenhand::test
