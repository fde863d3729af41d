// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/recording.h"

#include <algorithm>

namespace evenhand::domain {

using base::Json;
using base::JsonReader;

namespace {

constexpr std::size_t kOverviewLimit = 4096;
constexpr std::size_t kKeySize = 32;

bool mustStay(const RecordingMark& mark) { return mark.kind == markkind::kGap || mark.kind == markkind::kMute; }

bool isOneOf(const std::string& word, std::initializer_list<const char*> words)
{
    return std::ranges::any_of(words, [&](const char* known) { return word == known; });
}

} // namespace

Json toJson(const RecordingMark& mark)
{
    return {{"kind", mark.kind}, {"at_ms", mark.atMs}, {"duration_ms", mark.durationMs}, {"side", mark.side}, {"ref", mark.ref}};
}

RecordingMark markFromJson(JsonReader& in)
{
    return {in.text("kind"), in.integer("at_ms"), in.integerOr("duration_ms", 0), static_cast<int>(std::clamp<std::int64_t>(in.integerOr("side", -1), -1, 1)),
            in.textOr("ref", "")};
}

void putMark(std::vector<RecordingMark>& marks, RecordingMark mark)
{
    const auto open = std::ranges::find_if(marks, [&](const RecordingMark& other) {
        return other.kind == mark.kind && other.side == mark.side && other.atMs == mark.atMs && other.durationMs < 0;
    });
    if (open != marks.end())
        *open = std::move(mark);
    else
        marks.push_back(std::move(mark));
}

std::vector<RecordingMark> marksThatFit(std::vector<RecordingMark> marks)
{
    if (marks.size() <= kMarksLimit)
        return marks;
    std::ranges::stable_partition(marks, mustStay);
    marks.resize(kMarksLimit);
    std::ranges::stable_sort(marks, {}, &RecordingMark::atMs);
    return marks;
}

Json encodeAttachment(const AttachmentPayload& attachment)
{
    Json marks = Json::array();
    for (const auto& mark : attachment.marks)
        marks.push_back(toJson(mark));
    return {{"purpose", attachment.purpose},
            {"sha256", base::toBase64Url(attachment.sha256)},
            {"size", attachment.size},
            {"key", base::toBase64Url(attachment.key.reveal())},
            {"started_at", attachment.startedAt.toRfc3339Utc()},
            {"duration_ms", attachment.durationMs},
            {"sides", attachment.sides},
            {"ended", attachment.ended},
            {"marks", marks},
            {"overview", base::toBase64Url(attachment.overview)},
            {"lost_ms", attachment.lostMs}};
}

AttachmentPayload readAttachment(JsonReader& in)
{
    AttachmentPayload attachment{.purpose = in.text("purpose"), .ended = in.textOr("ended", "stopped")};
    const auto hash = in.base64Url("sha256");
    if (hash.size() == attachment.sha256.size())
        std::ranges::copy(hash, attachment.sha256.begin());
    else
        in.complain("sha256", "expected 32 bytes");
    attachment.size = in.integer("size");
    attachment.key = base::Sensitive<base::Bytes>(in.base64Url("key"));
    if (attachment.key.reveal().size() != kKeySize)
        in.complain("key", "expected 32 bytes");
    attachment.startedAt = in.instant("started_at");
    attachment.durationMs = in.integer("duration_ms");
    attachment.sides = static_cast<int>(in.integerOr("sides", 2));
    if (attachment.size < 0 || attachment.durationMs < 0 || attachment.sides < 1 || attachment.sides > 2)
        in.complain("size", "size, duration_ms and sides must make sense");
    for (const auto& item : in.array("marks")) {
        JsonReader one(item, in.pathOf("marks"));
        attachment.marks.push_back(markFromJson(one));
        if (!one.ok())
            in.complain("marks", one.error().detail);
    }
    attachment.overview = in.optionalBase64Url("overview").value_or(base::Bytes());
    if (attachment.overview.size() > kOverviewLimit)
        in.complain("overview", "too long");
    attachment.lostMs = in.integerOr("lost_ms", 0);
    return attachment;
}

Json encodeReview(const ReviewPayload& review)
{
    return {{"action", review.action},
            {"recording", review.recording.toString()},
            {"from_ms", review.fromMs},
            {"to_ms", review.toMs},
            {"text", review.text.reveal()},
            {"reason", review.reason},
            {"format", review.format}};
}

ReviewPayload readReview(JsonReader& in)
{
    ReviewPayload review{.action = in.text("action"), .recording = EventId(in.uuid("recording"))};
    if (!isOneOf(review.action, {"play", "export", "comment"}))
        in.complain("action", "expected play, export or comment");
    review.fromMs = in.integerOr("from_ms", 0);
    review.toMs = in.integerOr("to_ms", review.fromMs);
    review.text = base::SensitiveText(in.textOr("text", ""));
    review.reason = in.textOr("reason", "");
    review.format = in.textOr("format", "");
    if (review.fromMs < 0 || review.toMs < review.fromMs)
        in.complain("from_ms", "expected 0 <= from_ms <= to_ms");
    return review;
}

} // namespace evenhand::domain
