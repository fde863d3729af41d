// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "server/api/api.h"
#include "server/http/httpserver.h"

/// Private to server/http: what the connections share.
namespace evenhand::server {

/// Something that can be told to finish; implemented by each connection. Thread-safe.
class Stoppable {
public:
    virtual ~Stoppable() = default;
    virtual void finish() = 0;                       ///< ends the connection now if it is idle, else after the current reply
};

/// Who is connected. Thread-safe.
class ConnectionRegistry {
public:
    explicit ConnectionRegistry(int perAddress) : m_perAddress(perAddress) {}
    [[nodiscard]] bool enter(const std::string& address);   ///< false: this address has too many already
    void leave(const std::string& address);
    [[nodiscard]] bool enterDevice(const std::string& device, int limit);   ///< false: the device has so many already
    void leaveDevice(const std::string& device);
    [[nodiscard]] bool beginHandshake(int limit);           ///< false: as many are under way already
    void endHandshake() { --m_handshakes; }
    void add(const std::shared_ptr<Stoppable>& connection);
    void remove(const Stoppable* connection);
    void finishAll();
    [[nodiscard]] bool isStopping() const { return m_stopping; }
    [[nodiscard]] bool isEmpty() const;

private:
    const int m_perAddress;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_handshakes = 0;
    mutable std::mutex m_mutex;                      // guards the next three
    std::map<std::string, int> m_counts;
    std::map<std::string, int> m_devices;
    std::map<const Stoppable*, std::weak_ptr<Stoppable>> m_connections;
};

} // namespace evenhand::server
