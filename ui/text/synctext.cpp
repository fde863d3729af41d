// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/synctext.h"

#include <QLocale>

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
    const bool isUnsent = status.unsent > 0 || status.unsentRecordings > 0;
    switch (status.connection) {
    case Connection::NotTried: return isUnsent ? QStringLiteral("warn") : QStringLiteral("info");
    case Connection::Online: return isUnsent ? QStringLiteral("warn") : QStringLiteral("allow");
    case Connection::NeedsPassword: return QStringLiteral("warn");   // what is recorded is handed in all the same
    case Connection::Offline:
    case Connection::Paused: return isUnsent ? QStringLiteral("block") : QStringLiteral("warn");
    case Connection::Untrusted:
    case Connection::WrongServer: return QStringLiteral("block");
    }
    return {};
}

QString SyncText::atRisk(std::int64_t entries, std::int64_t drafts, std::int64_t recordings, std::int64_t bytes)
{
    QStringList parts;
    if (entries > 0)
        parts << tr("%n entries", nullptr, int(entries));
    if (drafts > 0)
        parts << tr("%n drafts", nullptr, int(drafts));
    if (recordings > 0)
        //: %1 is an amount of data such as 14 MB
        parts << tr("%n recordings (%1)", nullptr, int(recordings)).arg(QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat));
    return parts.join(tr(", "));
}

QString SyncText::safety(const services::SyncStatus& status)
{
    const QString what = atRisk(status.unsent, status.drafts, status.unsentRecordings, status.unsentRecordingBytes);
    if (what.isEmpty())
        return tr("Safe to leave: everything recorded here is on the server.");
    const QString which = look(status);
    if (status.unsent == 0 && status.unsentRecordings == 0)
        //: %1 is a list such as "2 drafts"
        return tr("Only on this computer: %1. Finish and save them, or they stay here.").arg(what);
    if (which == QStringLiteral("block"))
        //: %1 is a list such as "3 entries, 1 draft"
        return tr("Not safe to leave: %1 would be lost with this computer, and they cannot be sent now.").arg(what);
    //: %1 is a list such as "3 entries, 1 draft"
    return tr("Not safe to leave yet: %1 are on their way to the server.").arg(what);
}

QString SyncText::problem(const std::string& code)
{
    if (code == "no_answer") return tr("the server did not answer");
    if (code == "interrupted") return tr("this program ended before the answer came");
    if (code == "overloaded" || code == "rate_limited" || code == "starting") return tr("the server is busy and asked to wait");
    if (code == "internal") return tr("the server had a fault of its own; your administrator sees it in its log");
    if (code == "storage_full") return tr("the server's disk is full; your administrator must make room");
    if (code == "too_large") return tr("it was too large for one request; it is sent in smaller pieces");
    if (code == "token_expired" || code == "session_superseded" || code == "bad_credentials") return tr("the session had ended; a new one is opened");
    if (code == "device_disabled") return tr("this computer was switched off at the server; call your administrator");
    if (code == "dataset_mismatch") return tr("a server with other data answered; nothing was sent to it");
    if (code == "bad_receipts") return tr("the server's receipt could not be proven, so it does not count");
    if (code == "malformed_request" || code == "digest_mismatch") return tr("the server could not read it; it is tried again, at last as raw bytes");
    if (code == "mass_deletion_held") return tr("the server would take away many cases without an order; that was held back");
    if (code == "blob_unreferenced") return tr("the server does not know the entry it belongs to yet");
    if (code == "file_unreadable") return tr("the file on this computer is missing or cannot be read");
    return QString::fromStdString(code);
}

} // namespace evenhand::ui
