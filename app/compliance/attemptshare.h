// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "app/base/clock.h"

namespace evenhand::compliance {

/// A case's attempts are divided in so many units. Six: two devices get 4 and 2, of a daily limit of three that is 2 and 1.
inline constexpr int kAttemptUnits = 6;

/// How much of a limit over some days a device with so many units may use by itself. Rounds down, so that the parts of all devices
/// never add up to more than the limit; a larger limit never gives less.
[[nodiscard]] constexpr int shareOf(int limit, int units) { return limit * units / kAttemptUnits; }

/// What the server set aside for one device and one case. A device acts on the grant with the highest version it has seen, until
/// `until` by its trusted time; without one it makes no attempts.
struct AttemptGrant {
    std::int64_t version = 0;
    int units = 0;
    base::Instant until{};
    friend bool operator==(const AttemptGrant&, const AttemptGrant&) = default;
};

} // namespace evenhand::compliance
