// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/serverprocess.h"

namespace evenhand::test {

namespace {

constexpr int kCommandMs = 120'000;
constexpr int kStartMs = 30'000;
const QString kProgram = QStringLiteral(EVENHANDD_PATH);

} // namespace

ServerProcess::~ServerProcess()
{
    stop();
}

ServerProcess::Run ServerProcess::run(QStringList arguments) const
{
    arguments << QStringLiteral("--db") << QString::fromStdString(url());
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(kProgram, arguments);
    if (!process.waitForFinished(kCommandMs))
        return {-1, {}, "did not end: " + process.errorString().toStdString()};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

void ServerProcess::setEnvironment(const QString& name, const QString& value) { m_environment.insert(name, value); }

bool ServerProcess::serve(const QStringList& more)
{
    QStringList arguments{QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--db"),
                          QString::fromStdString(url()), QStringLiteral("--blobs"), m_folder.filePath(QStringLiteral("blobs"))};
    m_serve.setProcessEnvironment(m_environment);
    m_serve.start(kProgram, arguments + more);
    while (!m_serve.canReadLine()) {
        if (!m_serve.waitForReadyRead(kStartMs))
            return false;
    }
    const auto line = m_serve.readLine().trimmed();
    m_port = static_cast<std::uint16_t>(line.mid(line.lastIndexOf(':') + 1).toUInt());
    return line.startsWith("listening on 127.0.0.1:") && m_port != 0;
}

void ServerProcess::stop()
{
    if (m_serve.state() == QProcess::NotRunning)
        return;
    m_serve.terminate();
    if (!m_serve.waitForFinished(kStartMs))
        m_serve.kill();
}

int ServerProcess::stopped()
{
    m_serve.terminate();
    if (!m_serve.waitForFinished(kStartMs)) {
        kill();
        return -1;
    }
    return m_serve.exitStatus() == QProcess::NormalExit ? m_serve.exitCode() : -1;
}

void ServerProcess::kill()
{
    m_serve.kill();
    m_serve.waitForFinished(kStartMs);
}

} // namespace evenhand::test
