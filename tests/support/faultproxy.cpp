// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultproxy.h"

#include <algorithm>
#include <memory>

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace evenhand::test {

FaultProxy::FaultProxy(std::uint16_t targetPort) : m_target(targetPort), m_context(new QObject)
{
    m_context->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_context, [this] {
        m_server = new QTcpServer(m_context);
        QObject::connect(m_server, &QTcpServer::newConnection, m_context, [this] { accept(); });
        if (m_server->listen(QHostAddress::LocalHost))
            m_port = m_server->serverPort();
    }, Qt::BlockingQueuedConnection);
}

FaultProxy::~FaultProxy()
{
    QMetaObject::invokeMethod(m_context, [this] {
        delete m_context;
        m_thread.quit();
    }, Qt::QueuedConnection);
    m_thread.wait();
}

void FaultProxy::set(Wire wire)
{
    QMetaObject::invokeMethod(m_context, [this, wire] {
        m_wire = wire;
        for (auto* socket : m_context->findChildren<QTcpSocket*>())
            socket->abort();
    }, Qt::BlockingQueuedConnection);
}

void FaultProxy::limitNext(Limits limits)
{
    QMetaObject::invokeMethod(m_context, [this, limits] { m_limits = limits; }, Qt::BlockingQueuedConnection);
}

namespace {

/// Passes on what `left` allows; false: the wire is cut behind it.
bool pass(QTcpSocket* from, QTcpSocket* to, std::int64_t& left)
{
    const auto bytes = from->readAll();
    if (left < 0) {
        to->write(bytes);
        return true;
    }
    to->write(bytes.left(left));
    left -= std::min<std::int64_t>(left, bytes.size());
    to->flush();
    return left > 0;
}

} // namespace

void FaultProxy::accept()
{
    while (auto* client = m_server->nextPendingConnection()) {
        ++m_connections;
        client->setParent(m_context);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        if (m_wire == Wire::Cut)
            client->abort();
        else if (m_wire != Wire::BlackHole)
            relay(client);
    }
}

void FaultProxy::relay(QTcpSocket* client)
{
    auto* server = new QTcpSocket(client);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
    const auto limits = std::make_shared<Limits>(m_limits);
    // Cutting both ways at once: what is passed has left our socket, what comes later goes nowhere.
    const auto cut = [client, server] {
        server->disconnectFromHost();
        client->abort();
    };
    const auto forward = [client, server, limits, cut] {
        if (server->state() == QAbstractSocket::ConnectedState && !pass(client, server, limits->request))
            cut();
    };
    QObject::connect(client, &QTcpSocket::readyRead, server, forward);
    QObject::connect(server, &QTcpSocket::connected, client, forward);
    QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server, limits, cut] {
        if (m_wire == Wire::LoseReplies) {
            ++m_lostReplies;
            client->abort();
        } else if (!pass(server, client, limits->reply)) {
            client->disconnectFromHost();   // what was passed still arrives
            server->abort();
        }
    });
    QObject::connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    QObject::connect(server, &QTcpSocket::errorOccurred, client, [client] { client->disconnectFromHost(); });
    QObject::connect(client, &QTcpSocket::disconnected, server, [server] { server->abort(); });
}

} // namespace evenhand::test
