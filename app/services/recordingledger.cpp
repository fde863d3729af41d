// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/recordingledger.h"

namespace evenhand::services {

base::Result<RecordingTicket> ticketFor(OpenProfile& profile)
{
    if (!profile.isEnrolled() || profile.blobs() == nullptr)
        return base::fail(base::ErrorCode::Unauthorized, "nobody is signed in");
    EVENHAND_ASSIGN(const auto id, profile.journal().newEventId());
    return RecordingTicket{profile.blobs()->folder(), id, profile.blobKey().duplicate()};
}

base::Result<> recordAttachment(OpenProfile& profile, const media::FinishedRecording& recording)
{
    EVENHAND_ASSIGN(const auto known, profile.journal().findBlob(recording.file.sha256));
    if (known)
        return {};
    db::NewEvent event{media::attachmentOf(recording), recording.about.caseId};
    event.id = recording.eventId;
    event.blobRefs = {{recording.file.sha256, recording.file.size}};
    EVENHAND_TRY(profile.record({&event, 1}));
    profile.blobs()->kick();
    return {};
}

base::Result<std::set<base::Hash256>> knownBlobs(OpenProfile& profile)
{
    std::set<base::Hash256> known;
    EVENHAND_ASSIGN(const auto unsent, profile.journal().unsentBlobs());
    EVENHAND_ASSIGN(const auto kept, profile.journal().keptBlobs());
    for (const auto* blobs : {&unsent, &kept})
        for (const auto& blob : *blobs)
            known.insert(blob.sha256);
    return known;
}

} // namespace evenhand::services
