// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/guideddemo/player.h"

#include <QApplication>
#include <QFile>
#include <QInputMethodEvent>
#include <QTest>
#include <QTextStream>
#include <QWidget>

namespace evenhand::workstation {

void Player::activate()
{
    // Under a bare X server nobody hands out activation, and shortcuts need an active window.
    if (!QApplication::activeModalWidget() && QApplication::activeWindow() != &m_window)
        QApplication::setActiveWindow(&m_window);
}

void Player::key(int key, Qt::KeyboardModifiers modifiers)
{
    activate();
    QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : &m_window;
    QTest::keyClick(target, Qt::Key(key), modifiers);
    ++m_keys;
}

void Player::type(const QString& text)
{
    activate();
    for (const QChar c : text) {
        QWidget* target = QApplication::focusWidget();
        if (!target)
            return fail(QStringLiteral("nothing has the focus to type into"));
        if (c.unicode() < 128) {
            QTest::keyClick(target, char(c.unicode()));
        } else {
            QInputMethodEvent composing(QString(c), {});
            QApplication::sendEvent(target, &composing);
            QInputMethodEvent done;
            done.setCommitString(QString(c));
            QApplication::sendEvent(target, &done);
        }
        ++m_keys;
    }
}

bool Player::wait(const QString& what, const std::function<bool()>& done, int seconds)
{
    if (QTest::qWaitFor(done, seconds * 1000))
        return true;
    fail(QStringLiteral("waited %1 s in vain for: %2").arg(seconds).arg(what));
    return false;
}

void Player::settle(int milliseconds)
{
    QTest::qWait(milliseconds);
}

void Player::picture(const QString& name, const QString& caption)
{
    settle();
    const QString file = QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    if (!m_window.grab().save(m_out.filePath(file)))
        return fail(QStringLiteral("cannot write %1").arg(file));
    m_lines << QStringLiteral("\n%1\n\n![%1](%2)\n").arg(caption, file);
    QTextStream(stdout) << "  picture " << file << Qt::endl;
}

void Player::say(const QString& line)
{
    m_lines << QStringLiteral("- %1 s: %2").arg(double(m_time.elapsed()) / 1000, 0, 'f', 1).arg(line);
    QTextStream(stdout) << line << Qt::endl;
}

void Player::fail(const QString& line)
{
    m_failed = true;
    m_lines << QStringLiteral("- **FAILED** %1").arg(line);
    QTextStream(stderr) << "FAILED: " << line << Qt::endl;
    m_window.grab().save(m_out.filePath(QStringLiteral("failed.png")));
}

void Player::resizeTo(int width, int height)
{
    m_window.resize(width, height);
    settle();
}

bool Player::writeSummary(const QString& head) const
{
    QFile file(m_out.filePath(QStringLiteral("summary.md")));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    QTextStream(&file) << head << "\n\nResult: " << (m_failed ? "**failed**" : "passed") << "\n\n" << m_lines.join(QLatin1Char('\n')) << "\n";
    return true;
}

} // namespace evenhand::workstation
