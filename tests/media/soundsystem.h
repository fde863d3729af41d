// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace evenhand::test {

/// A PulseAudio daemon of this test's own, with two virtual cables: what is played into "desk_out" is heard by the input "desk_mic", and the same
/// for "line_out" and "line_in". The monitors are remapped, because Qt lists no monitor as an input. Sets PULSE_SERVER for this process, so it must come
/// before anything that looks for devices. Ends with the object.
class SoundSystem {
public:
    SoundSystem();
    ~SoundSystem();
    SoundSystem(const SoundSystem&) = delete;
    SoundSystem& operator=(const SoundSystem&) = delete;

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] const QString& problem() const { return m_problem; }
    bool start();                                        ///< again after kill()
    void kill();                                         ///< SIGKILL to the daemon
    /// pactl with these words; its output.
    QString control(const QStringList& words) const;
    /// Plays a file into a sink; ends with the object it returns.
    [[nodiscard]] std::unique_ptr<QProcess> play(const QString& wav, const QString& sink) const;
    /// Records what a sink plays, as 16 kHz stereo samples, until the process is ended.
    [[nodiscard]] std::unique_ptr<QProcess> capture(const QString& sink, const QString& rawFile) const;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_daemon;
    bool m_isRunning = false;
    QString m_problem;
};

} // namespace evenhand::test
