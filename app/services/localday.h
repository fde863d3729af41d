// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/date.h"

/// Days as the person at this computer counts them.
namespace evenhand::services {

[[nodiscard]] base::Date localDay(base::Instant at);
[[nodiscard]] base::Instant startOfLocalDay(base::Instant at);
[[nodiscard]] base::Instant startOfLocalDay(const base::Date& day);
[[nodiscard]] int localOffsetMinutes(base::Instant at);

} // namespace evenhand::services
