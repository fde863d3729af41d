// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QBuffer>
#include <QObject>

#include "app/media/pcminput.h"

class QAudioSink;

namespace evenhand::media {

/// What can be wrong with the sound of a workstation.
enum class SoundFault {
    NoSoundSystem,     ///< no device at all is listed
    NoInput,           ///< outputs, but no microphone
    InputMissing,      ///< the chosen microphone is not plugged in
    InputBusy,         ///< it cannot be opened: another program has it, or this one may not use it
    NoSamples,         ///< it is open and delivers nothing
    InputMuted,        ///< it delivers nothing but zeros
    InputTooQuiet,     ///< below −55 dBFS throughout
    InputTooLoud,      ///< it distorts
    NoOutput,          ///< no loudspeaker or headset
    OutputBusy         ///< it cannot be opened, or plays nothing
};

struct SelfTestResult {
    std::vector<SoundFault> faults;                      ///< empty: all is well
    std::string input;                                   ///< names for the screen
    std::string output;
    double peakDb = -96.0;                               ///< of what was recorded
    std::int64_t recordedMs = 0;
    std::int64_t playedMs = 0;
    [[nodiscard]] bool passed() const { return faults.empty(); }
};

/// Records one second and plays it back. One run at a time, on a thread with an event loop; ends within ten seconds whatever happens.
class SoundSelfTest : public QObject {
    Q_OBJECT

public:
    explicit SoundSelfTest(std::string inputId);
    ~SoundSelfTest() override;
    void run();

Q_SIGNALS:
    void finished(const evenhand::media::SelfTestResult& result);

private:
    void record();
    void judgeSamples();
    void play();
    void end();

    std::string m_inputId;
    SelfTestResult m_result;
    std::vector<std::int16_t> m_samples;
    std::unique_ptr<PcmInput> m_input;
    std::unique_ptr<QAudioSink> m_sink;
    QBuffer m_buffer;
    QByteArray m_bytes;
};

} // namespace evenhand::media
