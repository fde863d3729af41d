// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/services.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace evenhand::ui {

class Banner;

/// Language, theme, text size, server and how numbers reach the phone. A change is in force at once and written at once.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPage(const Services& services, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void show();
    void take();

    Services m_services;
    Retranslator m_texts;
    bool m_showing = false;
    QLabel* m_title;
    Banner* m_banner;
    QLabel* m_labels[7];
    QLabel* m_sections[3];
    QComboBox* m_language;
    QComboBox* m_theme;
    QComboBox* m_textSize;
    QLineEdit* m_server;
    QLineEdit* m_caFile;
    QComboBox* m_dial;
    QLineEdit* m_command;
    QLabel* m_commandNote;
};

} // namespace evenhand::ui
