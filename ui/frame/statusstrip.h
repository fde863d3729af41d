// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include "ui/services.h"

class QLabel;
class QToolButton;

namespace evenhand::ui {

/// The bottom line: who, connection, saved here and on the server, oldest unsent, next attempt, lock.
class StatusStrip : public QFrame {
    Q_OBJECT

public:
    explicit StatusStrip(const Services& services, QWidget* parent = nullptr);

Q_SIGNALS:
    void lockRequested();
    void signOutRequested();
    void syncPageRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    Services m_services;
    QTimer m_tick;
    QLabel* m_who;
    QLabel* m_connectionIcon;
    QToolButton* m_connection;
    QLabel* m_counts;
    QLabel* m_oldest;
    QLabel* m_next;
    QToolButton* m_lock;
    QToolButton* m_signOut;
};

} // namespace evenhand::ui
