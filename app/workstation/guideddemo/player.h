// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QDir>
#include <QElapsedTimer>
#include <QString>
#include <QStringList>

class QWidget;

namespace evenhand::workstation {

/// The hands and eyes of the demonstration: real key events into the real window, waits with an end, pictures, and a protocol of both.
class Player {
public:
    Player(QWidget& window, const QDir& out) : m_window(window), m_out(out) { m_time.start(); }

    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);   ///< to the widget that has the focus
    void type(const QString& text);                                       ///< Latin by keys, other scripts as an input method commits them
    /// Waits until `done`, at most `seconds`. A wait that ends without it is written down as a failure.
    bool wait(const QString& what, const std::function<bool()>& done, int seconds = 30);
    void settle(int milliseconds = 150);                                  ///< lets layouts and late answers arrive before a picture
    void picture(const QString& name, const QString& caption);
    void say(const QString& line);
    void fail(const QString& line);
    void resizeTo(int width, int height);
    [[nodiscard]] int keysPressed() const { return m_keys; }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool writeSummary(const QString& head) const;

private:
    void activate();

    QWidget& m_window;
    QDir m_out;
    QElapsedTimer m_time;
    QStringList m_lines;
    int m_keys = 0;
    int m_pictures = 0;
    bool m_failed = false;
};

} // namespace evenhand::workstation
