// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include "app/base/crypto.h"
#include "app/base/log.h"

namespace evenhand::workstation {

namespace {

void forbidCoreDumps()
{
#ifdef NDEBUG
    // Keys and personal data are in memory: a crash must not leave them on disk.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace

void prepareProcess()
{
    forbidCoreDumps();
    base::initialiseCrypto();
    QCoreApplication::setApplicationName(QStringLiteral("evenhand"));
    QCoreApplication::setOrganizationName(QStringLiteral("evenhand"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
}

void prepareLog()
{
    const QString folder = qEnvironmentVariable("EVENHAND_DATA_DIR", QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/evenhand")) + QStringLiteral("/log");
    const bool made = QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    base::log::configure(made ? folder.toStdString() + "/evenhand.log" : std::string(), spdlog::level::info);
}

} // namespace evenhand::workstation
