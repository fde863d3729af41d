// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/shared.h"

#include <vector>

namespace evenhand::server {

bool ConnectionRegistry::enter(const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    auto& count = m_counts[address];
    if (count >= m_perAddress)
        return false;
    ++count;
    return true;
}

void ConnectionRegistry::leave(const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_counts.find(address); found != m_counts.end() && --found->second <= 0)
        m_counts.erase(found);
}

bool ConnectionRegistry::enterDevice(const std::string& device, int limit)
{
    const std::lock_guard lock(m_mutex);
    auto& count = m_devices[device];
    if (count >= limit)
        return false;
    ++count;
    return true;
}

void ConnectionRegistry::leaveDevice(const std::string& device)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_devices.find(device); found != m_devices.end() && --found->second <= 0)
        m_devices.erase(found);
}

bool ConnectionRegistry::beginHandshake(int limit)
{
    if (m_handshakes.fetch_add(1) < limit)
        return true;
    --m_handshakes;
    return false;
}

void ConnectionRegistry::add(const std::shared_ptr<Stoppable>& connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections[connection.get()] = connection;
}

void ConnectionRegistry::remove(const Stoppable* connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(connection);
}

void ConnectionRegistry::finishAll()
{
    std::vector<std::shared_ptr<Stoppable>> alive;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const auto& [key, connection] : m_connections) {
            if (auto strong = connection.lock())
                alive.push_back(std::move(strong));
        }
    }
    for (const auto& connection : alive)
        connection->finish();
}

bool ConnectionRegistry::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections.empty();
}

} // namespace evenhand::server
