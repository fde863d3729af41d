// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "server/store/store.h"

namespace evenhand::server {

/// Whose view changed last at which number: what parked connections look at, so that none of them holds a database connection. One thread
/// asks the database twice a second while somebody is parked; that also finds what the commands beside the server write. Thread-safe.
class Pokes {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Pokes>> start(const DatabaseUrl& url, const base::Clock& clock);
    ~Pokes();
    Pokes(const Pokes&) = delete;
    Pokes& operator=(const Pokes&) = delete;

    /// The number of the user's newest change since somebody began to watch; 0: none.
    [[nodiscard]] std::int64_t newestOf(const domain::UserId& user) const;

    /// Watching while the object lives. The first look is taken at the database as it was when the object was made, or later.
    class Watch {
    public:
        explicit Watch(Pokes& pokes) : m_pokes(pokes) { m_pokes.begin(); }
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        ~Watch() { m_pokes.end(); }

    private:
        Pokes& m_pokes;
    };

private:
    explicit Pokes(Store store) : m_store(std::move(store)) {}
    void begin();
    void end();
    void loop();
    [[nodiscard]] base::Result<> look();

    Store m_store;                                   // the thread's, after start()
    std::int64_t m_seen = -1;                        // the thread's; -1: nobody watched
    mutable std::mutex m_mutex;                      // guards the next four
    std::condition_variable m_wake;
    std::unordered_map<std::string, std::int64_t> m_newest;
    int m_watchers = 0;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace evenhand::server
