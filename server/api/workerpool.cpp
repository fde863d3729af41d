// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/workerpool.h"

namespace evenhand::server {

using base::Result;

Result<std::unique_ptr<WorkerPool>> WorkerPool::start(int threads, const DatabaseUrl& url, const base::Clock& clock)
{
    auto pool = std::unique_ptr<WorkerPool>(new WorkerPool());
    for (int i = 0; i < threads; ++i) {
        // Opened here, where an error can still be reported, and used by nobody but the thread it is handed to.
        EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadOnly, clock));
        pool->m_threads.emplace_back([self = pool.get(), owned = std::make_shared<Store>(std::move(store))]() mutable {
            self->loop(std::move(*owned));
        });
    }
    return pool;
}

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (auto& thread : m_threads)
        thread.join();
}

bool WorkerPool::post(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_queue.size() >= kQueueLimit)
            return false;
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
    return true;
}

void WorkerPool::loop(Store store)
{
    for (;;) {
        Work work;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        work(store);
    }
}

} // namespace evenhand::server
