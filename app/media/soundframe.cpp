// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/soundframe.h"

#include "app/base/json.h"
#include "app/media/bytewriter.h"

namespace evenhand::media {

using base::Json;
using base::JsonReader;
using base::Result;

base::Bytes encodeSoundFrame(const SoundFrame& frame)
{
    Json marks = Json::array();
    for (const auto& mark : frame.marks)
        marks.push_back(domain::toJson(mark));
    const auto text = frame.marks.empty() ? std::string() : base::canonical(marks);
    base::Bytes out;
    putNumber(out, static_cast<std::uint32_t>(frame.levels.size()));
    putNumber(out, static_cast<std::uint32_t>(text.size()));
    putBytes(out, frame.levels);
    putBytes(out, base::asBytes(text));
    putBytes(out, frame.ogg);
    return out;
}

Result<SoundFrame> decodeSoundFrame(base::ByteView bytes)
{
    ByteReader in(bytes);
    const auto levelCount = in.number<std::uint32_t>();
    const auto textSize = in.number<std::uint32_t>();
    const auto levels = in.take(levelCount);
    const auto text = in.take(textSize);
    if (!in.ok())
        return base::fail(base::ErrorCode::Damaged, "a frame of sound makes no sense");
    SoundFrame frame{{levels.begin(), levels.end()}, {}, {in.rest().begin(), in.rest().end()}};
    if (text.empty())
        return frame;
    EVENHAND_ASSIGN(const auto json, base::parseJson(base::asText(text)));
    for (const auto& item : json) {
        JsonReader one(item, "/marks");
        frame.marks.push_back(domain::markFromJson(one));
        if (!one.ok())
            return base::fail(one.error());
    }
    return frame;
}

base::Bytes encodeAbout(const RecordingAbout& about)
{
    const auto text = base::canonical({{"purpose", about.purpose},
                                       {"case_id", about.caseId ? Json(about.caseId->toString()) : Json(nullptr)},
                                       {"started_at", about.startedAt.toRfc3339Utc()},
                                       {"utc_offset_min", about.utcOffsetMinutes}});
    const auto view = base::asBytes(text);
    return {view.begin(), view.end()};
}

Result<RecordingAbout> decodeAbout(base::ByteView bytes)
{
    EVENHAND_ASSIGN(const auto json, base::parseJson(base::asText(bytes)));
    JsonReader in(json, "/about");
    RecordingAbout about{in.text("purpose"), std::nullopt, in.instant("started_at"), static_cast<int>(in.integerOr("utc_offset_min", 0))};
    if (const auto id = in.optionalUuid("case_id"))
        about.caseId = domain::CaseId(*id);
    if (!in.ok())
        return base::fail(in.error());
    return about;
}

} // namespace evenhand::media
