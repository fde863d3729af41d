// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "app/media/salvage.h"
#include "app/services/openprofile.h"

/// Recordings and the journal. Data thread.
namespace evenhand::services {

/// What a recording needs before its first sample.
struct RecordingTicket {
    std::string folder;
    domain::EventId eventId;
    base::SecretKey blobKey;
};

[[nodiscard]] base::Result<RecordingTicket> ticketFor(OpenProfile& profile);
/// One transaction: the `attachment` event and the file's place in the queue for the server. Repeatable: a file that is known already is left alone.
[[nodiscard]] base::Result<> recordAttachment(OpenProfile& profile, const media::FinishedRecording& recording);
/// Names of all recordings the journal knows.
[[nodiscard]] base::Result<std::set<base::Hash256>> knownBlobs(OpenProfile& profile);

} // namespace evenhand::services
