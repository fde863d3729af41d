// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "app/services/changeset.h"

namespace evenhand::services {

class DataThread;

/// A plan that is asked for by itself; within a call it goes with CallDraft::plan.
struct PlanRequestDraft {
    domain::CaseId caseId;
    domain::PartyId partyId;
    std::optional<std::int64_t> contextVersion{};
    PlanDraft plan;
};

struct DecisionDraft {
    domain::CaseId caseId;
    std::optional<std::int64_t> contextVersion{};
    domain::DecisionPayload decision;
};

/// One thing that waits for a decision, with everything needed to make it.
struct RequestView {
    domain::EventId id;
    domain::CaseId caseId;
    std::int64_t version = 0;                        ///< goes into DecisionDraft::contextVersion
    std::string businessNo;
    std::string portfolio;
    std::string debtor;                              ///< masked
    base::Money balance;
    base::Money overdue;
    int daysPastDue = 0;
    std::optional<PlanView> plan{};                  ///< one of the two is set
    std::optional<PromiseView> promise{};
    domain::ApprovalRecord approval;
    std::string requestedBy;                         ///< display name
    bool isOwn = false;                              ///< asked for by this user, who may not decide it
    bool mayDecide = false;                          ///< this user's own level covers it
    std::vector<domain::FlagKind> holds{};
    int promisesKept = 0;                            ///< of this case, partly kept ones are among the broken
    int promisesBroken = 0;
    int plansBroken = 0;
    std::vector<domain::PaymentRow> payments{};      ///< newest first, at most 5
    bool isDecidedHere = false;                      ///< decided on this computer, not yet on the server
};

/// Asking for plans and deciding about them. UI thread.
class AgreementService : public QObject {
    Q_OBJECT

public:
    explicit AgreementService(DataThread& data);

    /// Resolves after the commit. Invalid names what is wrong ("plan/total": the schedule does not come to what was shown).
    [[nodiscard]] QFuture<base::Result<Saved>> requestPlan(PlanRequestDraft draft);
    /// The same. Whether the decision counts is the server's word: see the annotation of the event.
    [[nodiscard]] QFuture<base::Result<Saved>> decide(DecisionDraft draft);
    /// What waits for a decision on this computer, the longest waiting first; at most 500.
    [[nodiscard]] QFuture<base::Result<std::vector<RequestView>>> openRequests();

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);

private:
    DataThread& m_data;
};

} // namespace evenhand::services
