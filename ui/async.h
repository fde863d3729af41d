// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace evenhand::ui {

/// Calls `then` on the UI thread with what the future brings. A context that is gone, or a future that was cancelled, gets no call.
/// (QFuture::then with a context looks at the context from the finishing thread, which races with closing a window.)
template <class T, class Then>
void whenReady(const QFuture<T>& future, QObject* context, Then then)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            then(watcher->result());
    });
    watcher->setFuture(future);
}

/// Numbers requests of one kind, so that an answer to an older one is dropped.
class Latest {
public:
    [[nodiscard]] int begin() { return ++m_number; }
    [[nodiscard]] bool isLatest(int number) const { return number == m_number; }
    void dropAll() { ++m_number; }

private:
    int m_number = 0;
};

/// As whenReady, but silent when `latest` has begun something newer meanwhile. `latest` must belong to `context`.
template <class T, class Then>
void whenLatest(const QFuture<T>& future, QObject* context, Latest& latest, Then then)
{
    const int number = latest.begin();
    whenReady(future, context, [&latest, number, then = std::move(then)](const T& value) mutable {
        if (latest.isLatest(number))
            then(value);
    });
}

} // namespace evenhand::ui
