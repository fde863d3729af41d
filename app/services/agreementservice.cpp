// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/agreementservice.h"

#include <algorithm>

#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/recorder.h"

namespace evenhand::services {

namespace {

constexpr int kMostRequests = 500;
constexpr std::size_t kPaymentsShown = 5;

void fillHistory(RequestView& view, const CaseView& of)
{
    for (const auto& promise : of.promises) {
        view.promisesKept += promise.state == domain::PromiseState::Kept ? 1 : 0;
        view.promisesBroken += promise.state == domain::PromiseState::Broken || promise.state == domain::PromiseState::PartlyKept ? 1 : 0;
    }
    view.plansBroken = static_cast<int>(std::ranges::count_if(of.plans, [](const PlanView& plan) { return plan.row.state == domain::PlanState::Broken; }));
    view.payments.assign(of.payments.begin(), of.payments.begin() + static_cast<std::ptrdiff_t>(std::min(kPaymentsShown, of.payments.size())));
    for (const auto& flag : of.flags)
        view.holds.push_back(flag.kind);
}

/// Nullopt when it no longer waits: decided a moment ago.
std::optional<RequestView> requestView(const OpenProfile& profile, const CaseView& of, const db::OpenRequest& request)
{
    RequestView view{request.id, of.id, of.version, of.businessNo, of.portfolio, of.debtor, of.balance, of.overdue, of.daysPastDue, std::nullopt, std::nullopt,
                     domain::ApprovalRecord{domain::ApprovalLevel::Self, profile.identity().user, of.nextActionAt.value_or(base::Instant{})}, {}};
    if (request.isPlan) {
        const auto plan = std::ranges::find(of.plans, request.id, [](const PlanView& one) { return one.row.id; });
        if (plan == of.plans.end())
            return std::nullopt;
        view.plan = *plan;
        view.approval = plan->row.approval;
        view.requestedBy = plan->requestedBy;
        view.isDecidedHere = plan->row.state != domain::PlanState::Requested;
    } else {
        const auto promise = std::ranges::find(of.promises, request.id, &PromiseView::id);
        if (promise == of.promises.end() || !promise->approval)
            return std::nullopt;
        view.promise = *promise;
        view.approval = *promise->approval;
        view.isDecidedHere = promise->state != domain::PromiseState::Requested;
    }
    view.isOwn = view.approval.requestedBy == profile.identity().user;
    view.mayDecide = !view.isOwn && domain::levelOf(profile.identity().role) >= view.approval.needs;
    fillHistory(view, of);
    return view;
}

base::Result<std::vector<RequestView>> listRequests(OpenProfile& profile)
{
    EVENHAND_ASSIGN(const auto requests, profile.cache().openRequests(kMostRequests));
    EVENHAND_ASSIGN(const auto names, profile.names());
    std::vector<RequestView> views;
    for (const auto& request : requests) {
        const auto of = profile.caseView(request.caseId);
        if (!of)
            continue;   // taken away between two reads
        auto view = requestView(profile, *of, request);
        if (!view)
            continue;
        const auto name = names.find(view->approval.requestedBy);
        view->requestedBy = name == names.end() ? std::string() : name->second;
        views.push_back(*std::move(view));
    }
    return views;
}

} // namespace

AgreementService::AgreementService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::changed, this, &AgreementService::changed);
}

QFuture<base::Result<Saved>> AgreementService::requestPlan(PlanRequestDraft draft)
{
    return m_data.run<Saved>([draft = std::move(draft)](DataRoom& room) -> base::Result<Saved> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordPlanRequest(*profile, draft);
    });
}

QFuture<base::Result<Saved>> AgreementService::decide(DecisionDraft draft)
{
    return m_data.run<Saved>([draft = std::move(draft)](DataRoom& room) -> base::Result<Saved> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordDecision(*profile, draft);
    });
}

QFuture<base::Result<std::vector<RequestView>>> AgreementService::openRequests()
{
    return m_data.run<std::vector<RequestView>>([](DataRoom& room) -> base::Result<std::vector<RequestView>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return listRequests(*profile);
    });
}

} // namespace evenhand::services
