// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/services.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace evenhand::ui {

class Banner;

/// What covers everything while the workstation is locked. Files are closed; the password opens them again.
class LockPage : public QWidget {
    Q_OBJECT

public:
    explicit LockPage(const Services& services, QWidget* parent = nullptr);
    void begin();

Q_SIGNALS:
    void signOutRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void unlock();

    Services m_services;
    Retranslator m_texts;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_who;
    QLineEdit* m_password;
    Banner* m_banner;
    QPushButton* m_unlock;
    QPushButton* m_signOut;
};

} // namespace evenhand::ui
