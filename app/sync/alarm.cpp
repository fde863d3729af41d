// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sync/alarm.h"

#include <chrono>

#include <QTimer>

namespace evenhand::sync {

namespace {

class TimerAlarm final : public Alarm {
public:
    TimerAlarm()
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            auto ring = std::move(m_ring);   // it may set the alarm again
            m_ring = nullptr;
            if (ring)
                ring();
        });
    }
    void set(std::int64_t inMilliseconds, std::function<void()> ring) override
    {
        m_ring = std::move(ring);
        m_timer.start(std::chrono::milliseconds(inMilliseconds));
    }
    void clear() override
    {
        m_timer.stop();
        m_ring = nullptr;
    }

private:
    QTimer m_timer;
    std::function<void()> m_ring;
};

} // namespace

std::unique_ptr<Alarm> TimerAlarms::make()
{
    return std::make_unique<TimerAlarm>();
}

} // namespace evenhand::sync
