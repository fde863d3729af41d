// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include <QObject>
#include <QTimer>

#include "app/base/clock.h"
#include "app/media/callrecorder.h"
#include "app/media/pcminput.h"

namespace evenhand::media {

/// The recorder's own thread: opens inputs, brings what they deliver to the core, looks for another one when an input goes away.
/// Everything here runs on that thread.
class CaptureDesk : public QObject {
    Q_OBJECT

public:
    explicit CaptureDesk(const base::Clock& clock);
    ~CaptureDesk() override;

    void begin(RecordingConfig config, InputChoice inputs, base::SecretKey blobKey);
    void end(const std::string& why);
    void mute(const std::string& reason);
    void unmute();
    void mark(const std::string& kind, const std::string& ref);

Q_SIGNALS:
    void stateChanged(const evenhand::media::RecorderState& state);
    void finished(const evenhand::media::FinishedRecording& recording);
    void failed(const evenhand::base::Error& error);
    void interrupted(const evenhand::base::Error& error);

private:
    struct Leg {
        std::string wanted;                              ///< id; "" for the default
        std::unique_ptr<PcmInput> input;
        std::string trouble;
        bool isReplaced = false;
        std::int64_t lastSamplesMs = 0;
        std::int64_t lastTryMs = 0;
        std::int64_t lastListedMs = 0;                   ///< when it was last seen among the devices
    };
    void tick();
    void watchLeg(int side, std::int64_t nowMs);
    void openLeg(int side, std::int64_t nowMs);
    void legLost(int side, const std::string& why);
    void tell();
    [[nodiscard]] RecorderState stateNow();

    const base::Clock& m_clock;
    QTimer m_timer;
    std::unique_ptr<RecorderCore> m_core;
    std::array<Leg, 2> m_legs;
    int m_sides = 0;
    RecorderPhase m_phase = RecorderPhase::Off;
    std::string m_muteReason;
    std::int64_t m_lastToldMs = 0;
    std::int64_t m_savedMs = 0;
    bool m_isSpaceLow = false;
};

} // namespace evenhand::media
