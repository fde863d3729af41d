// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include "app/media/callrecorder.h"

namespace evenhand::media {

class CaptureDesk;

/// The recorder of the workstation, on Qt Multimedia. Sound is taken on a thread of its own ("recorder"), written by another one, so that neither the
/// screen nor a slow disk costs a sample. Destroying it closes the file of a running recording, of which nobody is told:
/// salvage() finds it. Call stop() before, and wait for finished().
class QtCallRecorder final : public CallRecorder {
    Q_OBJECT

public:
    explicit QtCallRecorder(const base::Clock& clock);
    ~QtCallRecorder() override;

    [[nodiscard]] base::Result<> start(RecordingConfig config, InputChoice inputs, base::SecretKey blobKey) override;
    void stop() override;
    void mute(const std::string& reason) override;
    void unmute() override;
    void mark(const std::string& kind, const std::string& ref) override;
    [[nodiscard]] const RecorderState& state() const override { return m_state; }

private:
    QThread m_thread;
    CaptureDesk* m_desk;                                 ///< lives on the thread
    RecorderState m_state;
};

} // namespace evenhand::media
