// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include "ui/call/callpresenter.h"
#include "ui/text/retranslator.h"

class QLabel;
class QPushButton;

namespace evenhand::ui {

/// The strip over a call: number in the clear while one talks, clock, end button; before it, what the gate said.
class CallBar : public QFrame {
    Q_OBJECT

public:
    CallBar(CallPresenter& presenter, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void show();

    CallPresenter& m_presenter;
    Retranslator m_texts;
    QLabel* m_icon;
    QLabel* m_state;
    QLabel* m_number;
    QLabel* m_clock;
    QPushButton* m_hangUp;
    QTimer m_tick;
};

} // namespace evenhand::ui
