// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/base/bytes.h"
#include "app/base/result.h"
#include "app/domain/recording.h"

namespace evenhand::media {

/// Content of a sealed frame of sound: whole Ogg pages, with the levels and marks of the same time, so that a recording whose end
/// was never written has them too. All `ogg` parts of a file one after the other are an Ogg Opus file that any player plays.
struct SoundFrame {
    base::Bytes levels;                                  ///< as PeakTrack::since()
    std::vector<domain::RecordingMark> marks;
    base::Bytes ogg;
};

[[nodiscard]] base::Bytes encodeSoundFrame(const SoundFrame& frame);
[[nodiscard]] base::Result<SoundFrame> decodeSoundFrame(base::ByteView bytes);

/// Content of the About frame: what start-up needs to finish a recording whose program died.
struct RecordingAbout {
    std::string purpose = "call";                        ///< call, memo, visit
    std::optional<domain::CaseId> caseId{};
    base::Instant startedAt{};
    int utcOffsetMinutes = 0;
};

[[nodiscard]] base::Bytes encodeAbout(const RecordingAbout& about);
[[nodiscard]] base::Result<RecordingAbout> decodeAbout(base::ByteView bytes);

} // namespace evenhand::media
