// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/log.h"
#include "app/sync/inround.h"
#include "app/sync/syncengine.h"

/// SyncEngine: what is owed about cases that were taken away (reference §11).
namespace evenhand::sync {

namespace wire = domain::wire;

namespace {
constexpr int kReceiptsAtOnce = 500;
}

domain::SignedStatement SyncEngine::purgeReceipt(const db::OpenPurge& purge, std::int64_t rows) const
{
    const base::Json statement{{"v", 1},
                               {"kind", "purged"},
                               {"dataset_id", m_identity.dataset.toString()},
                               {"device_id", m_identity.device.toString()},
                               {"revoke_id", purge.revokeId.toString()},
                               {"case_id", purge.caseId.toString()},
                               {"purged_at", m_clock.now().toRfc3339Utc()},
                               {"rows", rows},
                               {"blobs", 0},
                               {"secure_deleted", true},
                               {"events_pending", purge.eventsPending}};
    return domain::signStatement(m_credentials.deviceKey, statement);
}

/// Every step can be repeated: what the program did not finish before it died is done now. `forgotten` are rows that went just before.
base::Result<> SyncEngine::finishPurges(const std::map<domain::CaseId, std::int64_t>& forgotten)
{
    EVENHAND_ASSIGN(const auto purges, m_journal.openPurges());
    for (const auto& purge : purges) {
        const auto gone = forgotten.find(purge.caseId);
        auto rows = gone == forgotten.end() ? 0 : gone->second;
        if (!purge.cameBack) {
            EVENHAND_ASSIGN(const auto more, m_cache.forgetCase(purge.caseId));
            rows += more;
        }
        EVENHAND_TRY(m_journal.recordPurged(purge.revokeId, purgeReceipt(purge, rows)));
    }
    if (!purges.empty() && m_listener.purged)
        m_listener.purged();
    return {};
}

void SyncEngine::sendPurgeReceipts(std::function<void()> next)
{
    const auto receipts = m_journal.unsentPurgeReceipts(kReceiptsAtOnce);
    if (!receipts)
        return failRound(receipts.error());
    if (receipts->empty() || !offers("digest"))   // the calls of the same server version
        return next();
    wire::PurgedRequest request;
    std::vector<base::Uuid> ids;
    for (const auto& receipt : *receipts) {
        request.receipts.push_back(receipt.receipt);
        ids.push_back(receipt.revokeId);
    }
    m_protocol.post(m_token, "/v1/purged", wire::encode(request), inRound<base::Json>([this, ids = std::move(ids), next = std::move(next)](Reply<base::Json> answer) {
        if (!answer && renewable(answer.error()))
            return sayHello();
        if (!answer)
            return failRound(std::move(answer.error()));
        if (auto marked = m_journal.markPurgesSent(ids); !marked)
            return failRound(marked.error());
        next();
    }));
}

} // namespace evenhand::sync
