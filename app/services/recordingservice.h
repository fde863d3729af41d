// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/domain/recording.h"
#include "app/services/settings.h"

namespace evenhand::media {
class CallRecorder;
class SoundSelfTest;
struct FinishedRecording;
struct RecorderState;
struct SelfTestResult;
} // namespace evenhand::media

namespace evenhand::services {

class DataThread;

enum class RecordingPhase { Off, Starting, Recording, Saving };

struct RecordingSide {
    std::string device;                              ///< name for the screen; "" when there is none now
    int level = 0;                                   ///< 0 … 255, equal steps of decibels from −96 dBFS
    std::string trouble;                             ///< device_lost, sound_system, no_device, busy; "" when all is well
    bool isReplaced = false;                         ///< the chosen device went away, another one took its place
};

/// What the call page shows.
struct RecordingView {
    RecordingPhase phase = RecordingPhase::Off;
    std::int64_t positionMs = 0;
    std::int64_t savedMs = 0;                        ///< sound up to here is on the disk
    int sides = 0;
    std::array<RecordingSide, 2> side{};             ///< agent, far end
    std::string muteReason{};                        ///< "" when not muted
    bool isSpaceLow = false;
    std::optional<base::Error> problem{};            ///< of the running call: recording ended early, or never began; cleared by the next begin()
};

struct SoundDeviceChoice {
    std::string id;
    std::string name;
    bool isDefault = false;
};

/// Words of the faults that a self-test can find: no_sound_system, no_input, input_missing, input_busy, no_samples, input_muted, input_too_quiet,
/// input_too_loud, no_output, output_busy.
struct SoundTestResult {
    std::vector<std::string> faults;                 ///< empty: all is well
    std::string input;
    std::string output;
    double peakDb = -96.0;
};

[[nodiscard]] SoundTestResult toServices(const media::SelfTestResult& result);

/// What start-up found of recordings that a crash cut short.
struct RecoveredRecordings {
    int count = 0;
    std::int64_t seconds = 0;
    int unreadable = 0;
};

/// Records conversations of the signed-in user: begins and ends with the call, saves the event that names the file, recovers after a crash. UI thread.
class RecordingService : public QObject {
    Q_OBJECT

public:
    RecordingService(DataThread& data, media::CallRecorder& recorder);
    ~RecordingService() override;

    /// From the settings of this computer.
    void setChoice(RecordCalls mode, std::string agentInput, std::string farEndInput);
    /// What the gate is told: true when a call begun now will be recorded here, false when it will not, nothing when the telephone system may do it.
    [[nodiscard]] std::optional<bool> willRecord() const;

    /// Begins a recording of this case; nothing happens when it is not to be recorded here. `purpose`: call, memo, visit.
    void begin(std::string purpose, std::optional<domain::CaseId> caseId);
    void end();
    /// The `attachment` events of everything recorded since the last call of this: for CallPayload::recordings. They may be saved a moment later than the call.
    [[nodiscard]] std::vector<domain::EventId> takeRecordings();
    [[nodiscard]] const std::vector<domain::EventId>& recordings() const { return m_ids; }
    /// Leaves out what is said from now on; the recording has an audible sign instead, and the event says from when to when and why.
    void mute(const std::string& reason);
    void unmute();
    void mark(const std::string& kind, const std::string& ref);
    [[nodiscard]] const RecordingView& view() const { return m_view; }

    [[nodiscard]] static std::vector<SoundDeviceChoice> inputs();
    /// Records a second and plays it; testFinished() says what came of it.
    void testSound();

    /// Looks for what a crash left behind; call after each sign-in. Emits recovered() when there was something.
    void recover();

Q_SIGNALS:
    void changed(const evenhand::services::RecordingView& view);
    void saved(const evenhand::domain::EventId& recording);
    void recovered(const evenhand::services::RecoveredRecordings& what);
    void testFinished(const evenhand::services::SoundTestResult& result);

private:
    void startRecorder(const std::string& folder, const base::SecretKey& blobKey, const domain::EventId& id, const std::string& purpose,
                       std::optional<domain::CaseId> caseId);
    void stateChanged(const media::RecorderState& state);
    void finished(const media::FinishedRecording& recording);
    void failed(const base::Error& error);

    DataThread& m_data;
    media::CallRecorder& m_recorder;
    RecordCalls m_mode = RecordCalls::Auto;
    std::string m_agentInput;
    std::string m_farEndInput;
    RecordingView m_view;
    std::vector<domain::EventId> m_ids;
    int m_wish = 0;                                  ///< counts begin() and end(): an answer to an older one is dropped
    std::unique_ptr<media::SoundSelfTest> m_test;
};

} // namespace evenhand::services

Q_DECLARE_METATYPE(evenhand::services::RecordingView)
