// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/callservice.h"

#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/gaterecord.h"
#include "app/services/recorder.h"

namespace evenhand::services {

namespace {

base::Result<std::vector<Draft>> draftsOf(OpenProfile& profile, const std::optional<domain::CaseId>& caseId)
{
    EVENHAND_ASSIGN(const auto all, profile.journal().drafts());
    std::vector<Draft> drafts;
    for (const auto& draft : all) {
        if (!caseId || draft.caseId == caseId)
            drafts.push_back({draft.id, draft.caseId, draft.form, draft.body, draft.savedAt});
    }
    return drafts;
}

} // namespace

CallService::CallService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::changed, this, &CallService::changed);
}

QFuture<base::Result<GateAnswer>> CallService::askGate(GateRequest request)
{
    return m_data.run<GateAnswer>([request](DataRoom& room) -> base::Result<GateAnswer> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return services::askGate(*profile, request);
    });
}

QFuture<base::Result<GateAnswer>> CallService::overrideGate(GateRequest request, GateAnswer answer, OverrideReason reason)
{
    return m_data.run<GateAnswer>([request, answer = std::move(answer), reason](DataRoom& room) -> base::Result<GateAnswer> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return services::overrideGate(*profile, request, answer, reason);
    });
}

QFuture<base::Result<CallbackAdvice>> CallService::adviseCallback(GateRequest request, base::Instant wished, std::optional<domain::ContactResult> thisCall)
{
    return m_data.run<CallbackAdvice>([=](DataRoom& room) -> base::Result<CallbackAdvice> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return services::adviseCallback(*profile, request, wished, thisCall);
    });
}

QFuture<base::Result<std::vector<FlagConsequence>>> CallService::previewFlag(domain::CaseId caseId, domain::FlagPayload flag)
{
    return m_data.run<std::vector<FlagConsequence>>([caseId, flag = std::move(flag)](DataRoom& room) -> base::Result<std::vector<FlagConsequence>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return services::previewFlag(*profile, caseId, flag);
    });
}

QFuture<base::Result<CallPreparation>> CallService::prepare(domain::CaseId caseId, domain::PartyId partyId)
{
    return m_data.run<CallPreparation>([=](DataRoom& room) -> base::Result<CallPreparation> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return prepareCall(*profile, caseId, partyId);
    });
}

QFuture<base::Result<Saved>> CallService::saveCall(CallDraft draft)
{
    return m_data.run<Saved>([draft = std::move(draft)](DataRoom& room) -> base::Result<Saved> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordCall(*profile, draft);
    });
}

QFuture<base::Result<Saved>> CallService::addNote(NoteDraft draft)
{
    return m_data.run<Saved>([draft = std::move(draft)](DataRoom& room) -> base::Result<Saved> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordNote(*profile, draft);
    });
}

QFuture<base::Result<Saved>> CallService::saveFacts(FactsDraft draft)
{
    return m_data.run<Saved>([draft = std::move(draft)](DataRoom& room) -> base::Result<Saved> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordFacts(*profile, draft);
    });
}

QFuture<base::Result<std::vector<Draft>>> CallService::unfinishedCalls()
{
    return m_data.run<std::vector<Draft>>([](DataRoom& room) -> base::Result<std::vector<Draft>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return unfinishedCallsOf(*profile);
    });
}

QFuture<base::Result<>> CallService::saveDraft(Draft draft)
{
    return m_data.run<void>([draft = std::move(draft)](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->journal().saveDraft({draft.id, draft.caseId, draft.form, draft.body, {}});
    });
}

QFuture<base::Result<std::vector<Draft>>> CallService::loadDrafts(std::optional<domain::CaseId> caseId)
{
    return m_data.run<std::vector<Draft>>([caseId](DataRoom& room) -> base::Result<std::vector<Draft>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return draftsOf(*profile, caseId);
    });
}

QFuture<base::Result<>> CallService::discardDraft(domain::DraftId id)
{
    return m_data.run<void>([id](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->journal().discardDraft(id);
    });
}

} // namespace evenhand::services
