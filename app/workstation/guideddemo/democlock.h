// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include "app/base/clock.h"

namespace evenhand::workstation {

/// The clock of this computer, moved within the day so that it is half past ten when the demonstration begins: whether people may be called
/// must not depend on when it is played.
class DemoClock final : public base::Clock {
public:
    DemoClock()
    {
        const QDateTime now = QDateTime::currentDateTime();
        m_shiftMs = now.msecsTo(QDateTime(now.date(), QTime(10, 30)));
    }
    [[nodiscard]] base::Instant now() const override { return m_system.now().plusMilliseconds(m_shiftMs); }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_system.monotonicMs(); }
    [[nodiscard]] std::string bootId() const override { return m_system.bootId(); }

private:
    base::SystemClock m_system;
    std::int64_t m_shiftMs = 0;
};

} // namespace evenhand::workstation
