// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QJsonObject>

#include "app/guidance/scriptrunner.h"
#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "ui/call/callform.h"

namespace evenhand::ui {

/// How a call comes to be recorded.
enum class CallOrigin {
    Dialled,     ///< by F9, after the gate was asked
    Inbound,     ///< they called; the gate is not asked, and the caller has a right to an answer
    Elsewhere    ///< made on another telephone and written down now; the gate says whether it was within the rules
};

/// One call between its first key and "saved": what is known beside the form.
struct CallRecord {
    CallOrigin origin = CallOrigin::Dialled;
    domain::PartyId party;
    std::optional<domain::ContactPointId> contactPoint{};
    domain::DraftId draftId;
    base::Instant startedAt{};
    std::int64_t startedMono = 0;
    std::optional<std::int64_t> talkedS{};           ///< set once it is over
    std::string dialledBy{};                         ///< copy, tel, command, sip; "manual" for Elsewhere; "" inbound
    base::Json gate{};
    std::vector<base::Json> earlierScripts{};        ///< traces of scripts that led here, the first one first
    base::Json resumedScript{};                      ///< of a call that is completed after a crash
};

[[nodiscard]] domain::Direction directionOf(CallOrigin origin);

/// The trace of all scripts of a call: the first, with the others under "then". Null: none was played.
[[nodiscard]] base::Json scriptJson(const CallRecord& call, const guidance::ScriptRunner* runner);

/// What is saved. `outcome` may be null only where the pack allows a wrap-up without one. `known` are the facts of the conversation.
[[nodiscard]] services::CallDraft draftOf(const CallRecord& call, const CallForm& form, const guidance::Outcome* outcome, const services::CaseView& view,
                                          const guidance::Facts& known, const base::Json& script);
/// Every flag the outcome and the script ask for, with its reach; what was not confirmed is among them.
[[nodiscard]] std::vector<domain::FlagPayload> flagsAskedFor(const guidance::Outcome* outcome, const std::vector<std::string>& raised, const domain::PartyId& party);

/// The body of a draft, and back; nullopt for a damaged one.
[[nodiscard]] QJsonObject toJson(const CallRecord& call, const CallForm& form, const base::Json& script);
[[nodiscard]] std::optional<CallRecord> callRecordFromJson(const QJsonObject& body, const domain::DraftId& draftId);

} // namespace evenhand::ui
