// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/agreementservice.h"
#include "ui/models/tablemodel.h"

namespace evenhand::ui {

/// What waits for a decision, the longest waiting first.
class RequestModel : public TableModel<services::RequestView> {
    Q_OBJECT

public:
    enum Column { SinceColumn, DebtorColumn, WhatColumn, AmountColumn, ByColumn, NeedsColumn, ColumnCount };
    explicit RequestModel(const base::Clock& clock, QObject* parent = nullptr) : TableModel(parent), m_clock(clock) {}

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] QString keyOf(const services::RequestView& row) const override;

private:
    [[nodiscard]] QString text(const services::RequestView& row, int column) const;
    [[nodiscard]] QString secondLine(const services::RequestView& row, int column) const;

    const base::Clock& m_clock;
};

/// The amount a request is about.
[[nodiscard]] base::Money amountOf(const services::RequestView& request);

} // namespace evenhand::ui
