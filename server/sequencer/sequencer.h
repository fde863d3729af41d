// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "server/store/store.h"

namespace evenhand::server {

/// The one thread that writes. Jobs wait in a queue; whatever has piled up, up to kGroupWeight, goes into one transaction, and each job is
/// answered only after that transaction's commit is on disk. A job that fails is undone alone; a commit that fails, fails all of its group.
class Sequencer {
public:
    /// Runs on the sequencer thread inside the transaction. Must not keep the store, and may run only once.
    using Job = std::function<base::Result<>(Store&)>;
    /// Runs on the sequencer thread after the commit, or with the error. Must not block.
    using Done = std::function<void(base::Result<>)>;

    static constexpr std::size_t kGroupWeight = 200;    ///< events per transaction
    static constexpr std::size_t kQueueWeight = 5000;   ///< beyond this a new job is refused with Conflict ("overloaded") …
    static constexpr auto kLongestDelay = std::chrono::seconds(2);   ///< … and while the oldest one waits longer than this

    /// Opens (and migrates) the database on its thread and takes the data set's one place for a sequencer. While another program has the
    /// place, asks again for as long as `patience` says; then Conflict. Two programs never lead at once, because the database gives the
    /// place to one connection and everything is written through that connection.
    [[nodiscard]] static base::Result<std::unique_ptr<Sequencer>> start(const DatabaseUrl& url, const base::Clock& clock,
                                                                        std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~Sequencer();                                        ///< finishes what is queued
    Sequencer(const Sequencer&) = delete;
    Sequencer& operator=(const Sequencer&) = delete;

    /// Thread-safe. `weight`: how many events the job stores, at least 1.
    void submit(std::size_t weight, Job job, Done done);

    /// For negative controls in tests: answers before the commit, which is the mistake the sequencer exists to avoid.
    void answerBeforeCommit() { m_answerEarly = true; }

private:
    struct Item {
        std::size_t weight;
        Job job;
        Done done;
        std::chrono::steady_clock::time_point queuedAt{};
        base::Result<> outcome{};
    };
    Sequencer(DatabaseUrl url, const base::Clock& clock) : m_url(std::move(url)), m_clock(clock) {}
    void loop(std::unique_ptr<Store> store);
    [[nodiscard]] std::deque<Item> takeGroup();
    [[nodiscard]] base::Result<> runGroup(Store& store, std::deque<Item>& group);
    [[nodiscard]] base::Result<> reopen(std::unique_ptr<Store>& store);
    [[nodiscard]] base::Result<std::unique_ptr<Store>> openAndLead(std::chrono::milliseconds patience) const;
    static void answer(std::deque<Item>& group, const base::Result<>& committed);

    DatabaseUrl m_url;
    const base::Clock& m_clock;
    std::mutex m_mutex;                                  // guards the next three
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    std::size_t m_queued = 0;
    bool m_stopping = false;
    bool m_answerEarly = false;
    std::thread m_thread;
};

} // namespace evenhand::server
