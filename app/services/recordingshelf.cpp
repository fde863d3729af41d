// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/recordingshelf.h"

#include <algorithm>

namespace evenhand::services {

namespace {

constexpr std::int64_t kAroundCallMs = 5'000;

const domain::AttachmentPayload* attachmentIn(const KnownEvent& event)
{
    return event.payload ? std::get_if<domain::AttachmentPayload>(&*event.payload) : nullptr;
}

const KnownEvent* findKnown(const CaseFacts& facts, const domain::EventId& id)
{
    const auto found = std::ranges::find(facts.events, id, [](const KnownEvent& event) { return event.header.eventId; });
    return found == facts.events.end() ? nullptr : &*found;
}

bool belongsTo(const domain::CallPayload& call, const KnownEvent& event, const domain::AttachmentPayload& attachment)
{
    if (!call.recordings.empty())
        return std::ranges::find(call.recordings, event.header.eventId) != call.recordings.end();
    const auto begin = attachment.startedAt.milliseconds();
    return begin >= call.startedAt.milliseconds() - kAroundCallMs && begin <= call.startedAt.milliseconds() + call.durationS * 1000 + kAroundCallMs;
}

std::string displayNameOf(const DisplayNames& names, const domain::UserId& id)
{
    const auto name = names.find(id);
    return name == names.end() ? std::string() : name->second;
}

void addReviews(RecordingInfo& info, const CaseFacts& facts, const DisplayNames& names)
{
    for (const auto& event : facts.events) {
        const auto* review = event.payload ? std::get_if<domain::ReviewPayload>(&*event.payload) : nullptr;
        if (review == nullptr || review->recording != info.id)
            continue;
        if (review->action == "play")
            ++info.plays;
        if (review->action == "comment")
            info.comments.push_back({review->fromMs, review->toMs, review->text.reveal(), displayNameOf(names, event.header.actorId), event.header.occurredAt});
    }
    std::ranges::stable_sort(info.comments, {}, &RecordingComment::fromMs);
}

RecordingInfo infoOf(OpenProfile& profile, const CaseFacts& facts, const KnownEvent& event, const domain::AttachmentPayload& attachment, const DisplayNames& names)
{
    RecordingInfo info{.id = event.header.eventId,
                       .caseId = facts.detail.row.id,
                       .caseNo = facts.detail.row.businessNo,
                       .by = displayNameOf(names, event.header.actorId),
                       .purpose = attachment.purpose,
                       .startedAt = attachment.startedAt,
                       .durationMs = attachment.durationMs,
                       .lostMs = attachment.lostMs,
                       .sides = attachment.sides,
                       .ended = attachment.ended,
                       .marks = attachment.marks,
                       .comments = {},
                       .overview = attachment.overview,
                       .isHere = profile.blobs() != nullptr && profile.blobs()->isHere(attachment.sha256)};
    addReviews(info, facts, names);
    return info;
}

} // namespace

base::Result<std::vector<RecordingInfo>> recordingsOfCall(OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& callId)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    EVENHAND_ASSIGN(const auto names, profile.names());
    const auto* callEvent = findKnown(facts, callId);
    const auto* call = callEvent && callEvent->payload ? std::get_if<domain::CallPayload>(&*callEvent->payload) : nullptr;
    std::vector<RecordingInfo> found;
    for (const auto& event : facts.events) {
        const auto* attachment = attachmentIn(event);
        if (attachment == nullptr)
            continue;
        const bool isOfSame = call != nullptr ? event.header.actorId == callEvent->header.actorId && belongsTo(*call, event, *attachment) : event.header.eventId == callId;
        if (!isOfSame)
            continue;
        found.push_back(infoOf(profile, facts, event, *attachment, names));
        if (call != nullptr && !call->outcome.empty())   // chosen when the recording was over
            found.back().marks.push_back({domain::markkind::kOutcome, attachment->durationMs, 0, -1, call->outcome});
    }
    std::ranges::stable_sort(found, {}, &RecordingInfo::startedAt);
    return found;
}

base::Result<media::PlayableRecording> playableOf(OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& id)
{
    EVENHAND_ASSIGN(const auto facts, profile.requireCase(caseId));
    const auto* event = findKnown(facts, id);
    const auto* attachment = event ? attachmentIn(*event) : nullptr;
    if (attachment == nullptr || profile.blobs() == nullptr)
        return base::fail(base::ErrorCode::NotFound, "this recording is not known here any more");
    media::PlayableRecording playable{id, attachment->sha256, attachment->size, attachment->key};
    if (profile.blobs()->isHere(attachment->sha256))
        playable.path = profile.blobs()->pathOf(attachment->sha256);
    playable.cache = heardFolderOf(profile);
    return playable;
}

base::Result<> recordReview(OpenProfile& profile, const domain::CaseId& caseId, domain::ReviewPayload review)
{
    const db::NewEvent event{std::move(review), caseId};
    EVENHAND_TRY(profile.record({&event, 1}));
    return {};
}

media::RangeCacheConfig heardFolderOf(OpenProfile& profile) { return {profile.folder() + "/heard"}; }

} // namespace evenhand::services
