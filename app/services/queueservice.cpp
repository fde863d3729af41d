// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/queueservice.h"

#include "app/services/dataroom.h"
#include "app/services/datathread.h"

namespace evenhand::services {

QueueService::QueueService(DataThread& data) : m_data(data)
{
    connect(&data, &DataThread::changed, this, &QueueService::changed);
}

QFuture<base::Result<TodayView>> QueueService::today()
{
    return m_data.run<TodayView>([](DataRoom& room) -> base::Result<TodayView> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->queue().today();
    });
}

QFuture<base::Result<QueuePage>> QueueService::rows(BucketKind bucket, std::int64_t offset, std::int64_t limit)
{
    return m_data.run<QueuePage>([bucket, offset, limit](DataRoom& room) -> base::Result<QueuePage> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        EVENHAND_ASSIGN(auto page, profile->queue().rows(bucket, offset, limit));
        profile->hideClosed(page);
        return page;
    });
}

QFuture<base::Result<std::optional<domain::CaseId>>> QueueService::next(std::optional<domain::CaseId> after)
{
    return m_data.run<std::optional<domain::CaseId>>([after](DataRoom& room) -> base::Result<std::optional<domain::CaseId>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return profile->queue().next(after);
    });
}

} // namespace evenhand::services
