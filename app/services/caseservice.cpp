// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/caseservice.h"

#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/gaterecord.h"
#include "app/services/recorder.h"

namespace evenhand::services {

namespace {

SearchHit hitOf(const db::CaseListRow& row)
{
    return {row.id, row.businessNo, base::maskName(row.debtorName), row.portfolio, row.status, row.balance, row.daysPastDue, row.bucket};
}

base::Result<std::vector<SearchHit>> searchCases(OpenProfile& profile, const std::string& text, int limit)
{
    std::vector<SearchHit> hits;
    if (text.find_first_not_of(" \t") == std::string::npos) {
        EVENHAND_ASSIGN(auto page, profile.queue().rows(BucketKind::Priority, 0, limit));
        profile.hideClosed(page);
        for (const auto& row : page.rows)
            hits.push_back({row.caseId, row.businessNo, row.debtor, row.portfolio, domain::CaseStatus::Open, row.balance, row.daysPastDue, row.stage});
        return hits;
    }
    EVENHAND_ASSIGN(const auto rows, profile.cache().search(text, limit));
    for (const auto& row : rows) {
        if (!profile.leases().isClosed(row.id))   // a name that finds a closed case would have told it
            hits.push_back(hitOf(row));
    }
    return hits;
}

} // namespace

CaseService::CaseService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::changed, this, &CaseService::changed);
}

QFuture<base::Result<CaseView>> CaseService::openCase(domain::CaseId id)
{
    return m_data.run<CaseView>([id](DataRoom& room) -> base::Result<CaseView> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->caseView(id);
    });
}

QFuture<base::Result<std::vector<SearchHit>>> CaseService::search(std::string text, int limit)
{
    return m_data.run<std::vector<SearchHit>>([text = std::move(text), limit](DataRoom& room) -> base::Result<std::vector<SearchHit>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return searchCases(*profile, text, limit);
    });
}

QFuture<base::Result<std::string>> CaseService::reveal(domain::CaseId caseId, base::Uuid rowId, RevealField field, RevealReason reason)
{
    return m_data.run<std::string>([=](DataRoom& room) -> base::Result<std::string> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordReveal(*profile, caseId, rowId, field, reason);
    });
}

QFuture<base::Result<GateReplay>> CaseService::replayGate(domain::CaseId caseId, domain::EventId contact)
{
    return m_data.run<GateReplay>([=](DataRoom& room) -> base::Result<GateReplay> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return services::replayGate(*profile, caseId, contact);
    });
}

} // namespace evenhand::services
