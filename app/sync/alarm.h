// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace evenhand::sync {

/// Calls back once after a while, on the thread it belongs to. Tests let virtual time pass instead.
class Alarm {
public:
    virtual ~Alarm() = default;
    /// Replaces what was set before.
    virtual void set(std::int64_t inMilliseconds, std::function<void()> ring) = 0;
    virtual void clear() = 0;
};

class AlarmMaker {
public:
    virtual ~AlarmMaker() = default;
    [[nodiscard]] virtual std::unique_ptr<Alarm> make() = 0;
};

/// On QTimer. A computer that slept rings late, not never.
class TimerAlarms final : public AlarmMaker {
public:
    [[nodiscard]] std::unique_ptr<Alarm> make() override;
};

} // namespace evenhand::sync
