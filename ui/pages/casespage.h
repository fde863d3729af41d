// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/domain/ids.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QLabel;
class QLineEdit;
class QTableView;

namespace evenhand::ui {

class SearchModel;

/// All cases of this user, found while one types.
class CasesPage : public QWidget {
    Q_OBJECT

public:
    explicit CasesPage(const Services& services, QWidget* parent = nullptr);
    void searchFor(const QString& text);

Q_SIGNALS:
    void openCaseRequested(const evenhand::domain::CaseId& id);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void openCurrent();

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    QLabel* m_title;
    QLineEdit* m_search;
    QLabel* m_found;
    SearchModel* m_model;
    QTableView* m_table;
};

} // namespace evenhand::ui
