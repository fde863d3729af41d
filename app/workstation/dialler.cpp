// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/dialler.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QProcess>
#include <QUrl>

namespace evenhand::workstation {

namespace {

base::Result<std::string> copy(const QString& number)
{
    QGuiApplication::clipboard()->setText(number);
    return std::string("copy");
}

base::Result<std::string> openTel(const QString& number)
{
    QString digits;
    for (const QChar c : number)
        if (c.isDigit() || c == u'+')
            digits += c;
    if (QDesktopServices::openUrl(QUrl(QStringLiteral("tel:") + digits)))
        return std::string("tel");
    return base::fail(base::ErrorCode::Storage, "no program handles tel: links; choose another way under Settings, Telephone");
}

base::Result<std::string> runCommand(const QString& command, const QString& number)
{
    QStringList words = QProcess::splitCommand(command);   // no shell: a number can never become a command
    if (words.isEmpty() || !command.contains(QStringLiteral("{number}")))
        return copy(number);
    for (QString& word : words)
        word.replace(QStringLiteral("{number}"), number);
    const QString program = words.takeFirst();
    if (QProcess::startDetached(program, words))
        return std::string("command");
    return base::fail(base::ErrorCode::Invalid, "the dial command of the settings could not be started");
}

} // namespace

base::Result<std::string> dial(const services::Settings& settings, const QString& number)
{
    switch (settings.dialMethod) {
    case services::DialMethod::Copy: return copy(number);
    case services::DialMethod::Tel: return openTel(number);
    case services::DialMethod::Command: return runCommand(QString::fromStdString(settings.dialCommand), number);
    }
    return copy(number);
}

} // namespace evenhand::workstation
