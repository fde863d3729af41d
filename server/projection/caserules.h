// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "server/store/records.h"

/// The projection's rules as pure functions, so that tables can test them.
namespace evenhand::server {

/// Was this contact made although the gate said hold or block? Attempts of the other side are never our breach.
[[nodiscard]] bool isOutsideRules(const domain::CallPayload& call);

/// False: the body of a row of kind `case`, canonical JSON, surely has no next action. A quick look without parsing.
[[nodiscard]] bool mayHaveNextAction(std::string_view caseBody);

/// The body of the echo of a stored event: canonical JSON of domain::EventEcho, written directly because one is made for every event.
[[nodiscard]] std::string echoBody(const EventRecord& event);

/// Does this contact carry out the call-back that the case was waiting for? An attempt at or after its time does, whoever answered.
[[nodiscard]] bool fulfilsNextAction(const domain::CaseRow& row, const domain::CallPayload& call);

/// Sets a flag (once for the same kind, party and channel) or clears those that match.
void applyFlag(std::vector<domain::Flag>& flags, const domain::FlagPayload& change, base::Instant at);

/// The row after the change; nullopt when a new one has no value, or when there is nothing to change.
[[nodiscard]] std::optional<domain::ContactPointRow> changedContactPoint(const std::optional<domain::ContactPointRow>& before,
                                                                         const domain::ContactPointChangePayload& change,
                                                                         const domain::CaseId& caseId);

} // namespace evenhand::server
