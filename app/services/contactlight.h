// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/compliance/decision.h"

namespace evenhand::services {

/// The contact light: may this person be contacted there now, in one sentence. Icon and colour follow from `level`.
struct ContactLight {
    bool known = false;                              ///< false: not judged yet (background work), level means nothing
    compliance::Verdict level = compliance::Verdict::Block;
    std::string rule;                                ///< of the strictest reason; "" when allowed
    compliance::LocalisedText reason;                ///< "en", "zh_CN" → one sentence; empty when allowed
    std::string clause;                              ///< source of the rule, with confidence mark
    std::optional<base::Instant> nextAllowedAt{};    ///< absent: allowed now, or not by waiting
    std::string timeZone;                            ///< in which times are meant (IANA)
};

/// The light that a decision makes.
[[nodiscard]] ContactLight lightOf(const compliance::Decision& decision);

} // namespace evenhand::services
