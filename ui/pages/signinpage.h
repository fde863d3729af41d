// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/sessionservice.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace evenhand::ui {

class Banner;

/// Server, user name, password. The first time needs the server; afterwards the password opens this computer's files.
class SignInPage : public QWidget {
    Q_OBJECT

public:
    explicit SignInPage(const Services& services, QWidget* parent = nullptr);
    void offer(const QString& serverUrl, const QString& userName);
    void signInWith(const QString& password);            ///< as if it had been typed
    void begin();                                        ///< shown again: empty password, right field focused

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void signIn();
    void answered(const base::Result<services::SignedIn>& result);
    void noteProfiles();

    Services m_services;
    Retranslator m_texts;
    bool m_busyNow = false;
    QLabel* m_logo;
    QLabel* m_title;
    QLabel* m_sub;
    QLabel* m_serverLabel;
    QLineEdit* m_server;
    QLabel* m_userLabel;
    QLineEdit* m_user;
    QLabel* m_passwordLabel;
    QLineEdit* m_password;
    QAction* m_eye;
    Banner* m_banner;
    QProgressBar* m_busy;
    QPushButton* m_go;
    QLabel* m_note;
    QPushButton* m_language;
    std::vector<services::KnownProfile> m_profiles;
};

} // namespace evenhand::ui
