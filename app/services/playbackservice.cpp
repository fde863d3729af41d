// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/playbackservice.h"

#include <QThreadPool>

#include "app/media/exporter.h"
#include "app/media/player.h"
#include "app/services/dataroom.h"
#include "app/services/datathread.h"
#include "app/services/recordingshelf.h"

namespace evenhand::services {

namespace {

PlaybackPhase phaseFrom(media::PlayPhase phase)
{
    switch (phase) {
    case media::PlayPhase::Closed: return PlaybackPhase::Closed;
    case media::PlayPhase::Opening: return PlaybackPhase::Opening;
    case media::PlayPhase::Ready: return PlaybackPhase::Ready;
    case media::PlayPhase::Playing: return PlaybackPhase::Playing;
    case media::PlayPhase::Waiting: return PlaybackPhase::Waiting;
    case media::PlayPhase::AtEnd: return PlaybackPhase::AtEnd;
    }
    return PlaybackPhase::Closed;
}

/// Pieces come from the server through the data thread, on a connection of their own.
media::RangedSource::Fetch fetchThrough(DataThread& data, const base::Hash256& hash)
{
    return [&data, hash](std::int64_t first, std::int64_t count, media::RangedSource::Done done) {
        static_cast<void>(data.start<void>([hash, first, count, done](DataRoom& room, const std::function<void(base::Result<>)>& finished) {
            const auto profile = room.profile();
            if (!profile || (*profile)->blobs() == nullptr) {
                done(base::fail(base::ErrorCode::Unauthorized, "nobody is signed in"));
                return finished({});
            }
            (*profile)->blobs()->fetch(hash, first, count, [done, finished](sync::Reply<sync::BlobPart> part) {
                if (part)
                    done(std::move(part->bytes));
                else
                    done(base::fail(part.error().error));
                finished({});
            });
        }));
    };
}

struct ExportWork {
    media::PlayableRecording playable;
    media::ExportLabel label;
};

base::Result<> writeCopy(const ExportWork& work, const ExportRequest& request)
{
    std::shared_ptr<media::ByteSource> source;
    if (!work.playable.path.empty()) {
        EVENHAND_ASSIGN(source, media::FileSource::open(work.playable.path));
    } else {
        // From what was fetched; the player is fetching the rest.
        EVENHAND_ASSIGN(source, media::RangedSource::open(work.playable.cache, work.playable.sha256, work.playable.size,
                                                          [](std::int64_t, std::int64_t, const media::RangedSource::Done&) {}, {[] {}, [](const base::Error&) {}}));
    }
    EVENHAND_ASSIGN(auto reader, media::SealedReader::openWithKey(source, base::SecretKey(work.playable.key.reveal()), work.playable.eventId));
    return media::exportRecording(reader, request.path, request.isOgg ? media::ExportFormat::Ogg : media::ExportFormat::Wav, work.label);
}

} // namespace

PlaybackService::PlaybackService(DataThread& data, media::Player& player) : m_data(data), m_player(player)
{
    connect(&player, &media::Player::stateChanged, this, &PlaybackService::playerChanged);
    connect(&player, &media::Player::levelsReady, this, &PlaybackService::levelsReady);
    connect(&player, &media::Player::failed, this, &PlaybackService::failed);
}

QFuture<base::Result<std::vector<RecordingInfo>>> PlaybackService::ofCall(domain::CaseId caseId, domain::EventId callId)
{
    return m_data.run<std::vector<RecordingInfo>>([caseId, callId](DataRoom& room) -> base::Result<std::vector<RecordingInfo>> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        return recordingsOfCall(*profile, caseId, callId);
    });
}

void PlaybackService::open(const RecordingInfo& recording)
{
    m_player.close();
    m_open = recording;
    m_playLogged = false;
    const int wish = ++m_wish;
    m_data
        .run<media::PlayableRecording>([caseId = recording.caseId, id = recording.id](DataRoom& room) -> base::Result<media::PlayableRecording> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            return playableOf(*profile, caseId, id);
        })
        .then(this, [this, wish](base::Result<media::PlayableRecording> playable) {
            if (wish != m_wish)
                return;
            if (!playable) {
                Q_EMIT failed(playable.error());
                return;
            }
            if (playable->path.empty())
                playable->fetch = fetchThrough(m_data, playable->sha256);
            m_player.open(*std::move(playable));
        });
}

void PlaybackService::close()
{
    ++m_wish;
    m_open.reset();
    m_player.close();
}

void PlaybackService::play()
{
    if (!m_open)
        return;
    if (m_playLogged)
        return m_player.play();
    const int wish = m_wish;
    m_data
        .run<void>([open = *m_open, at = m_view.positionMs](DataRoom& room) -> base::Result<> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            return recordReview(*profile, open.caseId, {.action = "play", .recording = open.id, .fromMs = at, .toMs = at});
        })
        .then(this, [this, wish](const base::Result<>& logged) {
            if (wish != m_wish)
                return;
            if (!logged) {                           // nobody listens without a trace
                Q_EMIT failed(logged.error());
                return;
            }
            m_playLogged = true;
            m_player.play();
        });
}

void PlaybackService::pause() { m_player.pause(); }
void PlaybackService::seek(std::int64_t ms) { m_player.seek(ms); }
void PlaybackService::setSpeed(double speed) { m_player.setSpeed(speed); }
void PlaybackService::setSkipsSilence(bool skips) { m_player.setSkipsSilence(skips); }
void PlaybackService::setLoop(std::optional<std::pair<std::int64_t, std::int64_t>> loop) { m_player.setLoop(loop); }

void PlaybackService::playerChanged(const media::PlayState& state)
{
    m_view = {phaseFrom(state.phase), state.positionMs, state.durationMs, state.speed, state.skipsSilence, state.loop};
    for (const auto& damage : state.damages)
        if (damage.durationMs > 0)
            m_view.damaged.emplace_back(damage.startMs, damage.durationMs);
    Q_EMIT changed(m_view);
}

QFuture<base::Result<>> PlaybackService::comment(RecordingInfo recording, std::int64_t fromMs, std::int64_t toMs, std::string text)
{
    return m_data.run<void>([=](DataRoom& room) -> base::Result<> {
        EVENHAND_ASSIGN(auto* profile, room.profile());
        if (text.empty())
            return base::fail(base::ErrorCode::Invalid, "comment/text is missing");
        return recordReview(*profile, recording.caseId,
                            {.action = "comment", .recording = recording.id, .fromMs = fromMs, .toMs = std::max(fromMs, toMs), .text = base::SensitiveText(text)});
    });
}

QFuture<base::Result<>> PlaybackService::exportTo(RecordingInfo recording, ExportRequest request)
{
    m_player.fetchAll();
    return m_data
        .run<ExportWork>([recording, request](DataRoom& room) -> base::Result<ExportWork> {
            EVENHAND_ASSIGN(auto* profile, room.profile());
            if (request.reason.empty() || (request.reason == "other" && request.words.empty()))
                return base::fail(base::ErrorCode::Invalid, "export/reason is missing");
            EVENHAND_ASSIGN(auto playable, playableOf(*profile, recording.caseId, recording.id));
            EVENHAND_TRY(recordReview(*profile, recording.caseId,
                                      {.action = "export", .recording = recording.id, .fromMs = 0, .toMs = recording.durationMs, .text = base::SensitiveText(request.words),
                                       .reason = request.reason, .format = request.isOgg ? "ogg" : "wav"}));
            const auto reason = request.reason + (request.words.empty() ? "" : ": " + request.words);
            media::ExportLabel label{recording.caseNo, base::toHex(playable.sha256), recording.id.toString(), recording.startedAt.toRfc3339Utc(), reason,
                                     profile->identity().userName};
            return ExportWork{std::move(playable), std::move(label)};
        })
        .then(QThreadPool::globalInstance(), [request](const base::Result<ExportWork>& work) -> base::Result<> {
            if (!work)
                return base::fail(work.error());
            return writeCopy(*work, request);
        });
}

} // namespace evenhand::services
