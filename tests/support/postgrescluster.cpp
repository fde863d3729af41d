// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgrescluster.h"

#include <csignal>

#include <pwd.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

namespace evenhand::test {

namespace {

constexpr int kPatienceMs = 60'000;

std::string& lastProblem()
{
    static std::string text;
    return text;
}

// Debian keeps the programs of each version apart and out of PATH.
QString findPrograms()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const auto names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const auto& name : names) {
        const auto folder = versions.filePath(name + QStringLiteral("/bin"));
        if (QFile::exists(folder + QStringLiteral("/postgres")))
            return folder;
    }
    const auto inPath = QStandardPaths::findExecutable(QStringLiteral("postgres"));
    return inPath.isEmpty() ? QString() : QFileInfo(inPath).absolutePath();
}

bool giveTo(const QString& folder, const QString& user)
{
    const passwd* entry = ::getpwnam(user.toUtf8().constData());
    return entry != nullptr && ::chown(folder.toUtf8().constData(), entry->pw_uid, entry->pw_gid) == 0;
}

} // namespace

const std::string& PostgresCluster::problem() { return lastProblem(); }

std::unique_ptr<PostgresCluster> PostgresCluster::start(Disk disk)
{
    auto cluster = std::unique_ptr<PostgresCluster>(new PostgresCluster(disk));
    const auto programs = findPrograms();
    if (programs.isEmpty()) {
        lastProblem() = "PostgreSQL is not installed; run ./dev setup";
        return nullptr;
    }
    cluster->m_programs = programs.toStdString();
    if (!cluster->initialise() || !cluster->launch())
        return nullptr;
    return cluster;
}

PostgresCluster::~PostgresCluster() { stop(); }

bool PostgresCluster::initialise()
{
    const auto base = m_folder.path();
    if (::geteuid() == 0) {
        m_user = ::getpwnam("postgres") != nullptr ? QStringLiteral("postgres") : QStringLiteral("nobody");
        if (!giveTo(base, m_user)) {
            lastProblem() = "the folder of the cluster cannot be given to user " + m_user.toStdString();
            return false;
        }
    }
    // Others must be able to reach the socket: the test runs as somebody else than the cluster.
    QFile::setPermissions(base, QFile::Permissions(0x7055));
    return run(QStringLiteral("initdb"), {QStringLiteral("-D"), base + QStringLiteral("/data"), QStringLiteral("-U"), QStringLiteral("evenhand"),
                                          QStringLiteral("--auth=trust"), QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=C.UTF-8"),
                                          QStringLiteral("--no-sync")});
}

bool PostgresCluster::launch()
{
    const auto base = m_folder.path();
    startAs(m_server, QStringLiteral("postgres"),
            {QStringLiteral("-D"), base + QStringLiteral("/data"), QStringLiteral("-k"), base, QStringLiteral("-c"), QStringLiteral("listen_addresses="),
             QStringLiteral("-c"), QStringLiteral("unix_socket_permissions=0777"), QStringLiteral("-c"), QStringLiteral("max_connections=60"),
             QStringLiteral("-c"), QStringLiteral("shared_buffers=32MB"), QStringLiteral("-c"), m_disk == Disk::Synced ? QStringLiteral("fsync=on") : QStringLiteral("fsync=off"), QStringLiteral("-c"), QStringLiteral("log_min_messages=warning")});
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kPatienceMs && m_server.state() != QProcess::NotRunning) {
        if (QFile::exists(base + QStringLiteral("/.s.PGSQL.5432")) && run(QStringLiteral("pg_isready"), {QStringLiteral("-q"), QStringLiteral("-h"), base}))
            return true;
        m_server.waitForFinished(50);
    }
    lastProblem() = "PostgreSQL does not start: " + m_server.readAllStandardError().right(500).toStdString();
    return false;
}

void PostgresCluster::stop()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(static_cast<pid_t>(m_server.processId()), SIGINT);   // "fast": open connections are cut
    if (!m_server.waitForFinished(kPatienceMs))
        m_server.kill();
    m_server.waitForFinished(kPatienceMs);
}

void PostgresCluster::restart()
{
    stop();
    if (!launch())
        qFatal("%s", lastProblem().c_str());
}

std::string PostgresCluster::urlOf(const std::string& database) const
{
    return "postgresql:///" + database + "?host=" + m_folder.path().toStdString() + "&user=evenhand";
}

std::string PostgresCluster::createDatabase()
{
    const auto name = "office" + std::to_string(++m_databases);
    if (!run(QStringLiteral("createdb"), {QStringLiteral("-h"), m_folder.path(), QStringLiteral("-U"), QStringLiteral("evenhand"), QString::fromStdString(name)}))
        qFatal("%s", lastProblem().c_str());
    return urlOf(name);
}

void PostgresCluster::startAs(QProcess& process, const QString& program, QStringList arguments) const
{
    const QString path = QString::fromStdString(m_programs) + QLatin1Char('/') + program;
    // The kernel ends the child when we die, so that a crashed test leaves nothing running.
    QStringList command{QStringLiteral("--pdeathsig"), QStringLiteral("INT")};
    if (!m_user.isEmpty())
        command << QStringLiteral("--reuid") << m_user << QStringLiteral("--regid") << QStringLiteral("nogroup") << QStringLiteral("--clear-groups");
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("setpriv"), command << path << arguments);
}

bool PostgresCluster::run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    startAs(process, program, arguments);
    if (process.waitForFinished(kPatienceMs) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    lastProblem() = program.toStdString() + ": " + process.errorString().toStdString() + " " + process.readAllStandardError().right(500).toStdString();
    return false;
}

namespace {

std::unique_ptr<PostgresCluster>& sharedCluster()
{
    static std::unique_ptr<PostgresCluster> cluster;
    return cluster;
}

} // namespace

PostgresCluster* sharedPostgres(PostgresCluster::Disk disk)
{
    static const bool tried = [disk] {
        sharedCluster() = PostgresCluster::start(disk);
        qAddPostRoutine([] { sharedCluster().reset(); });   // while there still is an application: QProcess wants one
        return true;
    }();
    return tried ? sharedCluster().get() : nullptr;
}

} // namespace evenhand::test
