// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/soundsystem.h"

#include <csignal>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

namespace evenhand::test {

SoundSystem::SoundSystem() : m_folder(QStringLiteral("/tmp/evenhand-pulse-XXXXXX"))   // a socket's path must be short
{
    const QString socket = m_folder.filePath(QStringLiteral("native"));
    qputenv("PULSE_SERVER", QByteArray("unix:") + socket.toLocal8Bit());
    qputenv("PULSE_RUNTIME_PATH", m_folder.path().toLocal8Bit());
    qputenv("PULSE_COOKIE", m_folder.filePath(QStringLiteral("cookie")).toLocal8Bit());
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit());
    QFile file(m_folder.filePath(QStringLiteral("test.pa")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the sound system's configuration");
    file.write("load-module module-native-protocol-unix auth-anonymous=1 socket=" + socket.toLocal8Bit() + "\n"
               "load-module module-null-sink sink_name=desk_out rate=48000 norewinds=1 sink_properties=device.description=desk_out\n"
               "load-module module-null-sink sink_name=line_out rate=48000 norewinds=1 sink_properties=device.description=line_out\n"
               "load-module module-null-sink sink_name=ears rate=48000 norewinds=1 sink_properties=device.description=ears\n"
               "load-module module-remap-source source_name=desk_mic master=desk_out.monitor channels=1 master_channel_map=front-left channel_map=mono source_properties=device.description=desk_mic\n"
               "load-module module-remap-source source_name=line_in master=line_out.monitor channels=1 master_channel_map=front-left channel_map=mono source_properties=device.description=line_in\n"
               "load-module module-rescue-streams\n"
               "set-default-sink ears\nset-default-source desk_mic\n");
    file.close();
    start();
}

SoundSystem::~SoundSystem() { kill(); }

bool SoundSystem::start()
{
    m_daemon = std::make_unique<QProcess>();
    m_daemon->setProcessChannelMode(QProcess::MergedChannels);
    m_daemon->start(QStringLiteral("pulseaudio"), {QStringLiteral("-n"), QStringLiteral("-F"), m_folder.filePath(QStringLiteral("test.pa")), QStringLiteral("--daemonize=no"),
                                                   QStringLiteral("--exit-idle-time=-1"), QStringLiteral("--use-pid-file=no"), QStringLiteral("--disable-shm=yes"),
                                                   QStringLiteral("--high-priority=no"), QStringLiteral("--realtime=no")});
    if (!m_daemon->waitForStarted()) {
        m_problem = QStringLiteral("pulseaudio cannot be started: ") + m_daemon->errorString();
        return false;
    }
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 10'000 && m_daemon->state() == QProcess::Running) {
        if (control({QStringLiteral("list"), QStringLiteral("short"), QStringLiteral("sources")}).contains(QStringLiteral("line_in"))) {
            m_isRunning = true;
            return true;
        }
        QTest::qWait(50);
    }
    m_problem = QStringLiteral("pulseaudio did not come up: ") + QString::fromLocal8Bit(m_daemon->readAll());
    return false;
}

void SoundSystem::kill()
{
    if (m_daemon && m_daemon->state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(m_daemon->processId()), SIGKILL);
        m_daemon->waitForFinished();
    }
    m_daemon.reset();
    m_isRunning = false;
    QFile::remove(m_folder.filePath(QStringLiteral("native")));
}

QString SoundSystem::control(const QStringList& words) const
{
    QProcess pactl;
    pactl.start(QStringLiteral("pactl"), words);
    pactl.waitForFinished(5'000);
    return QString::fromLocal8Bit(pactl.readAllStandardOutput());
}

std::unique_ptr<QProcess> SoundSystem::play(const QString& wav, const QString& sink) const
{
    auto player = std::make_unique<QProcess>();
    player->start(QStringLiteral("paplay"), {QStringLiteral("--latency-msec=500"), QStringLiteral("-d"), sink, wav});
    player->waitForStarted();
    return player;
}

std::unique_ptr<QProcess> SoundSystem::capture(const QString& sink, const QString& rawFile) const
{
    auto recorder = std::make_unique<QProcess>();
    recorder->setStandardOutputFile(rawFile);
    recorder->start(QStringLiteral("parec"), {QStringLiteral("-d"), sink + QStringLiteral(".monitor"), QStringLiteral("--rate=16000"), QStringLiteral("--channels=2"),
                                              QStringLiteral("--format=s16le"), QStringLiteral("--raw"), QStringLiteral("--latency-msec=50")});
    recorder->waitForStarted();
    return recorder;
}

} // namespace evenhand::test
