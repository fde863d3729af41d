// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/media/player.h"
#include "app/services/openprofile.h"
#include "app/services/playbackservice.h"

/// Recordings as the journal and the cache know them. Data thread.
namespace evenhand::services {

[[nodiscard]] base::Result<std::vector<RecordingInfo>> recordingsOfCall(OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& callId);
/// Everything the player needs but `fetch`. NotFound.
[[nodiscard]] base::Result<media::PlayableRecording> playableOf(OpenProfile& profile, const domain::CaseId& caseId, const domain::EventId& id);
[[nodiscard]] base::Result<> recordReview(OpenProfile& profile, const domain::CaseId& caseId, domain::ReviewPayload review);
/// Pieces of recordings of others that were listened to here.
[[nodiscard]] media::RangeCacheConfig heardFolderOf(OpenProfile& profile);

} // namespace evenhand::services
