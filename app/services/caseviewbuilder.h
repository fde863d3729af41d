// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/services/casefacts.h"
#include "app/services/caseview.h"

namespace evenhand::services {

using DisplayNames = std::map<domain::UserId, std::string>;

/// What a person sees of a case. Nothing leaves here unmasked except what agents themselves wrote.
struct CaseViewInput {
    const CaseFacts& facts;
    const std::vector<db::CaseListRow>& otherCases;
    const DisplayNames& names;
    domain::UserId me;
    base::Instant now;
    /// Asks the gate; empty while no pack is loaded: then no light is known.
    std::function<ContactLight(const GateRequest&)> light;
};
[[nodiscard]] CaseView buildCaseView(const CaseViewInput& input);

/// Newest first.
[[nodiscard]] std::vector<TimelineItem> buildTimeline(const CaseViewInput& input);

/// The value of a contact point as it is shown by default.
[[nodiscard]] std::string maskedContactPoint(const domain::ContactPointRow& row);
/// The channel by which a contact point is judged: phones by call, addresses by visit.
[[nodiscard]] domain::Channel usualChannel(domain::ContactPointKind kind);
/// The last call of this user on this day or later, if any.
[[nodiscard]] const KnownEvent* lastOwnCall(const CaseFacts& facts, const domain::UserId& me, base::Instant since);

} // namespace evenhand::services
