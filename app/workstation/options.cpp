// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/options.h"

#include <cstdlib>

#include <QCommandLineParser>
#include <QTextStream>

namespace evenhand::workstation {

namespace {

std::optional<std::string> valueOf(const QCommandLineParser& parser, const QCommandLineOption& option)
{
    return parser.isSet(option) ? std::optional(parser.value(option).toStdString()) : std::nullopt;
}

void requireOneOf(const std::optional<std::string>& value, std::initializer_list<const char*> known, const char* name)
{
    if (!value)
        return;
    QStringList words;
    for (const char* word : known) {
        if (*value == word)
            return;
        words << QString::fromLatin1(word);
    }
    QTextStream(stderr) << "evenhand: --" << name << ": unknown value \"" << QString::fromStdString(*value) << "\"; known: " << words.join(QStringLiteral(", ")) << "\n";
    std::exit(2);
}

} // namespace

Options Options::parse(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Evenhand: the workstation for fair debt collection."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption offline(QStringLiteral("offline"), QStringLiteral("Never touch the network."));
    const QCommandLineOption exitAfter(QStringLiteral("exit-after-startup"), QStringLiteral("Quit once the window is usable."));
    const QCommandLineOption selfTest(QStringLiteral("self-test-audio"), QStringLiteral("Record and play one second, say in words what is wrong, and end."));
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("Server address, offered at sign-in."), QStringLiteral("URL"));
    const QCommandLineOption user(QStringLiteral("user"), QStringLiteral("User name, offered at sign-in."), QStringLiteral("NAME"));
    const QCommandLineOption password(QStringLiteral("password-file"), QStringLiteral("Sign in at once with the passphrase in FILE (needs --server and --user)."), QStringLiteral("FILE"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("zh_CN or en."), QStringLiteral("CODE"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light, dark or system."), QStringLiteral("NAME"));
    parser.addOptions({offline, exitAfter, selfTest, server, user, password, language, theme});
    parser.process(arguments);
    Options options;
    options.offline = parser.isSet(offline);
    options.exitAfterStartup = parser.isSet(exitAfter);
    options.selfTestAudio = parser.isSet(selfTest);
    options.serverUrl = valueOf(parser, server);
    options.userName = valueOf(parser, user);
    options.passwordFile = valueOf(parser, password);
    options.language = valueOf(parser, language);
    options.theme = valueOf(parser, theme);
    requireOneOf(options.language, {"zh_CN", "en"}, "language");
    requireOneOf(options.theme, {"light", "dark", "system"}, "theme");
    return options;
}

} // namespace evenhand::workstation
