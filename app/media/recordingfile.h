// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/media/sealedwriter.h"
#include "app/media/soundframe.h"

namespace evenhand::media {

/// Below `stopBelow` free bytes a recording ends, below `warnBelow` somebody is told (reference §14): notes go on.
struct DiskGuard {
    std::int64_t warnBelow = 250LL << 20;
    std::int64_t stopBelow = 50LL << 20;
};

struct RecordingFileConfig {
    std::string folder;                                  ///< made when missing, mode 0700
    SealedHeader header;
    RecordingAbout about;
    Flush flush = Flush::EachFrame;
    DiskGuard guard{};
};

/// The disk side of a recording: a thread of its own, so that a slow disk never stops the sound. Calls come from one thread and never
/// wait; the callbacks come on the disk thread.
class RecordingFile {
public:
    struct Listener {
        std::function<void(const base::Error&)> failed;                              ///< at most once; nothing more is written
        std::function<void(std::int64_t freeBytes)> spaceIsLow;                      ///< at most once
        std::function<void(std::int64_t untilMs)> written{};                         ///< sound up to here is on the disk
    };
    struct Frame {
        std::int64_t startMs = 0;
        std::int64_t durationMs = 0;
        base::Bytes content;
    };

    RecordingFile(RecordingFileConfig config, base::SecretKey key, Listener listener);
    /// Without finish(): what is queued is written, the file stays as it is, to be recovered.
    ~RecordingFile();
    RecordingFile(const RecordingFile&) = delete;
    RecordingFile& operator=(const RecordingFile&) = delete;

    void append(Frame frame);
    /// After everything queued: closes and names the file. `done` on the disk thread; NotFound when there is no sound in it (then there is no file either).
    void finish(base::Bytes peaks, std::function<void(base::Result<SealedFile>)> done);

private:
    void run();
    [[nodiscard]] base::Result<> create();
    void write(const Frame& frame);
    void close();
    void fail(base::Error error);

    RecordingFileConfig m_config;
    base::SecretKey m_key;
    Listener m_listener;
    std::optional<SealedWriter> m_writer;                // disk thread only, as the next three
    std::int64_t m_soundMs = 0;
    bool m_hasFailed = false;
    bool m_hasWarned = false;
    std::mutex m_mutex;                                  // guards what follows
    std::condition_variable m_wake;
    std::deque<Frame> m_queue;
    std::size_t m_queuedBytes = 0;
    bool m_isOverrun = false;
    bool m_isEnding = false;
    base::Bytes m_peaks;
    std::function<void(base::Result<SealedFile>)> m_done;
    std::thread m_thread;                                // last: runs as soon as it exists
};

} // namespace evenhand::media
