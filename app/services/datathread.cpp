// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/services/datathread.h"

#include <QStandardPaths>

#include "app/services/dataroom.h"

namespace evenhand::services {

ServiceOptions ServiceOptions::fromEnvironment()
{
    ServiceOptions options;
    const auto given = qEnvironmentVariable("EVENHAND_DATA_DIR");
    options.dataFolder = given.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() + "/evenhand"
                             : given.toStdString();
    return options;
}

DataThread::DataThread(ServiceOptions options, const base::Clock& clock)
    : m_options(std::move(options)), m_clock(clock), m_context(new QObject)
{
    qRegisterMetaType<ChangeSet>();
    qRegisterMetaType<SyncStatus>();
    m_thread.setObjectName(QStringLiteral("data"));
    m_context->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_context, [this] {
        m_room = std::make_unique<DataRoom>(m_options, m_clock,
                                            DataRoom::Listener{[this](const ChangeSet& what) { Q_EMIT changed(what); },
                                                               [this](const SyncStatus& status) { Q_EMIT syncStatusChanged(status); }});
    }, Qt::QueuedConnection);
}

DataThread::~DataThread()
{
    // Everything posted before runs first: what was asked for is finished, then the room closes its files on its own thread.
    QMetaObject::invokeMethod(m_context, [this] {
        m_room.reset();
        delete m_context;
        m_thread.quit();
    }, Qt::QueuedConnection);
    m_thread.wait();
}

void DataThread::post(std::function<void(DataRoom&)> work)
{
    QMetaObject::invokeMethod(m_context, [this, work = std::move(work)] { work(*m_room); }, Qt::QueuedConnection);
}

} // namespace evenhand::services
