// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/pokes.h"

#include "app/base/log.h"

namespace evenhand::server {

using base::Result;

namespace {
constexpr auto kLookEvery = std::chrono::milliseconds(500);
}

Result<std::unique_ptr<Pokes>> Pokes::start(const DatabaseUrl& url, const base::Clock& clock)
{
    EVENHAND_ASSIGN(auto store, Store::open(url, StoreMode::ReadOnly, clock));
    auto pokes = std::unique_ptr<Pokes>(new Pokes(std::move(store)));
    EVENHAND_ASSIGN(pokes->m_seen, pokes->m_store.lastSeq());
    pokes->m_thread = std::thread([self = pokes.get()] { self->loop(); });
    return pokes;
}

Pokes::~Pokes()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

std::int64_t Pokes::newestOf(const domain::UserId& user) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_newest.find(user.toString());
    return found == m_newest.end() ? 0 : found->second;
}

void Pokes::begin()
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_watchers;
    }
    m_wake.notify_one();
}

void Pokes::end()
{
    const std::lock_guard lock(m_mutex);
    --m_watchers;
}

void Pokes::loop()
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, kLookEvery, [this] { return m_stopping; });
            if (!m_stopping)
                m_wake.wait(lock, [this] { return m_stopping || m_watchers > 0; });
            if (m_stopping)
                return;
        }
        if (const auto looked = look(); !looked)
            base::log::of(base::log::Area::Server).warn("pokes: {}", looked.error().detail);   // the next look asks again
    }
}

// Nothing between two looks is left out, also when nobody watched in between: the question begins where the last one ended.
Result<> Pokes::look()
{
    EVENHAND_ASSIGN(const auto upto, m_store.lastSeq());
    if (upto == m_seen)
        return {};
    EVENHAND_ASSIGN(const auto users, m_store.viewLog().changedUsers(m_seen, upto));
    m_seen = upto;
    const std::lock_guard lock(m_mutex);
    for (const auto& user : users)
        m_newest[user.toString()] = upto;
    return {};
}

} // namespace evenhand::server
