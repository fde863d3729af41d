// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/result.h"
#include "app/services/changeset.h"
#include "app/services/syncstatus.h"

namespace evenhand::services {

class DataRoom;

/// What the program was started with.
struct ServiceOptions {
    std::string dataFolder;                              ///< profiles live below it; created when missing
    std::string clientVersion = "0.1.0";
    std::string deviceLabel = "workstation";             ///< what the server's list of devices shows
    std::vector<std::string> packs{"cn-consumer-2026"};  ///< folder or id, lowest layer first
    bool offline = false;                                ///< never touch the network (--offline)
    std::optional<base::Argon2Cost> passphraseCost{};    ///< absent: measured on this computer; tests set a small one

    /// `dataFolder` from $EVENHAND_DATA_DIR, else the user's data folder.
    [[nodiscard]] static ServiceOptions fromEnvironment();
};

/// The one thread that owns journal, cache, sync engine and network (docs/threads.md). Everything the services do happens there,
/// in the order it was asked for. Create before the services and destroy after them, on the UI thread. The destructor
/// finishes what was begun, closes the files and joins.
class DataThread : public QObject {
    Q_OBJECT

public:
    DataThread(ServiceOptions options, const base::Clock& clock);
    ~DataThread() override;
    DataThread(const DataThread&) = delete;
    DataThread& operator=(const DataThread&) = delete;

    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    [[nodiscard]] const ServiceOptions& options() const { return m_options; }

    /// Runs `work` on the thread; the future resolves with what it returns. Callable from any thread.
    template <class T>
    [[nodiscard]] QFuture<base::Result<T>> run(std::function<base::Result<T>(DataRoom&)> work)
    {
        return start<T>([work = std::move(work)](DataRoom& room, const std::function<void(base::Result<T>)>& done) { done(work(room)); });
    }

    /// As run, for work that waits for the network without blocking the thread: it calls `done` exactly once, then or later.
    template <class T>
    [[nodiscard]] QFuture<base::Result<T>> start(std::function<void(DataRoom&, std::function<void(base::Result<T>)>)> work)
    {
        auto promise = std::make_shared<QPromise<base::Result<T>>>();
        promise->start();
        auto future = promise->future();
        post([promise, work = std::move(work)](DataRoom& room) {
            work(room, [promise](base::Result<T> result) {
                promise->addResult(std::move(result));
                promise->finish();
            });
        });
        return future;
    }

    Q_SIGNAL void changed(const evenhand::services::ChangeSet& what);
    Q_SIGNAL void syncStatusChanged(const evenhand::services::SyncStatus& status);

private:
    void post(std::function<void(DataRoom&)> work);

    ServiceOptions m_options;
    const base::Clock& m_clock;
    QThread m_thread;
    QObject* m_context;                  ///< lives on the thread; posting goes through it
    std::unique_ptr<DataRoom> m_room;    ///< made and destroyed on the thread
};

} // namespace evenhand::services
