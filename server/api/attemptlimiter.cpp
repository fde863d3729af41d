// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/attemptlimiter.h"

#include <algorithm>

namespace evenhand::server {

namespace {

constexpr std::int64_t kWindowMs = 3600 * 1000;
constexpr std::size_t kKeysLimit = 100000;   // somebody who tries endless names must not fill the memory

std::string accountKey(const std::string& account) { return "account " + account; }
std::string addressKey(const std::string& address) { return "address " + address; }

} // namespace

std::int64_t AttemptLimiter::waitFor(const std::string& key, base::Instant now)
{
    const auto found = m_wrong.find(key);
    if (found == m_wrong.end())
        return 0;
    auto& tries = found->second;
    while (!tries.empty() && now.milliseconds() - tries.front().milliseconds() >= kWindowMs)
        tries.pop_front();
    if (tries.empty()) {
        m_wrong.erase(found);
        return 0;
    }
    if (tries.size() < kWrongPerHour)
        return 0;
    const auto oldest = tries[tries.size() - kWrongPerHour];
    return std::max<std::int64_t>(1, (oldest.milliseconds() + kWindowMs - now.milliseconds() + 999) / 1000);
}

std::int64_t AttemptLimiter::waitS(const std::string& account, const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.now();
    return std::max(waitFor(accountKey(account), now), waitFor(addressKey(address), now));
}

void AttemptLimiter::noteWrong(const std::string& account, const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    if (m_wrong.size() > kKeysLimit)
        m_wrong.clear();
    for (const auto& key : {accountKey(account), addressKey(address)})
        m_wrong[key].push_back(m_clock.now());
}

void AttemptLimiter::noteRight(const std::string& account)
{
    const std::lock_guard lock(m_mutex);
    m_wrong.erase(accountKey(account));
}

} // namespace evenhand::server
