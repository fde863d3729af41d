// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/compliance/ruleset.h"

namespace evenhand::compliance {

/// What the packs in force say about recordings of one channel.
struct RecordingPolicy {
    bool isRequired = false;       ///< a rule that is switched on holds or blocks a contact that is not recorded
    int keepHereDays = 30;         ///< the longest that any rule asks for
};

[[nodiscard]] RecordingPolicy recordingPolicyOf(const RuleSet& rules, domain::Channel channel);

} // namespace evenhand::compliance
