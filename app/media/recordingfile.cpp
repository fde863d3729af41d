// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/recordingfile.h"

#include <unistd.h>

#include <filesystem>

namespace evenhand::media {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kQueueLimit = 4U << 20U;           // ten minutes of sound: a disk that takes longer has failed

} // namespace

RecordingFile::RecordingFile(RecordingFileConfig config, base::SecretKey key, Listener listener)
    : m_config(std::move(config)), m_key(std::move(key)), m_listener(std::move(listener)), m_thread([this] { run(); })
{
}

RecordingFile::~RecordingFile()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void RecordingFile::append(Frame frame)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queuedBytes += frame.content.size();
        if (m_queuedBytes > kQueueLimit) {
            m_isOverrun = true;
            m_queuedBytes -= frame.content.size();
        } else {
            m_queue.push_back(std::move(frame));
        }
    }
    m_wake.notify_one();
}

void RecordingFile::finish(base::Bytes peaks, std::function<void(Result<SealedFile>)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        m_peaks = std::move(peaks);
        m_done = std::move(done);
        m_isEnding = true;
    }
    m_wake.notify_one();
}

void RecordingFile::run()
{
    if (auto created = create(); !created)
        fail(created.error());
    for (;;) {
        std::deque<Frame> batch;
        bool isEnding = false;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return !m_queue.empty() || m_isEnding || m_isOverrun; });
            batch.swap(m_queue);
            m_queuedBytes = 0;
            isEnding = m_isEnding;
            if (std::exchange(m_isOverrun, false))
                fail({ErrorCode::Storage, "the disk does not keep up with the recording"});
        }
        for (const auto& frame : batch)
            write(frame);
        if (isEnding && batch.empty())
            return close();
    }
}

Result<> RecordingFile::create()
{
    std::error_code problem;
    std::filesystem::create_directories(m_config.folder, problem);
    if (problem)
        return base::fail(ErrorCode::Storage, "make folder of recordings: " + problem.message());
    std::filesystem::permissions(m_config.folder, std::filesystem::perms::owner_all, problem);
    const auto space = freeBytes(m_config.folder);
    if (space >= 0 && space < m_config.guard.stopBelow)
        return base::fail(ErrorCode::DiskFull, "less than " + std::to_string(m_config.guard.stopBelow >> 20) + " MiB are free");
    const auto about = encodeAbout(m_config.about);
    EVENHAND_ASSIGN(auto writer, SealedWriter::create(m_config.folder, m_config.header, m_key.duplicate(), about, m_config.flush));
    m_writer.emplace(std::move(writer));
    return {};
}

void RecordingFile::write(const Frame& frame)
{
    if (m_hasFailed)
        return;
    const auto space = freeBytes(m_config.folder);
    if (space >= 0 && space < m_config.guard.stopBelow)
        return fail({ErrorCode::DiskFull, "the disk is nearly full"});
    if (space >= 0 && space < m_config.guard.warnBelow && !std::exchange(m_hasWarned, true) && m_listener.spaceIsLow)
        m_listener.spaceIsLow(space);
    if (auto written = m_writer->append(FrameKind::Sound, static_cast<std::uint32_t>(frame.startMs), static_cast<std::uint16_t>(frame.durationMs), frame.content); !written)
        return fail(written.error());
    m_soundMs = frame.startMs + frame.durationMs;
    if (m_listener.written)
        m_listener.written(m_soundMs);
}

void RecordingFile::fail(base::Error error)
{
    if (!std::exchange(m_hasFailed, true))
        m_listener.failed(error);
}

void RecordingFile::close()
{
    if (!m_done)
        return;
    if (!m_writer)
        return m_done(base::fail(ErrorCode::Storage, "the recording could not be begun"));
    if (m_soundMs == 0) {
        ::unlink(m_writer->path().c_str());
        return m_done(base::fail(ErrorCode::NotFound, "nothing was recorded"));
    }
    m_done(m_writer->finish(m_peaks));
}

} // namespace evenhand::media
