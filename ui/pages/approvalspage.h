// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/agreementservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace evenhand::ui {

class Banner;
class PhraseBox;
class RequestModel;
class ScheduleTable;

/// What waits for a supervisor's word, everything needed to decide beside it, and the decision by keyboard: Alt+A approves, Alt+R turns
/// down with a reason, Enter opens the case.
class ApprovalsPage : public QWidget {
    Q_OBJECT

public:
    explicit ApprovalsPage(const Services& services, QWidget* parent = nullptr);
    void refresh();

Q_SIGNALS:
    void openCaseRequested(const evenhand::domain::CaseId& id);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void connectParts();
    void showDetail();
    void writeFacts(const services::RequestView& request);
    void decide(domain::DecisionKind kind);
    [[nodiscard]] const services::RequestView* current() const;

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    QString m_shown;                                     ///< id of the request beside the list
    QLabel* m_title;
    QLabel* m_count;
    Banner* m_banner;
    RequestModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
    QWidget* m_side;
    QLabel* m_head;
    QLabel* m_facts;
    ScheduleTable* m_schedule;
    Banner* m_verdict;
    QLineEdit* m_reference;
    PhraseBox* m_reason;
    QPushButton* m_reject;
    QPushButton* m_approve;
    QPushButton* m_open;
};

} // namespace evenhand::ui
