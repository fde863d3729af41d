// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/projection/caserules.h"

#include <algorithm>

namespace evenhand::server {

bool isOutsideRules(const domain::CallPayload& call)
{
    if (call.direction == domain::Direction::Inbound || !call.gate.is_object())
        return false;
    const auto decision = call.gate.find("decision");
    return decision != call.gate.end() && decision->is_string() && (*decision == "block" || *decision == "hold");
}

bool fulfilsNextAction(const domain::CaseRow& row, const domain::CallPayload& call)
{
    return row.nextActionAt && call.startedAt >= *row.nextActionAt;
}

void applyFlag(std::vector<domain::Flag>& flags, const domain::FlagPayload& change, base::Instant at)
{
    const auto matches = [&](const domain::Flag& flag) {
        return flag.kind == change.kind && !flag.clearedAt && flag.partyId == change.partyId && flag.channel == change.channel;
    };
    if (!change.set) {
        for (auto& flag : flags) {
            if (matches(flag))
                flag.clearedAt = at;
        }
        return;
    }
    if (std::ranges::none_of(flags, matches))
        flags.push_back({change.kind, at, std::nullopt, change.partyId, {}, change.channel});
}

std::optional<domain::ContactPointRow> changedContactPoint(const std::optional<domain::ContactPointRow>& before,
                                                           const domain::ContactPointChangePayload& change, const domain::CaseId& caseId)
{
    if (!before) {
        if (!change.added || !change.value)
            return std::nullopt;
        return domain::ContactPointRow{change.contactPointId, caseId,        change.partyId,
                                       change.kind,           *change.value, change.source,
                                       change.status.value_or(domain::ContactStatus::Active), std::nullopt, std::string()};
    }
    auto after = *before;
    if (change.value) {
        after.value = *change.value;
        after.source = change.source;   // who told us belongs to the value, not to its status
    }
    if (change.status)
        after.status = *change.status;
    return after;
}

} // namespace evenhand::server
