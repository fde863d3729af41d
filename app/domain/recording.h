// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/json.h"
#include "app/base/sensitive.h"
#include "app/domain/ids.h"

/// What is said about a recording: where something happened in it, and who did what with it. Shared by the recorder, the
/// events and the player. Times are milliseconds from the first sound.
namespace evenhand::domain {

namespace markkind {
inline constexpr const char* kGap = "gap";            ///< no sound came from a side; ref: why (device_lost, sound_system, slow, asleep, disk)
inline constexpr const char* kMute = "mute";          ///< left out on purpose; ref: why (payment_data, id_number, bystander, other)
inline constexpr const char* kStep = "step";          ///< a step of the script was shown; ref: its id
inline constexpr const char* kNote = "note";          ///< the agent wrote something
inline constexpr const char* kPhrase = "phrase";      ///< the phrase check found something in the note; ref: the rule
inline constexpr const char* kOutcome = "outcome";    ///< ref: the code
inline constexpr const char* kDamage = "damage";      ///< what was stored there cannot be read any more
inline constexpr const char* kComment = "comment";    ///< of a reviewer; never stored in the recording
} // namespace markkind

struct RecordingMark {
    std::string kind;
    std::int64_t atMs = 0;
    std::int64_t durationMs = 0;                      ///< 0: a moment. −1: still going on
    int side = -1;                                    ///< 0 agent, 1 far end, −1 both
    std::string ref{};                                ///< a code, never free text
    friend bool operator==(const RecordingMark&, const RecordingMark&) = default;
};

[[nodiscard]] base::Json toJson(const RecordingMark& mark);
[[nodiscard]] RecordingMark markFromJson(base::JsonReader& in);

/// Adds a mark, or ends the one of the same kind, side and beginning that still goes on.
void putMark(std::vector<RecordingMark>& marks, RecordingMark mark);

/// Event `attachment`: a recording or photo belongs to a case. The header's blob_refs name the same hash.
struct AttachmentPayload {
    std::string purpose;                              ///< call, memo, visit
    base::Hash256 sha256{};
    std::int64_t size = 0;
    base::Sensitive<base::Bytes> key{};               ///< opens the file; 32 bytes
    base::Instant startedAt{};
    std::int64_t durationMs = 0;
    int sides = 2;
    std::string ended;                                ///< stopped, disk_full, failed, recovered (the program or the computer died)
    std::vector<RecordingMark> marks{};               ///< in order; as many as fit, gaps and mutes first
    base::Bytes overview{};                           ///< levels, sides interleaved, for a first drawing (see PeakTrack); ≤ 2,000
    std::int64_t lostMs = 0;                          ///< sum of the gaps of either side
};

/// Event `review`: somebody listened, took a copy, or said something about a recording.
struct ReviewPayload {
    std::string action;                               ///< play, export, comment
    EventId recording;
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;                            ///< = fromMs for a comment on a moment
    base::SensitiveText text{};                       ///< of a comment; of an export the reason in words
    std::string reason{};                             ///< of an export: complaint, court, regulator, training, other
    std::string format{};                             ///< of an export: wav, ogg
};

/// Marks that fit beside everything else in one event; gaps and mutes stay, the rest is thinned from the end.
inline constexpr std::size_t kMarksLimit = 400;
[[nodiscard]] std::vector<RecordingMark> marksThatFit(std::vector<RecordingMark> marks);

[[nodiscard]] base::Json encodeAttachment(const AttachmentPayload& attachment);
[[nodiscard]] AttachmentPayload readAttachment(base::JsonReader& in);
[[nodiscard]] base::Json encodeReview(const ReviewPayload& review);
[[nodiscard]] ReviewPayload readReview(base::JsonReader& in);

} // namespace evenhand::domain
