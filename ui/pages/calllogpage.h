// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/services/calllogservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace evenhand::ui {

class Banner;
class CallLogModel;
class DateEdit;
class PlayerPanel;

/// Review: the team's calls, read only, with filters; the chosen call in full beside the list, its recording below.
class CallLogPage : public QWidget {
    Q_OBJECT

public:
    explicit CallLogPage(const Services& services, QWidget* parent = nullptr);
    void refresh();

Q_SIGNALS:
    void openCaseRequested(const evenhand::domain::CaseId& id);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void connectParts();
    void loadAgents();
    void fillOutcomes();
    void loadMore();
    void showDetail();
    void writeDetail(const services::CallDetail& detail);
    [[nodiscard]] services::CallLogFilter filter() const;

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    Latest m_latestDetail;
    QTimer m_typing;
    std::int64_t m_total = 0;
    bool m_loadingMore = false;
    QLabel* m_title;
    QLabel* m_count;
    QLineEdit* m_text;
    QComboBox* m_agent;
    QComboBox* m_outcome;
    DateEdit* m_from;
    DateEdit* m_to;
    Banner* m_banner;
    CallLogModel* m_model;
    QTableView* m_table;
    QLabel* m_detailHead;
    QLabel* m_detail;
    PlayerPanel* m_player;
};

} // namespace evenhand::ui
