// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QTextStream>

#include "app/workstation/application.h"
#include "app/workstation/guideddemo/democlock.h"
#include "app/workstation/guideddemo/player.h"
#include "app/workstation/guideddemo/story.h"
#include "app/workstation/process.h"

using namespace evenhand::workstation;

namespace {

struct Arguments {
    Options workstation;
    StoryOptions story;
    QString out;
};

QString firstLineOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine()).trimmed() : QString();
}

Arguments read(const QStringList& given)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Plays the main job through the real workstation and leaves pictures and summary.md."));
    parser.addHelpOption();
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("Server address."), QStringLiteral("URL"));
    const QCommandLineOption user(QStringLiteral("user"), QStringLiteral("Agent."), QStringLiteral("NAME"), QStringLiteral("li.na"));
    const QCommandLineOption supervisor(QStringLiteral("supervisor"), QStringLiteral("Supervisor with the same passphrase."), QStringLiteral("NAME"));
    const QCommandLineOption password(QStringLiteral("password-file"), QStringLiteral("File with the passphrase."), QStringLiteral("FILE"));
    const QCommandLineOption pid(QStringLiteral("server-pid"), QStringLiteral("Server process to stop and continue, to show a network that is gone."), QStringLiteral("PID"));
    const QCommandLineOption out(QStringLiteral("out"), QStringLiteral("Folder for pictures and summary."), QStringLiteral("DIR"), QStringLiteral("."));
    parser.addOptions({server, user, supervisor, password, pid, out});
    parser.process(given);
    Arguments arguments;
    arguments.workstation.serverUrl = parser.value(server).toStdString();
    arguments.workstation.language = "zh_CN";
    arguments.workstation.theme = "light";
    arguments.workstation.userName = parser.value(user).toStdString();
    arguments.story.user = parser.value(user);
    arguments.story.supervisor = parser.value(supervisor);
    arguments.story.password = firstLineOf(parser.value(password));
    arguments.out = parser.value(out);
    if (const int process = parser.value(pid).toInt(); process > 0)
        arguments.story.network = [process](bool up) { ::kill(process, up ? SIGCONT : SIGSTOP); };
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    prepareProcess();
    QApplication qt(argc, argv);
    const Arguments arguments = read(qt.arguments());
    if (!QDir().mkpath(arguments.out) || arguments.story.password.isEmpty()) {
        QTextStream(stderr) << "evenhand_guided_demo: --out must be a writable folder and --password-file a readable file\n";
        return 2;
    }
    prepareLog();
    const DemoClock clock;
    Application application(qt, arguments.workstation, clock);
    application.start();
    Player player(application.window(), QDir(arguments.out));
    Story story(application, player, arguments.story);
    story.play();
    if (arguments.story.network)
        arguments.story.network(true);
    const QString head = QStringLiteral("# Guided demonstration\n\nThe main job, played with real key events through the real window against a real server. "
                                        "The workstation's clock was set to 10:30, so that calling hours do not depend on when this is played.");
    if (!player.writeSummary(head))
        return 2;
    return player.failed() ? 1 : 0;
}
