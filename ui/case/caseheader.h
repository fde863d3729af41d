// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QFrame>

#include "app/services/caseview.h"
#include "ui/text/retranslator.h"

class QLabel;
class QPushButton;
class QAction;
class QToolButton;

namespace evenhand::ui {

/// Who owes what: the strip on top of a case, with call and back. Amounts can be masked.
class CaseHeader : public QFrame {
    Q_OBJECT

public:
    explicit CaseHeader(QWidget* parent = nullptr);

    void show(const services::CaseView& view);
    void setAmountsMasked(bool masked);
    void setCallEnabled(bool enabled);
    void showClearName(const QString& name);

Q_SIGNALS:
    void backRequested();
    void callRequested();
    void nextRequested();
    void revealNameRequested();
    void pickUpRequested();
    void logRequested();
    void contactPointRequested();
    void flagRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addMore();
    void write();
    void paintIcons();

    Retranslator m_texts;
    std::optional<services::CaseView> m_view;
    bool m_masked = false;
    QString m_clearName;
    QToolButton* m_back;
    QLabel* m_name;
    QToolButton* m_eye;
    QLabel* m_number;
    QLabel* m_stage;
    QLabel* m_status;
    QLabel* m_balanceLabel;
    QLabel* m_balance;
    QLabel* m_overdueLabel;
    QLabel* m_overdue;
    QLabel* m_dpdLabel;
    QLabel* m_dpd;
    QPushButton* m_next;
    QPushButton* m_call;
    QToolButton* m_more;
    QAction* m_pickUp;
    QAction* m_log;
    QAction* m_contactPoint;
    QAction* m_flag;
};

} // namespace evenhand::ui
