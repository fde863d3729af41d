// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/media/recordercore.h"

namespace evenhand::media {

/// What was lying about at start-up.
struct SalvageReport {
    std::vector<FinishedRecording> recovered;            ///< playable, closed and named; `ended` is "recovered"
    int empty = 0;                                       ///< begun, no sound yet: removed
    int unreadable = 0;                                  ///< renamed to *.bad and kept
};

/// Makes every unfinished recording of the folder a finished one: cut after the last frame that verifies, closed, named by its hash. Recordings that are closed but
/// that nobody wrote down (`isKnown` says no) are reported again, as they are. Repeatable at any point. Any thread; takes as long as reading the files.
[[nodiscard]] base::Result<SalvageReport> salvage(const std::string& folder, const base::SecretKey& blobKey,
                                                  const std::function<bool(const base::Hash256&)>& isKnown);

/// One finished or unfinished file read as a whole: everything its event says.
[[nodiscard]] base::Result<FinishedRecording> describe(const std::string& path, const base::SecretKey& blobKey);

} // namespace evenhand::media
