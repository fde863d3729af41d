// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/compliance/decision.h"

namespace evenhand::services {

/// "Why was this allowed?", asked of a contact that was made: what the gate said then, and what the same rules say today of the
/// same facts.
struct GateReplay {
    base::Instant askedAt{};
    compliance::Decision stored;                          ///< as the event keeps it
    std::optional<compliance::Decision> again{};          ///< absent: see `whyNot`
    bool isSame = false;                                  ///< the two agree in every reason, counted contact and time
    std::vector<compliance::RuleOpinion> opinions{};      ///< of every rule that was asked, those that passed it too
    std::string whyNot{};                                 ///< why it cannot be asked again here: a word, see below
    std::string overrideReason{};                         ///< why somebody went on in spite of the answer; "" nobody did
};

/// Words of GateReplay::whyNot.
namespace replayproblem {
inline constexpr const char* kNotKept = "not_kept";       ///< recorded by a program that did not keep the question
inline constexpr const char* kOtherRules = "other_rules"; ///< the rules of that day are not on this computer
inline constexpr const char* kLostHistory = "lost_history"; ///< contacts that were counted are not on this computer any more
} // namespace replayproblem

} // namespace evenhand::services
