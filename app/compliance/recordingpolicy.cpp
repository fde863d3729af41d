// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/recordingpolicy.h"

#include <algorithm>

namespace evenhand::compliance {

RecordingPolicy recordingPolicyOf(const RuleSet& rules, domain::Channel channel)
{
    RecordingPolicy policy;
    for (const auto& rule : rules.rules()) {
        if (rule.kind != RuleKind::Recording || !rule.isEnabled || !rule.channels.has(channel))
            continue;
        policy.isRequired = policy.isRequired || rule.verdict >= Verdict::Hold;
        policy.keepHereDays = std::max(policy.keepHereDays, rule.keepHereDays);
    }
    return policy;
}

} // namespace evenhand::compliance
