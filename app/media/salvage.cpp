// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/salvage.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "app/base/log.h"
#include "app/media/sealedreader.h"

namespace evenhand::media {

using base::ErrorCode;
using base::Result;
namespace fs = std::filesystem;

namespace {


/// What the frames that verify say together.
struct Contents {
    FinishedRecording recording;
    std::vector<FramePlace> good;                        ///< up to the first one that does not verify
    base::Bytes levels;
};

Result<Contents> readContents(SealedReader& reader)
{
    if (reader.frames().empty() || reader.frames().front().header.kind != FrameKind::About)
        return base::fail(ErrorCode::NotFound, "the recording does not say what it is");
    EVENHAND_ASSIGN(const auto aboutBytes, reader.read(0));
    EVENHAND_ASSIGN(auto about, decodeAbout(aboutBytes));
    const auto key = reader.key().bytes();
    Contents contents{{reader.header().eventId, std::move(about), {}, base::Sensitive<base::Bytes>(base::Bytes(key.begin(), key.end()))}, {}, {}};
    contents.recording.sides = reader.header().sides;
    contents.recording.ended = "recovered";
    PeakTrack peaks(reader.header().sides);
    for (std::size_t i = 0; i < reader.frames().size(); ++i) {
        const auto& place = reader.frames()[i];
        if (place.header.kind != FrameKind::About && place.header.kind != FrameKind::Sound)
            break;
        const auto plain = reader.read(i);
        if (!plain)
            break;
        contents.good.push_back(place);
        if (place.header.kind != FrameKind::Sound)
            continue;
        EVENHAND_ASSIGN(auto frame, decodeSoundFrame(*plain));
        peaks.addLevels(frame.levels);
        for (auto& mark : frame.marks)
            domain::putMark(contents.recording.marks, std::move(mark));
        contents.recording.durationMs = static_cast<std::int64_t>(place.header.startMs) + place.header.durationMs;
    }
    const auto levels = peaks.bytes();
    contents.levels.assign(levels.begin(), levels.end());
    contents.recording.overview = peaks.overview(kOverviewSteps);
    return contents;
}

/// What was going on when the program died went on to the end.
void endOpenMarks(FinishedRecording& recording)
{
    for (auto& mark : recording.marks) {
        if (mark.durationMs < 0)
            mark.durationMs = std::max<std::int64_t>(0, recording.durationMs - mark.atMs);
        if (mark.kind == domain::markkind::kGap)
            recording.lostMs += mark.durationMs;
    }
    std::ranges::stable_sort(recording.marks, {}, &domain::RecordingMark::atMs);
}

Result<FinishedRecording> closeUnfinished(const std::string& path, const base::SecretKey& blobKey)
{
    EVENHAND_ASSIGN(auto source, FileSource::open(path));
    EVENHAND_ASSIGN(auto reader, SealedReader::open(std::shared_ptr<ByteSource>(std::move(source)), blobKey));
    EVENHAND_ASSIGN(auto contents, readContents(reader));
    if (contents.recording.durationMs == 0)
        return base::fail(ErrorCode::NotFound, "no sound in it");
    endOpenMarks(contents.recording);
    EVENHAND_ASSIGN(auto writer, SealedWriter::resume(path, reader.header(), reader.key().duplicate(), std::move(contents.good)));
    EVENHAND_ASSIGN(contents.recording.file, writer.finish(contents.levels));
    return std::move(contents.recording);
}

void salvageOne(const fs::path& path, const base::SecretKey& blobKey, SalvageReport& report)
{
    auto closed = closeUnfinished(path.string(), blobKey);
    if (closed) {
        report.recovered.push_back(*std::move(closed));
        return;
    }
    // A header that was never written in full holds no key, and nothing can be behind it.
    std::error_code problem;
    const bool isTooShort = fs::file_size(path, problem) <= kSealedHeaderSize && !problem;
    if (closed.error().code == ErrorCode::NotFound || isTooShort) {
        ::unlink(path.c_str());
        ++report.empty;
        return;
    }
    base::log::of(base::log::Area::Media).error("an unfinished recording cannot be read: {}", closed.error().detail);
    fs::rename(path, path.string() + ".bad", problem);
    ++report.unreadable;
}

std::optional<base::Hash256> hashOfName(const fs::path& path)
{
    const auto bytes = base::fromHex(path.stem().string());
    base::Hash256 hash{};
    if (!bytes || bytes->size() != hash.size())
        return std::nullopt;
    std::ranges::copy(*bytes, hash.begin());
    return hash;
}

} // namespace

Result<FinishedRecording> describe(const std::string& path, const base::SecretKey& blobKey)
{
    EVENHAND_ASSIGN(auto source, FileSource::open(path));
    const auto size = source->size();
    EVENHAND_ASSIGN(auto reader, SealedReader::open(std::shared_ptr<ByteSource>(std::move(source)), blobKey));
    EVENHAND_ASSIGN(auto contents, readContents(reader));
    endOpenMarks(contents.recording);
    contents.recording.ended = reader.isFinished() ? "stopped" : "recovered";
    EVENHAND_ASSIGN(auto file, PosixFile::openForReading(path));
    EVENHAND_ASSIGN(const auto hash, file.sha256());
    contents.recording.file = {path, hash, size};
    return std::move(contents.recording);
}

Result<SalvageReport> salvage(const std::string& folder, const base::SecretKey& blobKey, const std::function<bool(const base::Hash256&)>& isKnown)
{
    SalvageReport report;
    std::error_code problem;
    if (!fs::is_directory(folder, problem))
        return report;
    std::vector<fs::path> parts;
    std::vector<fs::path> closed;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        if (entry.path().extension() == ".part")
            parts.push_back(entry.path());
        if (entry.path().extension() == ".evb")
            closed.push_back(entry.path());
    }
    if (problem)
        return base::fail(ErrorCode::Storage, "look through the recordings: " + problem.message());
    for (const auto& path : closed) {
        const auto hash = hashOfName(path);
        if (!hash || isKnown(*hash))
            continue;
        if (auto recording = describe(path.string(), blobKey))
            report.recovered.push_back(*std::move(recording));
        else
            ++report.unreadable;
    }
    for (const auto& path : parts)
        salvageOne(path, blobKey, report);
    return report;
}

} // namespace evenhand::media
