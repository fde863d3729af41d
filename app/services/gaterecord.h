// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/services/casefacts.h"
#include "app/services/caseview.h"
#include "app/services/gatereplay.h"

/// What events keep of the gate, read again. Data thread.
namespace evenhand::services {

class OpenProfile;

/// Forbidden when no pack could be loaded: without rules nobody is contacted.
[[nodiscard]] base::Result<GateAnswer> askGate(OpenProfile& profile, const GateRequest& request);
/// See CallService::overrideGate. The event that says so is on disk when this returns.
[[nodiscard]] base::Result<GateAnswer> overrideGate(OpenProfile& profile, const GateRequest& request, GateAnswer answer, OverrideReason reason);

/// NotFound: no such contact in this case, or the gate was not asked about it.
[[nodiscard]] base::Result<GateReplay> replayGate(const OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& eventId);

/// Why somebody went on in spite of the gate; "" when nobody did or nothing is known.
[[nodiscard]] std::string overrideReasonOf(const base::Json& storedGate);

/// Contacts with the debtor of a case over all cases of that person that are known here.
[[nodiscard]] PressureView pressureOn(const CaseFacts& facts, const std::vector<CaseFacts>& peers, base::Instant now);

} // namespace evenhand::services
