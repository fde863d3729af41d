// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>

#include <QAudioSink>
#include <QPointer>
#include <QTimer>

#include "app/media/player.h"
#include "app/media/soundstream.h"

namespace soundtouch {
class SoundTouch;
}

namespace evenhand::media {

/// The player's own thread: opens, decodes, stretches, feeds the sound output. Everything here runs on that thread.
class PlaybackDesk : public QObject {
    Q_OBJECT

public:
    PlaybackDesk();
    ~PlaybackDesk() override;

    void open(PlayableRecording recording);
    void close();
    void play();
    void pause();
    void seek(std::int64_t ms);
    void setSpeed(double speed);
    void setSkipsSilence(bool skips);
    void fetchAll();
    void setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop);

Q_SIGNALS:
    void stateChanged(const evenhand::media::PlayState& state);
    void levelsReady(const evenhand::base::Bytes& levels, int sides);
    void failed(const evenhand::base::Error& error);

private:
    void openSource();
    void tryOpening();
    void loadLevels();
    void arrived();
    [[nodiscard]] bool openSink();
    void pump();
    [[nodiscard]] bool produce();
    void give(const std::vector<std::int16_t>& samples, std::int64_t atMs);
    void jumpOverSilence();
    void dropQueued();
    void updatePosition();
    void enter(PlayPhase phase);
    void fail(const base::Error& error);

    PlayableRecording m_recording{domain::EventId(base::Uuid({})), {}, 0, {}};
    std::shared_ptr<ByteSource> m_source;
    std::optional<SealedReader> m_reader;
    std::optional<SoundStream> m_stream;
    base::Bytes m_levels;
    bool m_hasLevels = false;
    bool m_wantsPlay = false;
    std::int64_t m_startMs = 0;                          ///< asked for while it was still opening
    std::unique_ptr<QAudioSink> m_sink;
    QPointer<QIODevice> m_out;
    std::unique_ptr<soundtouch::SoundTouch> m_stretch;
    QByteArray m_pending;                                ///< bytes the output did not take yet
    struct Given {
        std::int64_t endBytes;                           ///< of all bytes since the output began
        std::int64_t atMs;
        double msPerByte;
    };
    std::deque<Given> m_given;
    std::int64_t m_givenBytes = 0;
    QTimer m_timer;
    PlayState m_state;
};

} // namespace evenhand::media
