// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "app/services/syncstatus.h"
#include "ui/models/tablemodel.h"

namespace evenhand::ui {

/// What became of each thing recorded here.
class LedgerModel : public TableModel<services::LedgerRow> {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::LedgerModel)

public:
    enum Column { StateColumn, WhatColumn, WhenColumn, CaseColumn, WhyColumn, ColumnCount };

    using TableModel::TableModel;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QString keyOf(const services::LedgerRow& row) const override;

private:
    [[nodiscard]] QString why(const services::LedgerRow& row) const;
    [[nodiscard]] QString whyInFull(const services::LedgerRow& row) const;
    [[nodiscard]] QString state(const services::LedgerRow& row) const;
};

/// The name of an event type in the language of the window, or the type itself.
[[nodiscard]] QString eventTypeText(const std::string& type);

} // namespace evenhand::ui
