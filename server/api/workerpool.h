// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/store/store.h"

namespace evenhand::server {

/// Threads that do what may not happen on an io thread: reading the database, Argon2, signatures. Each has its own read-only Store.
class WorkerPool {
public:
    using Work = std::function<void(Store&)>;   ///< must not throw
    [[nodiscard]] static base::Result<std::unique_ptr<WorkerPool>> start(int threads, const DatabaseUrl& url, const base::Clock& clock);
    ~WorkerPool();                              ///< finishes what is queued
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Thread-safe. False when kQueueLimit works wait already; the work is then dropped.
    [[nodiscard]] bool post(Work work);

    static constexpr std::size_t kQueueLimit = 2000;

private:
    WorkerPool() = default;
    void loop(Store store);
    std::mutex m_mutex;                          // guards the next two
    std::condition_variable m_wake;
    std::deque<Work> m_queue;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace evenhand::server
