// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/contactlight.h"

namespace evenhand::services {

ContactLight lightOf(const compliance::Decision& decision)
{
    ContactLight light;
    light.known = true;
    light.level = decision.verdict;
    light.timeZone = decision.timeZone;
    light.nextAllowedAt = decision.nextAllowedAt;
    if (decision.reasons.empty())
        return light;
    const auto& strictest = decision.reasons.front();
    light.rule = strictest.rule;
    light.reason = strictest.text;
    light.clause = strictest.clause;
    if (!strictest.clause.empty())
        light.clause += " (" + std::string(compliance::toWord(strictest.confidence)) + ")";
    return light;
}

} // namespace evenhand::services
