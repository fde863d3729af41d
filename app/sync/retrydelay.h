// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "app/base/crypto.h"

namespace evenhand::sync {

/// Uniform in [0, 1).
[[nodiscard]] inline double random01()
{
    std::array<std::uint8_t, 4> bytes{};
    base::fillRandom(bytes);
    std::uint32_t value = 0;
    for (const auto byte : bytes)
        value = (value << 8) | byte;
    return static_cast<double>(value) / 4294967296.0;
}

/// Full jitter after the n-th failure in a row (from 1): random · min(longest, first · 2^(n−1)), but never so short that it spins.
[[nodiscard]] inline std::int64_t retryWaitMs(std::int64_t firstMs, std::int64_t longestMs, int failures, double random, std::int64_t shortestMs = 250)
{
    const double grown = static_cast<double>(firstMs) * std::exp2(std::min(failures - 1, 30));
    return std::max(shortestMs, static_cast<std::int64_t>(std::min(static_cast<double>(longestMs), grown) * random));
}

} // namespace evenhand::sync
