// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/syncservice.h"

#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/statusview.h"

namespace evenhand::services {

SyncService::SyncService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::syncStatusChanged, this, [this](const SyncStatus& status) {
        m_status = status;
        Q_EMIT statusChanged(status);
    });
}

QFuture<base::Result<LedgerPage>> SyncService::ledger(LedgerFilter filter, std::optional<std::int64_t> before, int limit)
{
    return m_data.run<LedgerPage>([filter, before, limit](DataRoom& room) -> base::Result<LedgerPage> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return ledgerOf(*profile, filter, before, limit);
    });
}

QFuture<base::Result<>> SyncService::sendNow()
{
    return m_data.run<void>([](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        profile->engine()->kick();
        profile->blobs()->kick();
        return {};
    });
}

QFuture<base::Result<LeaveCheck>> SyncService::leaveCheck()
{
    return m_data.run<LeaveCheck>([](DataRoom& room) -> base::Result<LeaveCheck> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return leaveCheckOf(*profile);
    });
}

QFuture<base::Result<>> SyncService::checkNow()
{
    return m_data.run<void>([](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        profile->engine()->checkNow();
        return {};
    });
}

QFuture<base::Result<>> SyncService::allowDeletion()
{
    return m_data.run<void>([](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        profile->engine()->allowMassDeletion();
        return {};
    });
}

QFuture<base::Result<>> SyncService::setOnlineAllowed(bool allowed)
{
    return m_data.run<void>([allowed](DataRoom& room) -> base::Result<> {
        room.setOnlineAllowed(allowed);
        return {};
    });
}

QFuture<base::Result<>> SyncService::renewSession(std::string password)
{
    return m_data.run<void>([password = std::move(password)](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        profile->engine()->usePassword(password);
        return {};
    });
}

} // namespace evenhand::services
