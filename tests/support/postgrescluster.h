// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QProcess>
#include <QTemporaryDir>

namespace evenhand::test {

/// A PostgreSQL of our own for one test program: data and socket in a temporary folder, no TCP port, gone with the object and killed by
/// the kernel when the test program dies. Unless asked otherwise it runs with fsync=off: tests here end programs, they do not cut the power. PostgreSQL refuses to run as root, so under root it runs as the user `postgres` (or `nobody`).
class PostgresCluster {
public:
    enum class Disk { Careless, Synced };              ///< Synced: fsync=on, for figures
    /// Null, and `problem()` says why, when PostgreSQL is not installed or does not start.
    [[nodiscard]] static std::unique_ptr<PostgresCluster> start(Disk disk = Disk::Careless);
    [[nodiscard]] static const std::string& problem();
    ~PostgresCluster();

    /// A new, empty database; "postgresql:///…". Stops the test program when that fails.
    [[nodiscard]] std::string createDatabase();
    /// The same server under another database name.
    [[nodiscard]] std::string urlOf(const std::string& database) const;
    void restart();                                   ///< fast shutdown and start: every connection is lost
    [[nodiscard]] std::string programFolder() const { return m_programs; }   ///< where psql, pg_dump … are

private:
    explicit PostgresCluster(Disk disk) : m_disk(disk) {}
    [[nodiscard]] bool initialise();
    [[nodiscard]] bool launch();
    void stop();
    /// Runs one program of PostgreSQL to its end as the cluster's user.
    [[nodiscard]] bool run(const QString& program, const QStringList& arguments);
    void startAs(QProcess& process, const QString& program, QStringList arguments) const;

    Disk m_disk;
    QTemporaryDir m_folder;
    std::string m_programs;
    QString m_user;                                   // empty: as ourselves
    QProcess m_server;
    int m_databases = 0;
};

/// The cluster that all tests of this program share; started at the first call, which says what it does with the disk. Null as above.
[[nodiscard]] PostgresCluster* sharedPostgres(PostgresCluster::Disk disk = PostgresCluster::Disk::Careless);

} // namespace evenhand::test
