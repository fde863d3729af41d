// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "app/base/clock.h"

namespace evenhand::server {

/// Counts wrong passwords per account and per address in a sliding hour. In memory: a restart forgives. Thread-safe.
class AttemptLimiter {
public:
    static constexpr std::size_t kWrongPerHour = 5;

    explicit AttemptLimiter(const base::Clock& clock) : m_clock(clock) {}
    /// 0 when another try is allowed, else the seconds to wait.
    [[nodiscard]] std::int64_t waitS(const std::string& account, const std::string& address);
    void noteWrong(const std::string& account, const std::string& address);
    void noteRight(const std::string& account);

private:
    [[nodiscard]] std::int64_t waitFor(const std::string& key, base::Instant now);
    const base::Clock& m_clock;
    std::mutex m_mutex;                              // guards m_wrong
    std::map<std::string, std::deque<base::Instant>> m_wrong;
};

} // namespace evenhand::server
