// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/exporter.h"

#include <unistd.h>

#include "app/media/bytewriter.h"
#include "app/media/peaktrack.h"
#include "app/media/soundframe.h"
#include "app/media/soundstream.h"

namespace evenhand::media {

using base::Result;

namespace {

constexpr std::uint32_t kExportSerial = 0x45564231;

/// A file that is there in full or not at all.
class FreshFile {
public:
    [[nodiscard]] static Result<FreshFile> create(const std::string& path)
    {
        const auto temporary = path + ".part";
        ::unlink(temporary.c_str());
        EVENHAND_ASSIGN(auto file, PosixFile::createNew(temporary));
        return FreshFile(path, temporary, std::move(file));
    }
    FreshFile(FreshFile&& other) noexcept : m_path(std::move(other.m_path)), m_temporary(std::exchange(other.m_temporary, {})), m_file(std::move(other.m_file)), m_size(other.m_size) {}
    FreshFile& operator=(FreshFile&&) = delete;
    ~FreshFile()
    {
        if (!m_temporary.empty())
            ::unlink(m_temporary.c_str());
    }
    [[nodiscard]] Result<> add(base::ByteView bytes)
    {
        EVENHAND_TRY(m_file.writeAt(m_size, bytes));
        m_size += static_cast<std::int64_t>(bytes.size());
        return {};
    }
    [[nodiscard]] Result<> putAt(std::int64_t offset, base::ByteView bytes) { return m_file.writeAt(offset, bytes); }
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] Result<> commit()
    {
        EVENHAND_TRY(m_file.sync());
        EVENHAND_TRY(renameFile(m_temporary, m_path));
        m_temporary.clear();
        return {};
    }

private:
    FreshFile(std::string path, std::string temporary, PosixFile file) : m_path(std::move(path)), m_temporary(std::move(temporary)), m_file(std::move(file)) {}
    std::string m_path;
    std::string m_temporary;
    PosixFile m_file;
    std::int64_t m_size = 0;
};

std::string damageText(const std::vector<Damage>& damages)
{
    std::string text;
    for (const auto& damage : damages)
        if (damage.durationMs > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(damage.startMs) + "+" + std::to_string(damage.durationMs) + " ms";
    return text.empty() ? "none" : text;
}

std::vector<std::string> tagsOf(const ExportLabel& label, const std::vector<Damage>& damages)
{
    return {"TITLE=Recording of case " + label.caseNo, "CASE=" + label.caseNo,   "DATE=" + label.recordedAt, "SHA256=" + label.sha256Hex,
            "EVENT=" + label.eventId,                  "EXPORTED_BY=" + label.by, "REASON=" + label.reason,   "DAMAGED=" + damageText(damages)};
}

/// RIFF LIST/INFO chunk: the names that sound editors show.
base::Bytes infoChunk(const ExportLabel& label, const std::vector<Damage>& damages)
{
    base::Bytes list;
    putBytes(list, base::asBytes(std::string_view("INFO")));
    const auto put = [&list](std::string_view id, std::string text) {
        text.push_back('\0');
        if (text.size() % 2 != 0)
            text.push_back('\0');
        putBytes(list, base::asBytes(id));
        putNumber(list, static_cast<std::uint32_t>(text.size()));
        putBytes(list, base::asBytes(text));
    };
    put("INAM", "Recording of case " + label.caseNo);
    put("ICRD", label.recordedAt);
    put("IART", label.by);
    put("ISRC", "sha256:" + label.sha256Hex);
    put("ICMT", "event " + label.eventId + "; reason: " + label.reason + "; damaged: " + damageText(damages));
    base::Bytes chunk;
    putBytes(chunk, base::asBytes(std::string_view("LIST")));
    putNumber(chunk, static_cast<std::uint32_t>(list.size()));
    putBytes(chunk, list);
    return chunk;
}

base::Bytes wavHeader(int sides, std::uint32_t soundBytes, std::uint32_t infoBytes)
{
    const auto frame = static_cast<std::uint16_t>(sides * 2);
    base::Bytes out;
    putBytes(out, base::asBytes(std::string_view("RIFF")));
    putNumber(out, 36 + soundBytes + infoBytes);
    putBytes(out, base::asBytes(std::string_view("WAVEfmt ")));
    putNumber(out, std::uint32_t{16});
    putNumber(out, std::uint16_t{1});
    putNumber(out, static_cast<std::uint16_t>(sides));
    putNumber(out, static_cast<std::uint32_t>(kSampleRate));
    putNumber(out, static_cast<std::uint32_t>(kSampleRate) * frame);
    putNumber(out, frame);
    putNumber(out, std::uint16_t{16});
    putBytes(out, base::asBytes(std::string_view("data")));
    putNumber(out, soundBytes);
    return out;
}

Result<> writeWav(SealedReader& reader, FreshFile& file, const ExportLabel& label)
{
    EVENHAND_ASSIGN(auto stream, SoundStream::create(reader, kSampleRate));
    EVENHAND_TRY(file.add(wavHeader(stream.sides(), 0, 0)));
    const auto begin = file.size();
    for (;;) {
        EVENHAND_ASSIGN(const auto samples, stream.read(kSampleRate));
        if (samples.empty())
            break;
        base::Bytes bytes;
        bytes.reserve(samples.size() * 2);
        for (const auto sample : samples)
            putNumber(bytes, sample);
        EVENHAND_TRY(file.add(bytes));
    }
    const auto soundBytes = static_cast<std::uint32_t>(file.size() - begin);
    const auto info = infoChunk(label, reader.damages());
    EVENHAND_TRY(file.add(info));
    return file.putAt(0, wavHeader(stream.sides(), soundBytes, static_cast<std::uint32_t>(info.size())));
}

// The pages as they were recorded, under headers that say where they are from: nothing is coded a second time.
Result<> writeOgg(SealedReader& reader, FreshFile& file, const ExportLabel& label)
{
    EVENHAND_ASSIGN(const auto damages, reader.verify());
    EVENHAND_TRY(file.add(opusHeaderPages(reader.header().sides, reader.header().preSkip, kExportSerial, tagsOf(label, damages))));
    std::uint32_t page = 2;
    for (std::size_t i = 0; i < reader.soundFrames().size(); ++i) {
        const auto plain = reader.read(reader.soundFrames()[i]);
        if (!plain)
            continue;                                    // its time is missing; the page that follows says where it belongs
        EVENHAND_ASSIGN(const auto frame, decodeSoundFrame(*plain));
        EVENHAND_TRY(file.add(renumberPages(frame.ogg, kExportSerial, page, i + 1 == reader.soundFrames().size())));
    }
    return {};
}

} // namespace

Result<> exportRecording(SealedReader& reader, const std::string& path, ExportFormat format, const ExportLabel& label)
{
    for (const auto frame : reader.soundFrames()) {
        if (reader.has(frame))
            continue;
        return base::fail(base::ErrorCode::NotFound, "the recording is not here in full yet");
    }
    EVENHAND_ASSIGN(auto file, FreshFile::create(path));
    EVENHAND_TRY(format == ExportFormat::Wav ? writeWav(reader, file, label) : writeOgg(reader, file, label));
    return file.commit();
}

} // namespace evenhand::media
