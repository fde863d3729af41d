// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/domain/recording.h"

namespace evenhand::media {
class Player;
struct PlayState;
} // namespace evenhand::media

namespace evenhand::services {

class DataThread;

/// What a reviewer said about a place of a recording.
struct RecordingComment {
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    std::string text;
    std::string by;                                  ///< display name
    base::Instant at{};
};

/// One recording as a list shows it. Its key stays on the data thread.
struct RecordingInfo {
    domain::EventId id;
    domain::CaseId caseId;
    std::string caseNo;
    std::string by;                                  ///< who recorded it
    std::string purpose;
    base::Instant startedAt{};
    std::int64_t durationMs = 0;
    std::int64_t lostMs = 0;
    int sides = 2;
    std::string ended;                               ///< stopped, disk_full, failed, recovered
    std::vector<domain::RecordingMark> marks;
    std::vector<RecordingComment> comments;
    base::Bytes overview;                            ///< coarse levels, sides interleaved, for a first drawing
    bool isHere = false;                             ///< the file is on this computer; else it is fetched
    int plays = 0;                                   ///< how often it was listened to, as far as known here
};

enum class PlaybackPhase { Closed, Opening, Ready, Playing, Waiting, AtEnd };

struct PlaybackView {
    PlaybackPhase phase = PlaybackPhase::Closed;
    std::int64_t positionMs = 0;
    std::int64_t durationMs = 0;
    double speed = 1.0;
    bool skipsSilence = false;
    std::optional<std::pair<std::int64_t, std::int64_t>> loop{};
    std::vector<std::pair<std::int64_t, std::int64_t>> damaged{};   ///< beginning and length of what cannot be read
};

struct ExportRequest {
    std::string path;                                ///< ends in .wav or .ogg
    bool isOgg = false;
    std::string reason;                              ///< complaint, court, regulator, training, other
    std::string words;                               ///< of the one who exports; "" allowed except for other
};

/// Recordings of calls: listing, playing, commenting, copying out. Each of these leaves an event of type `review` in the journal before anything is heard or written. Whether
/// a recording of somebody else may be heard is for the server to say: it gives the sound or it does not. UI thread.
class PlaybackService : public QObject {
    Q_OBJECT

public:
    PlaybackService(DataThread& data, media::Player& player);

    /// Of one call; those that name no call but lie in its time are among them.
    [[nodiscard]] QFuture<base::Result<std::vector<RecordingInfo>>> ofCall(domain::CaseId caseId, domain::EventId callId);
    void open(const RecordingInfo& recording);
    void close();
    void play();
    void pause();
    void seek(std::int64_t ms);
    void setSpeed(double speed);                     ///< 0.5 … 2
    void setSkipsSilence(bool skips);
    void setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop);
    [[nodiscard]] const PlaybackView& view() const { return m_view; }

    [[nodiscard]] QFuture<base::Result<>> comment(RecordingInfo recording, std::int64_t fromMs, std::int64_t toMs, std::string text);
    /// Invalid: the reason is missing. NotFound: parts of it are not here yet (they are being fetched: try again). DiskFull, Storage.
    [[nodiscard]] QFuture<base::Result<>> exportTo(RecordingInfo recording, ExportRequest request);

Q_SIGNALS:
    void changed(const evenhand::services::PlaybackView& view);
    /// Levels of the whole recording that is open: sides interleaved, a byte each 50 ms.
    void levelsReady(const evenhand::base::Bytes& levels, int sides);
    void failed(const evenhand::base::Error& error);

private:
    void playerChanged(const media::PlayState& state);

    DataThread& m_data;
    media::Player& m_player;
    std::optional<RecordingInfo> m_open;
    bool m_playLogged = false;
    int m_wish = 0;
    PlaybackView m_view;
};

} // namespace evenhand::services
