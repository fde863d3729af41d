// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/media/sealedreader.h"

namespace evenhand::media {

enum class ExportFormat { Wav, Ogg };

/// What a copy that leaves the program carries with it.
struct ExportLabel {
    std::string caseNo;
    std::string sha256Hex;                               ///< of the sealed recording: ties the copy to the evidence
    std::string eventId;
    std::string recordedAt;                              ///< RFC 3339
    std::string reason;
    std::string by;                                      ///< who exports
};

/// Writes an open copy to `path`: temporary file beside it, synced, renamed; after an error there is none. Damaged parts are silence in it and are said in the
/// label. NotFound: a part is not here yet. DiskFull, Storage. Any thread, one reader.
[[nodiscard]] base::Result<> exportRecording(SealedReader& reader, const std::string& path, ExportFormat format, const ExportLabel& label);

} // namespace evenhand::media
