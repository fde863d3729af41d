// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

namespace evenhand::test {

/// The real server: `evenhandd` of this build as child processes over one database in a temporary folder.
class ServerProcess {
public:
    struct Run {
        int exitCode = -1;
        std::string output;
        std::string errors;
    };

    ServerProcess() = default;
    ~ServerProcess();
    /// `evenhandd ARGUMENTS… --db <ours>` to its end, at most two minutes.
    [[nodiscard]] Run run(QStringList arguments) const;
    /// `evenhandd serve` on a free port of the loopback; false with `errors()` when it does not say where it listens.
    [[nodiscard]] bool serve(const QStringList& more = {});
    void stop();                                        ///< SIGTERM, waits
    void kill();                                        ///< SIGKILL
    [[nodiscard]] int stopped();                        ///< SIGTERM, waits; the exit status, −1 when it crashed or had to be killed
    [[nodiscard]] qint64 processId() const { return m_serve.processId(); }   ///< of `evenhandd serve`
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// Another database than the SQLite file in our folder; before the first command.
    void useDatabase(std::string url) { m_url = std::move(url); }
    void setEnvironment(const QString& name, const QString& value);   ///< for every program started from now on
    [[nodiscard]] std::string url() const { return m_url.empty() ? "sqlite://" + databasePath() : m_url; }
    [[nodiscard]] std::string databasePath() const { return m_folder.filePath(QStringLiteral("server.db")).toStdString(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] std::string errors() { return m_serve.readAllStandardError().toStdString(); }

private:
    QTemporaryDir m_folder;
    std::string m_url{};                                // empty: the SQLite file
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    QProcess m_serve;
    std::uint16_t m_port = 0;
};

} // namespace evenhand::test
