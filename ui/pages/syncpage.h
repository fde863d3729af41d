// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/services/syncservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace evenhand::ui {

class Banner;
class LedgerModel;

/// What is saved here, what is on the server, why something is not, and when the next attempt is.
class SyncPage : public QWidget {
    Q_OBJECT

public:
    explicit SyncPage(const Services& services, QWidget* parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void connectParts();
    void showStatus();
    void showView(const services::SyncStatus& status, base::Instant now);
    void lookWhatWouldBeLost();
    void renew();

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    QTimer m_tick;
    QTimer m_reload;
    QLabel* m_title;
    Banner* m_safety;
    Banner* m_banner;
    Banner* m_held;
    QPushButton* m_allow;
    QLabel* m_view;
    QPushButton* m_leave;
    QPushButton* m_check;
    QLabel* m_labels[5];
    QLabel* m_figures[5];
    QLabel* m_next;
    QPushButton* m_sendNow;
    QCheckBox* m_online;
    QWidget* m_renew;
    QLineEdit* m_password;
    QPushButton* m_renewButton;
    QComboBox* m_filter;
    LedgerModel* m_model;
};

} // namespace evenhand::ui
