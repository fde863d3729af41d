// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QObject>

#include "app/base/result.h"
#include "app/services/syncstatus.h"

namespace evenhand::services {

class DataThread;

/// What is saved here, what is on the server, and why something is not. UI thread.
class SyncService : public QObject {
    Q_OBJECT

public:
    explicit SyncService(DataThread& data);

    /// The newest status that reached this thread. Never blocks.
    [[nodiscard]] const SyncStatus& status() const { return m_status; }
    enum class LedgerFilter { All, Unsent, SetAside };
    /// Newest first; the next page starts below the last row's `position`.
    [[nodiscard]] QFuture<base::Result<LedgerPage>> ledger(LedgerFilter filter, std::optional<std::int64_t> before, int limit);
    /// Starts a round at once instead of at the armed time. Resolves when it was started, not when it is through.
    [[nodiscard]] QFuture<base::Result<>> sendNow();
    /// What would be lost if this computer died now.
    [[nodiscard]] QFuture<base::Result<LeaveCheck>> leaveCheck();
    /// Compares everything here with the server, byte by byte. Resolves when the round was started.
    [[nodiscard]] QFuture<base::Result<>> checkNow();
    /// A person agreed that cases go which nobody took away (SyncStatus::heldCases).
    [[nodiscard]] QFuture<base::Result<>> allowDeletion();
    /// false: no network from now on until true ("work off-line"); what was begun is cancelled, nothing is lost.
    [[nodiscard]] QFuture<base::Result<>> setOnlineAllowed(bool allowed);
    /// After Connection::NeedsPassword. Resolves when the round was started; the status says whether the server took the password.
    [[nodiscard]] QFuture<base::Result<>> renewSession(std::string password);

    Q_SIGNAL void statusChanged(const evenhand::services::SyncStatus& status);

private:
    DataThread& m_data;
    SyncStatus m_status;
};

} // namespace evenhand::services
