// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/queueservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QTableView;

namespace evenhand::ui {

class Banner;
class BucketBar;
class QueueModel;

/// The queue in working order. Enter opens a case; typing searches all cases.
class TodayPage : public QWidget {
    Q_OBJECT

public:
    explicit TodayPage(const Services& services, QWidget* parent = nullptr);
    void refresh();

Q_SIGNALS:
    void openCaseRequested(const evenhand::domain::CaseId& id);
    void searchRequested(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void writeCount();
    void loadRows();
    void loadMore();
    void showRows(std::vector<services::QueueRow> rows);
    void openCurrent();

    Services m_services;
    Retranslator m_texts;
    Latest m_latestView;
    Latest m_latestRows;
    services::TodayView m_view;
    bool m_isLoaded = false;
    std::int64_t m_total = 0;
    bool m_loadingMore = false;
    bool m_rowChosen = false;            ///< by a key or a click; until then the first row is current
    QLabel* m_title;
    QLabel* m_sub;
    QLineEdit* m_search;
    Banner* m_banner;
    BucketBar* m_buckets;
    QProgressBar* m_busy;
    QueueModel* m_model;
    QTableView* m_table;
    QLabel* m_empty;
};

} // namespace evenhand::ui
