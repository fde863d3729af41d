// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/services.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace evenhand::ui {

/// Where calls are recorded, with which inputs, and a test that says in words what is wrong.
class SoundSettings : public QFrame {
    Q_OBJECT

public:
    explicit SoundSettings(const Services& services, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fillInputs();
    void show();
    void take();

    Services m_services;
    Retranslator m_texts;
    QLabel* m_heading;
    QLabel* m_labels[3];
    QComboBox* m_mode;
    QComboBox* m_agent;
    QComboBox* m_farEnd;
    QPushButton* m_test;
    QLabel* m_result;
};

} // namespace evenhand::ui
