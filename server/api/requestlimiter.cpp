// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/requestlimiter.h"

#include <algorithm>
#include <cmath>

namespace evenhand::server {

namespace {
constexpr std::size_t kDevicesKept = 50'000;   // more than a data set has; beyond it those that are quiet are forgotten
}

std::optional<std::int64_t> RequestLimiter::count(const std::string& token)
{
    const std::lock_guard lock(m_mutex);
    const auto device = m_devices.find(token);
    return device == m_devices.end() ? std::nullopt : std::optional(take(m_buckets[device->second]));
}

std::int64_t RequestLimiter::note(const std::string& token, const domain::DeviceId& device)
{
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() >= kDevicesKept && !m_buckets.contains(device))
        makeRoom();
    auto& bucket = m_buckets.try_emplace(device, Bucket{kBurst, m_clock.monotonicMs()}).first->second;
    if (bucket.token != token) {
        m_devices.erase(bucket.token);
        bucket.token = token;
        m_devices.insert_or_assign(token, device);
    }
    return take(bucket);
}

std::optional<domain::DeviceId> RequestLimiter::deviceOf(const std::string& token) const
{
    const std::lock_guard lock(m_mutex);
    const auto device = m_devices.find(token);
    return device == m_devices.end() ? std::nullopt : std::optional(device->second);
}

std::int64_t RequestLimiter::take(Bucket& bucket)
{
    const auto now = m_clock.monotonicMs();
    bucket.tokens = std::min(kBurst, bucket.tokens + static_cast<double>(now - bucket.atMs) * kPerSecond / 1000);
    bucket.atMs = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / kPerSecond));
}

// Whoever's bucket is full again loses nothing by being forgotten.
void RequestLimiter::makeRoom()
{
    const auto fullSince = m_clock.monotonicMs() - static_cast<std::int64_t>(kBurst / kPerSecond * 1000);
    std::erase_if(m_buckets, [&](const auto& entry) { return entry.second.atMs <= fullSince && m_devices.erase(entry.second.token) <= 1; });
}

} // namespace evenhand::server
