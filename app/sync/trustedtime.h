// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/base/clock.h"
#include "db/cachetypes.h"

namespace evenhand::sync {

/// The time that leases are measured by (reference §8): what the server said plus the monotonic time since, in the same boot; before
/// contact in this boot the last known trusted time and what passed since this program began, or the wall clock if that is later.
/// Setting the wall clock back gains nothing; setting it forward costs nothing once the server was heard. Not counted: time while the
/// computer was off, if the wall clock was set back as well. Data thread only.
class TrustedTime {
public:
    /// `known` is what anchor() gave before the program last ended.
    TrustedTime(const base::Clock& clock, const std::optional<db::TimeAnchor>& known);
    /// An authenticated answer came.
    void heard(base::Instant serverTime);
    [[nodiscard]] base::Instant now() const;
    /// To be kept over restarts; at least every minute and at lock.
    [[nodiscard]] db::TimeAnchor anchor() const;

private:
    const base::Clock& m_clock;
    base::Instant m_base{};
    std::int64_t m_baseMonoMs;
    bool m_isFromServer = false;                 ///< in this boot
};

} // namespace evenhand::sync
