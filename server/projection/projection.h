// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/eventpayloads.h"
#include "app/domain/projection.h"
#include "server/projection/caseagreements.h"
#include "server/store/store.h"

namespace evenhand::server {

/// What an accepted event does to the case that everyone sees (docs/sync.md, conflict policy). Every row it writes carries the event's
/// server_seq as version, so that all of it becomes visible together. Runs inside a sequencer job. Never refuses an event: what cannot be
/// carried out is said in the event's annotation.
class Projection {
public:
    Projection(Store& store, const EventRecord& event);
    [[nodiscard]] base::Result<> apply(const domain::EventHeader& header, const domain::EventPayload& payload);

private:
    [[nodiscard]] base::Result<> putEcho();
    [[nodiscard]] base::Result<> on(const domain::CallPayload& call);
    [[nodiscard]] base::Result<> on(const domain::PromisePayload& promise);
    [[nodiscard]] base::Result<> on(const domain::ReminderPayload& reminder);
    [[nodiscard]] base::Result<> on(const domain::FlagPayload& flag);
    [[nodiscard]] base::Result<> on(const domain::ContactPointChangePayload& change);
    [[nodiscard]] base::Result<> on(const domain::PlanRequestPayload& request);
    [[nodiscard]] base::Result<> on(const domain::DecisionPayload& decision);
    [[nodiscard]] base::Result<> on(const domain::NotePayload&) { return {}; }
    [[nodiscard]] base::Result<> on(const domain::RevealPayload&) { return {}; }
    [[nodiscard]] base::Result<> on(const domain::EpochStartedPayload&) { return {}; }
    [[nodiscard]] base::Result<> on(const domain::DraftRecoveredPayload&) { return {}; }
    [[nodiscard]] base::Result<> on(const domain::AttachmentPayload&) { return {}; }
    [[nodiscard]] base::Result<> on(const domain::ReviewPayload&) { return {}; }

    // in agreementprojection.cpp
    struct Judged {
        std::optional<domain::ApprovalLevel> needs;
        std::vector<std::string> rules;              ///< that ask for approval
        std::vector<std::string> breaches;           ///< that nobody could approve
    };
    [[nodiscard]] base::Result<domain::UserRole> roleOfActor() const;
    [[nodiscard]] Judged judge(const domain::PromisePayload& promise, const CaseAgreements& agreements, domain::UserRole role) const;
    [[nodiscard]] base::Result<bool> takesPlace(const domain::PromisePayload& promise, const domain::PromiseRow& earlier) const;
    [[nodiscard]] base::Result<> supersede(CaseAgreements& agreements, const domain::PromisePayload& promise, const domain::EventId& id);
    [[nodiscard]] base::Result<> cancelOpenPromises(CaseAgreements& agreements);
    [[nodiscard]] base::Result<> comeIntoForce(CaseAgreements& agreements, domain::PlanRow& plan);
    [[nodiscard]] base::Result<> decide(CaseAgreements& agreements, domain::PlanRow plan, const domain::DecisionPayload& decision);
    [[nodiscard]] base::Result<> decide(CaseAgreements& agreements, domain::PromiseRow promise, const domain::DecisionPayload& decision);
    [[nodiscard]] base::Result<bool> mayDecide(const domain::ApprovalRecord& record, const domain::DecisionPayload& decision);
    void note(domain::ApprovalRecord& record, const domain::DecisionPayload& decision) const;
    [[nodiscard]] base::Result<> announceDecision(const domain::EventId& request, const char* status, const domain::DecisionPayload& decision);
    void reject(const char* why);

    [[nodiscard]] base::Result<> annotate(const domain::Annotation& annotation);
    [[nodiscard]] base::Result<> put(const char* kind, const base::Uuid& id, const base::Json& body);
    [[nodiscard]] base::Result<std::optional<domain::CaseRow>> loadCase() const;
    [[nodiscard]] bool isStale() const;

    Store& m_store;
    const EventRecord& m_event;
    domain::CaseId m_case;
    std::optional<std::int64_t> m_contextVersion{};
    std::string m_status = "accepted";             ///< of the annotation
    std::vector<std::string> m_remarks{};          ///< further flags of the annotation
};

} // namespace evenhand::server
