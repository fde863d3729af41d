// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/base/clock.h"
#include "app/domain/ids.h"

namespace evenhand::server {

/// How many requests a device may make: kPerSecond on average, kBurst at once. A token that was seen before is counted without asking the
/// database, so that a device gone wild costs next to nothing. Thread-safe.
class RequestLimiter {
public:
    static constexpr double kPerSecond = 20;
    static constexpr double kBurst = 100;

    explicit RequestLimiter(const base::Clock& clock) : m_clock(clock) {}
    /// Counts a request with a token that note() was told of. Seconds to wait, 0: go on; nullopt: the token is not known here.
    [[nodiscard]] std::optional<std::int64_t> count(const std::string& token);
    /// Whose token it is, and the first request made with it. The device's older token is forgotten.
    [[nodiscard]] std::int64_t note(const std::string& token, const domain::DeviceId& device);
    [[nodiscard]] std::optional<domain::DeviceId> deviceOf(const std::string& token) const;

private:
    struct Bucket {
        double tokens = kBurst;
        std::int64_t atMs = 0;
        std::string token{};                           ///< the device's current one
    };
    [[nodiscard]] std::int64_t take(Bucket& bucket);
    void makeRoom();

    const base::Clock& m_clock;
    mutable std::mutex m_mutex;                        // guards the next two
    std::unordered_map<domain::DeviceId, Bucket> m_buckets;
    std::unordered_map<std::string, domain::DeviceId> m_devices;
};

} // namespace evenhand::server
