// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>

#include <QObject>

#include "app/media/recordercore.h"

namespace evenhand::media {

/// Which inputs a recording takes. Ids of soundInputs().
struct InputChoice {
    std::string agent;                                   ///< "" for the system's default
    std::string farEnd;                                  ///< "" for none: one side only
    [[nodiscard]] int sides() const { return farEnd.empty() ? 1 : 2; }
};

enum class RecorderPhase { Off, Starting, Recording, Stopping };

struct SideState {
    std::string device;                                  ///< name for the screen; "" when there is none now
    std::uint8_t level = 0;                              ///< loudest of the last tenth of a second, as levelByte()
    std::string trouble;                                 ///< device_lost, sound_system, no_device, busy; "" when all is well
    bool isReplaced = false;                             ///< the chosen device went away, another one took its place
};

struct RecorderState {
    RecorderPhase phase = RecorderPhase::Off;
    std::int64_t positionMs = 0;
    std::int64_t savedMs = 0;                            ///< sound up to here is on the disk
    int sides = 0;
    std::array<SideState, 2> side{};
    std::string muteReason{};                            ///< "" when not muted
    bool isSpaceLow = false;
};

/// Records one conversation at a time. All calls return at once; what comes of them is told by signals on the caller's thread.
class CallRecorder : public QObject {
    Q_OBJECT

public:
    /// Conflict while another recording runs. `blobKey` wraps the key of the recording. Sound is taken as soon as a device delivers; without any device
    /// the recording runs all the same, silent and with a gap that says so.
    [[nodiscard]] virtual base::Result<> start(RecordingConfig config, InputChoice inputs, base::SecretKey blobKey) = 0;
    virtual void stop() = 0;
    /// `reason`: payment_data, id_number, bystander, other.
    virtual void mute(const std::string& reason) = 0;
    virtual void unmute() = 0;
    virtual void mark(const std::string& kind, const std::string& ref) = 0;
    [[nodiscard]] virtual const RecorderState& state() const = 0;

Q_SIGNALS:
    void stateChanged(const evenhand::media::RecorderState& state);      ///< at most ten times a second while recording
    void finished(const evenhand::media::FinishedRecording& recording);
    /// Nothing will follow: there is no recording. NotFound: no sound was taken; DiskFull, Storage: the disk refused from the beginning.
    void failed(const evenhand::base::Error& error);
    /// The disk refuses: the recording ends here, what it has is saved (finished() follows).
    void interrupted(const evenhand::base::Error& error);
};

} // namespace evenhand::media
