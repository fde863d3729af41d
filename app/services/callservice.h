// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/compliance/contactfacts.h"
#include "app/compliance/decision.h"
#include "app/domain/eventpayloads.h"
#include "app/guidance/facts.h"
#include "app/guidance/mergefields.h"
#include "app/services/changeset.h"
#include "app/services/contactlight.h"

namespace evenhand::services {

class DataThread;

/// What is to be done, when the gate is asked about it.
struct GateRequest {
    domain::CaseId caseId;
    domain::PartyId partyId;
    std::optional<domain::ContactPointId> contactPointId{};
    domain::Channel channel = domain::Channel::Call;
    domain::InitiatedBy initiatedBy = domain::InitiatedBy::Human;
    compliance::Purpose purpose = compliance::Purpose::Collection;
    std::optional<bool> recording{};                 ///< RecordingService::willRecord()
};

struct GateAnswer {
    compliance::Decision decision;
    ContactLight light;
    base::Instant askedAt{};
    base::Json json;                                 ///< put it into CallPayload::gate; with withOverride() if somebody went on in spite of it
    bool mayOverride = false;                        ///< this user may go on, with a reason
};

/// Why somebody went on in spite of a warning or a hold. What is stored is the word: asked_for_it …
enum class OverrideReason { AskedForIt, Agreed, HelpsThem, RecordWrong, Instructed };
[[nodiscard]] std::string_view toWord(OverrideReason value);
/// The answer as it is kept with the contact: who may, did, when and why.
[[nodiscard]] base::Json withOverride(const GateAnswer& answer, OverrideReason reason, domain::UserRole role, base::Instant at);

/// What a script needs to begin. Holds personal data in the clear: the runner shows it only in steps that are open.
struct CallPreparation {
    guidance::MergeData data;
    guidance::Facts facts;
    domain::PartyRole role = domain::PartyRole::Debtor;
};

struct PromiseDraft {
    base::Money amount;
    base::Date dueOn;
    std::string method;                              ///< app, bank_transfer, counter …
    std::vector<domain::EventId> replaces{};         ///< open promises it takes the place of
    base::SensitiveText reason{};                    ///< why it should be taken although it is above the limits
    domain::ApprovalLevel needs = domain::ApprovalLevel::Self;
};

/// A plan as the form hands it in.
struct PlanDraft {
    domain::PlanTerms terms;
    std::int64_t totalMinor = 0;                     ///< of the schedule that was shown
    bool debtorAgreed = false;
    std::string agreedHow{};                         ///< call, visit, message, signature
    base::SensitiveText reason{};
    std::optional<domain::Means> means{};
    domain::ApprovalLevel needs = domain::ApprovalLevel::Self;
};

/// Everything one contact brings, saved together or not at all.
struct CallDraft {
    domain::CaseId caseId;
    std::optional<std::int64_t> contextVersion{};    ///< CaseView::version
    domain::CallPayload call;
    std::optional<PromiseDraft> promise{};
    std::vector<PromiseDraft> furtherParts{};        ///< of the same promise: further amounts and days
    std::optional<PlanDraft> plan{};
    std::optional<domain::ReminderPayload> reminder{};
    std::vector<domain::FlagPayload> flags{};
    std::vector<domain::ContactPointChangePayload> contactPointChanges{};
    std::optional<domain::DraftId> draftId{};        ///< discarded in the same transaction
};

struct NoteDraft {
    domain::CaseId caseId;
    std::optional<std::int64_t> contextVersion{};
    domain::NotePayload note;
    std::optional<domain::DraftId> draftId{};
};

/// What was saved. When the caller gets this, it is on disk.
struct Saved {
    domain::EventId eventId;                         ///< the call or the note
    std::vector<domain::EventId> all{};
    base::Instant at{};
};

/// A half-typed form. `body` is whatever JSON text the form understands; nobody else reads it.
struct Draft {
    domain::DraftId id;
    std::optional<domain::CaseId> caseId{};
    std::string form;                                ///< call, note
    base::SensitiveText body;
    base::Instant savedAt{};
};

/// Asking the gate and recording what happened. UI thread.
class CallService : public QObject {
    Q_OBJECT

public:
    explicit CallService(DataThread& data);

    [[nodiscard]] QFuture<base::Result<GateAnswer>> askGate(GateRequest request);
    /// Puts on record, before anything is dialled, that this user goes on in spite of the answer, and gives the number. Forbidden unless
    /// GateAnswer::mayOverride. `json` of what comes back goes into CallPayload::gate.
    [[nodiscard]] QFuture<base::Result<GateAnswer>> overrideGate(GateRequest request, GateAnswer answer, OverrideReason reason);
    [[nodiscard]] QFuture<base::Result<CallPreparation>> prepare(domain::CaseId caseId, domain::PartyId partyId);
    /// Resolves after the commit. On any error nothing was saved and the draft is still there: keep the text and say so (Storage, DiskFull;
    /// Invalid names what is missing: "outcome", "promise/amount"; NotFound: the case is not here).
    [[nodiscard]] QFuture<base::Result<Saved>> saveCall(CallDraft draft);
    [[nodiscard]] QFuture<base::Result<Saved>> addNote(NoteDraft draft);

    [[nodiscard]] static domain::DraftId newDraftId() { return domain::DraftId::random(); }
    /// Puts the draft on disk; `savedAt` is filled in. Call at most every two seconds while typing, and before lock and quit.
    [[nodiscard]] QFuture<base::Result<>> saveDraft(Draft draft);
    /// All drafts of a case, or all drafts; newest first.
    [[nodiscard]] QFuture<base::Result<std::vector<Draft>>> loadDrafts(std::optional<domain::CaseId> caseId);
    [[nodiscard]] QFuture<base::Result<>> discardDraft(domain::DraftId id);

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);

private:
    DataThread& m_data;
};

} // namespace evenhand::services
