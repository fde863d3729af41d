// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/openprofile.h"

/// Turning what a form hands in into events. Data thread.
namespace evenhand::services {

/// Everything a contact brought, in one transaction with the end of its draft. Invalid names what is missing.
[[nodiscard]] base::Result<Saved> recordCall(OpenProfile& profile, CallDraft draft);
/// Invalid: there is nothing to record, or a value is missing.
[[nodiscard]] base::Result<Saved> recordFacts(OpenProfile& profile, FactsDraft draft);
[[nodiscard]] base::Result<std::vector<Draft>> unfinishedCallsOf(OpenProfile& profile);
[[nodiscard]] base::Result<Saved> recordNote(OpenProfile& profile, NoteDraft draft);
/// The clear value, once the event that says who saw it is on disk.
[[nodiscard]] base::Result<std::string> recordReveal(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, RevealField field,
                                                     RevealReason reason);
/// Says on record that the number is about to be used in spite of a rule, and why.
[[nodiscard]] base::Result<> recordOverride(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, OverrideReason reason);
[[nodiscard]] base::Result<CallbackAdvice> adviseCallback(OpenProfile& profile, GateRequest request, base::Instant wished,
                                                          std::optional<domain::ContactResult> thisCall);
[[nodiscard]] base::Result<std::vector<FlagConsequence>> previewFlag(OpenProfile& profile, const domain::CaseId& caseId, const domain::FlagPayload& flag);
[[nodiscard]] base::Result<CallPreparation> prepareCall(OpenProfile& profile, const domain::CaseId& caseId, const domain::PartyId& partyId);

} // namespace evenhand::services
