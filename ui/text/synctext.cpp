// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/synctext.h"

#include "ui/text/errortext.h"

namespace evenhand::ui {

using services::Connection;

QString SyncText::connection(const services::SyncStatus& status)
{
    switch (status.connection) {
    case Connection::NotTried: return tr("Connecting …");
    case Connection::Online: return status.phase == services::SyncPhase::Idle ? tr("Online") : tr("Online, syncing");
    case Connection::Offline: return tr("Offline");
    case Connection::Paused: return tr("Working offline");
    case Connection::NeedsPassword: return tr("Password needed");
    case Connection::Untrusted: return tr("Certificate not trusted");
    case Connection::WrongServer: return tr("Wrong server");
    }
    return {};
}

QString SyncText::explanation(const services::SyncStatus& status)
{
    switch (status.connection) {
    case Connection::NotTried:
    case Connection::Online: return {};
    case Connection::Offline:
        return tr("The server cannot be reached. You can go on working: everything is saved on this computer and is sent as soon as the network is back.");
    case Connection::Paused: return tr("Sending is switched off on this computer. Everything is saved here.");
    case Connection::NeedsPassword: return tr("The server asks for your password again before it gives you new cases. What you record is still handed in.");
    case Connection::Untrusted: return ErrorText::of(base::ErrorCode::Untrusted);
    case Connection::WrongServer: return tr("At this address answers a server with other data. Nothing is sent to it. Call your administrator.");
    }
    return {};
}

QString SyncText::iconName(const services::SyncStatus& status)
{
    switch (status.connection) {
    case Connection::NotTried: return QStringLiteral("cloud");
    case Connection::Online: return QStringLiteral("cloud-check");
    case Connection::Offline:
    case Connection::Paused: return QStringLiteral("cloud-off");
    case Connection::NeedsPassword: return QStringLiteral("lock");
    case Connection::Untrusted:
    case Connection::WrongServer: return QStringLiteral("light-block");
    }
    return {};
}

QString SyncText::look(const services::SyncStatus& status)
{
    switch (status.connection) {
    case Connection::NotTried: return QStringLiteral("info");
    case Connection::Online: return QStringLiteral("allow");
    case Connection::Offline:
    case Connection::Paused:
    case Connection::NeedsPassword: return QStringLiteral("warn");
    case Connection::Untrusted:
    case Connection::WrongServer: return QStringLiteral("block");
    }
    return {};
}

} // namespace evenhand::ui
