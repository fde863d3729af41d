// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/compliance/gatejson.h"
#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "db/casecache.h"
#include "db/journal.h"

namespace evenhand::services {

/// An event of a case as it is known here: an echo, or an own event whose echo has not come yet.
struct KnownEvent {
    domain::EventHeader header;
    std::optional<domain::EventPayload> payload{};       ///< absent: erased, or of a type this program does not know
    bool isOwn = false;                                  ///< made on this device
    Delivery delivery = Delivery::OnServer;
    std::string verdict;
    std::vector<std::string> flags{};
};

/// Everything known about one case: cache ⊕ own events without an echo. What people see and what the gate is told both come
/// from here, so that they cannot differ.
struct CaseFacts {
    db::CaseDetail detail;                               ///< with own unsent changes applied (flags, contact points, promises, call-back)
    std::vector<KnownEvent> events;                      ///< by time
    std::map<domain::ContactPointId, bool> changedHere;  ///< contact points with a change that is only here
    bool hasUnsent = false;
};

/// Nullopt for a case that is not here.
[[nodiscard]] base::Result<std::optional<CaseFacts>> readCase(const db::Journal& journal, const db::CaseCache& cache, const domain::CaseId& id);

/// The gate's question about one contact. `peers` are other cases of the same person: contacts with that person there count here.
[[nodiscard]] compliance::GateQuestion gateQuestion(const CaseFacts& facts, const std::vector<CaseFacts>& peers, const GateRequest& request,
                                                    base::Instant now);

/// The same for a case of which only the gist was read. `own` are the events of this device. The intent names no contact point yet.
/// Contacts in other cases of the same person are not in it.
[[nodiscard]] compliance::GateQuestion gateQuestion(const db::CaseGist& gist, const std::set<domain::EventId>& own, base::Instant now);

/// Contacts with one person of this case that are known here, in this case and in the others, each under the name the person has here.
[[nodiscard]] std::vector<compliance::PastContact> contactsWith(const CaseFacts& facts, const std::vector<CaseFacts>& peers,
                                                                const domain::PartyId& party);

/// What the gate was asked, in the form that an event keeps: everything but the past contacts, of which it keeps the ids.
[[nodiscard]] base::Json storedQuestion(const compliance::GateQuestion& question);

/// A decision in the form that an event keeps: language names in lower case, as the canonical profile wants them.
[[nodiscard]] base::Json storedDecision(const compliance::Decision& decision);
/// Nullopt for null and for what cannot be read.
[[nodiscard]] std::optional<compliance::Decision> decisionFromStored(const base::Json& json);

} // namespace evenhand::services
