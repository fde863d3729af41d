// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include <QObject>
#include <QThread>

QT_BEGIN_NAMESPACE
class QTcpServer;
class QTcpSocket;
QT_END_NAMESPACE

namespace evenhand::test {

/// A TCP relay to a server on this computer, whose wire can be cut. Has a thread of its own; every function may be called from any thread.
class FaultProxy {
public:
    enum class Wire {
        Whole,        ///< passes everything
        Cut,          ///< ends every connection, also new ones, at once
        BlackHole,    ///< takes connections and bytes, never answers
        LoseReplies   ///< passes requests; ends the connection when the reply comes
    };

    /// How many bytes of the next connection pass in each direction before it is cut; −1: all of them.
    struct Limits {
        std::int64_t request = -1;
        std::int64_t reply = -1;
    };

    explicit FaultProxy(std::uint16_t targetPort);
    ~FaultProxy();
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// Takes effect before it returns; connections made under the old state end.
    void set(Wire wire);
    /// For connections made from now on; takes effect before it returns.
    void limitNext(Limits limits);
    [[nodiscard]] int connections() const { return m_connections; }   ///< since the beginning
    [[nodiscard]] int lostReplies() const { return m_lostReplies; }

private:
    void accept();
    void relay(QTcpSocket* client);

    std::uint16_t m_target;
    std::uint16_t m_port = 0;
    std::atomic<Wire> m_wire{Wire::Whole};
    Limits m_limits{};                                // the thread's
    std::atomic<int> m_connections{0};
    std::atomic<int> m_lostReplies{0};
    QThread m_thread;
    QObject* m_context;
    QTcpServer* m_server = nullptr;
};

} // namespace evenhand::test
