// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "app/services/caseview.h"
#include "ui/models/tablemodel.h"

namespace evenhand::ui {

/// What a search found, best first.
class SearchModel : public TableModel<services::SearchHit> {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::SearchModel)

public:
    enum Column { DebtorColumn, PortfolioColumn, StageColumn, BalanceColumn, StatusColumn, ColumnCount };

    using TableModel::TableModel;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QString keyOf(const services::SearchHit& row) const override;
};

} // namespace evenhand::ui
