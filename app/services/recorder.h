// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/agreementservice.h"
#include "app/services/callservice.h"
#include "app/services/caseservice.h"
#include "app/services/openprofile.h"

/// Turning what a form hands in into events. Data thread.
namespace evenhand::services {

/// Everything a contact brought, in one transaction with the end of its draft. Invalid names what is missing.
[[nodiscard]] base::Result<Saved> recordCall(OpenProfile& profile, CallDraft draft);
[[nodiscard]] base::Result<Saved> recordNote(OpenProfile& profile, NoteDraft draft);
[[nodiscard]] base::Result<Saved> recordPlanRequest(OpenProfile& profile, const PlanRequestDraft& draft);
[[nodiscard]] base::Result<Saved> recordDecision(OpenProfile& profile, const DecisionDraft& draft);
/// The clear value, once the event that says who saw it is on disk.
[[nodiscard]] base::Result<std::string> recordReveal(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, RevealField field,
                                                     RevealReason reason);
/// Says on record that the number is about to be used in spite of a rule, and why.
[[nodiscard]] base::Result<> recordOverride(OpenProfile& profile, const domain::CaseId& caseId, const base::Uuid& rowId, OverrideReason reason);
[[nodiscard]] base::Result<CallPreparation> prepareCall(OpenProfile& profile, const domain::CaseId& caseId, const domain::PartyId& partyId);

} // namespace evenhand::services
