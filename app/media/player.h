// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QThread>

#include "app/media/rangecache.h"
#include "app/base/sensitive.h"
#include "app/media/sealedreader.h"

namespace evenhand::media {

/// What a player opens.
struct PlayableRecording {
    domain::EventId eventId;
    base::Hash256 sha256{};
    std::int64_t size = 0;
    base::Sensitive<base::Bytes> key;                    ///< of the recording, 32 bytes
    std::string path{};                                  ///< when the file is on this computer; "" to fetch it
    RangeCacheConfig cache{};
    RangedSource::Fetch fetch{};                         ///< may be called on the player's thread, and answer on any
};

enum class PlayPhase { Closed, Opening, Ready, Playing, Waiting, AtEnd };

struct PlayState {
    PlayPhase phase = PlayPhase::Closed;
    std::int64_t positionMs = 0;
    std::int64_t durationMs = 0;
    double speed = 1.0;                                  ///< 0.5 … 2; the pitch stays
    bool skipsSilence = false;
    std::optional<std::pair<std::int64_t, std::int64_t>> loop{};
    std::vector<Damage> damages{};                       ///< found so far
};

class PlaybackDesk;

/// Plays one recording at a time: decrypts while playing, nothing of it reaches the disk. Works on a thread of its own ("player"); calls return at once,
/// signals come on the caller's thread.
class Player : public QObject {
    Q_OBJECT

public:
    Player();
    ~Player() override;

    void open(PlayableRecording recording);
    void close();
    void play();
    void pause();
    void seek(std::int64_t ms);
    void setSpeed(double speed);
    void setSkipsSilence(bool skips);
    void setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop);
    void fetchAll();                                     ///< what is not here yet, for an export
    [[nodiscard]] const PlayState& state() const { return m_state; }

Q_SIGNALS:
    void stateChanged(const evenhand::media::PlayState& state);          ///< while playing about 30 times a second
    /// The stored levels of the whole recording, sides interleaved, a step each kPeakMs.
    void levelsReady(const evenhand::base::Bytes& levels, int sides);
    /// Opening or fetching failed: NotFound or Forbidden (the server says no), Network, Damaged, WrongKey, Conflict (no sound output).
    void failed(const evenhand::base::Error& error);

private:
    QThread m_thread;
    PlaybackDesk* m_desk;                                ///< lives on the thread
    PlayState m_state;
};

} // namespace evenhand::media
