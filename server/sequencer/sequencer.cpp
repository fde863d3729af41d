// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/sequencer.h"

#include <future>

#include "app/base/log.h"

namespace evenhand::server {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr const char* kSavepoint = "SAVEPOINT job";
constexpr const char* kUndo = "ROLLBACK TO SAVEPOINT job";
constexpr auto kAskAgain = std::chrono::milliseconds(250);
constexpr auto kLeadAgain = std::chrono::milliseconds(2000);   // after a lost connection: its old locks may outlive it for a moment
constexpr const char* kRelease = "RELEASE SAVEPOINT job";

Result<> runJob(Store& store, const Sequencer::Job& job)
{
    auto& connection = store.connection();
    EVENHAND_TRY(Query(connection, kSavepoint).runLater());
    Result<> outcome;
    try {
        outcome = job(store);
        if (outcome)
            outcome = store.writeCache().writeSums();
        if (outcome)
            outcome = connection.flush();
    } catch (const std::exception& problem) {   // nothing leaves the thread
        outcome = fail(ErrorCode::Storage, std::string("write job: ") + problem.what());
    }
    if (!outcome) {
        (void)connection.flush();   // what is still on its way belongs to what is undone
        store.writeCache().forget();
        EVENHAND_TRY(connection.execute(kUndo));
    }
    EVENHAND_TRY(Query(connection, kRelease).runLater());
    return outcome;
}

} // namespace

Result<std::unique_ptr<Sequencer>> Sequencer::start(const DatabaseUrl& url, const base::Clock& clock, std::chrono::milliseconds patience)
{
    auto sequencer = std::unique_ptr<Sequencer>(new Sequencer(url, clock));
    std::promise<Result<>> opened;
    auto result = opened.get_future();
    sequencer->m_thread = std::thread([self = sequencer.get(), &opened, patience] {
        auto store = self->openAndLead(patience);
        if (!store) {
            opened.set_value(fail(store.error()));
            return;
        }
        opened.set_value({});
        self->loop(*std::move(store));
    });
    EVENHAND_TRY(result.get());
    return sequencer;
}

Sequencer::~Sequencer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void Sequencer::submit(std::size_t weight, Job job, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto now = std::chrono::steady_clock::now();
        const bool isLate = !m_queue.empty() && now - m_queue.front().queuedAt > kLongestDelay;
        if (!m_stopping && !isLate && m_queued + weight <= kQueueWeight) {
            m_queued += weight;
            m_queue.push_back({weight, std::move(job), std::move(done), now});
            m_wake.notify_one();
            return;
        }
    }
    done(fail(ErrorCode::Conflict, "overloaded"));
}

std::deque<Sequencer::Item> Sequencer::takeGroup()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
    std::deque<Item> group;
    std::size_t weight = 0;
    while (!m_queue.empty() && (group.empty() || weight + m_queue.front().weight <= kGroupWeight)) {
        weight += m_queue.front().weight;
        m_queued -= m_queue.front().weight;
        group.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return group;
}

Result<> Sequencer::runGroup(Store& store, std::deque<Item>& group)
{
    EVENHAND_ASSIGN(auto transaction, store.begin());
    store.writeCache().begin();
    for (auto& item : group)
        item.outcome = runJob(store, item.job);
    store.writeCache().end();
    if (m_answerEarly)
        answer(group, {});
    return transaction.commit();
}

void Sequencer::answer(std::deque<Item>& group, const Result<>& committed)
{
    for (auto& item : group) {
        auto done = std::exchange(item.done, nullptr);
        if (done)
            done(committed ? std::move(item.outcome) : committed);
    }
}

// After a failed write the connection may hold pages that never reached the disk: read everything again instead of trying on.
Result<> Sequencer::reopen(std::unique_ptr<Store>& store)
{
    store.reset();
    EVENHAND_ASSIGN(store, openAndLead(kLeadAgain));
    return {};
}

Result<std::unique_ptr<Store>> Sequencer::openAndLead(std::chrono::milliseconds patience) const
{
    EVENHAND_ASSIGN(auto opened, Store::open(m_url, StoreMode::ReadWrite, m_clock));
    auto store = std::make_unique<Store>(std::move(opened));
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        EVENHAND_ASSIGN(const bool leads, store->lead());
        if (leads)
            return store;
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::Conflict, m_url.nameForPeople() + ": another evenhandd serves this database; stop it first");
        std::this_thread::sleep_for(kAskAgain);
    }
}

void Sequencer::loop(std::unique_ptr<Store> store)
{
    for (;;) {
        auto group = takeGroup();
        if (group.empty())
            return;
        auto committed = store ? Result<>() : reopen(store);
        if (committed)
            committed = runGroup(*store, group);
        if (!committed) {
            base::log::of(base::log::Area::Server).error("sequencer: {}", committed.error().detail);
            store.reset();
        }
        answer(group, committed);
    }
}

} // namespace evenhand::server
