// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/json.h"
#include "app/compliance/contactfacts.h"
#include "app/compliance/decision.h"

/// The JSON of the gate: what `evenhandctl gate` reads and writes, and what an event stores of the judgement.
namespace evenhand::compliance {

/// One complete question to the gate.
struct GateQuestion {
    base::Instant now;
    ContactIntent intent;
    ContactFacts facts;
};

/// Unknown members are ignored. A wrong type, an unknown word or a missing member without which there is no question is Invalid,
/// with the place ("/history/3/at: expected a time like …").
[[nodiscard]] base::Result<GateQuestion> questionFromJson(const base::Json& json);
[[nodiscard]] base::Json toJson(const GateQuestion& question);

[[nodiscard]] base::Json toJson(const Decision& decision);
/// Reads back what toJson wrote, for the timeline ("why was this allowed?").
[[nodiscard]] base::Result<Decision> decisionFromJson(const base::Json& json);

} // namespace evenhand::compliance
