// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "app/services/calllogservice.h"
#include "ui/models/tablemodel.h"

namespace evenhand::guidance {
class OutcomeSet;
}

namespace evenhand::ui {

/// The call log, newest first.
class CallLogModel : public TableModel<services::CallLogRow> {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::CallLogModel)

public:
    enum Column { WhenColumn, AgentColumn, DebtorColumn, OutcomeColumn, LengthColumn, NoteColumn, ColumnCount };

    using TableModel::TableModel;
    void setOutcomes(const guidance::OutcomeSet* outcomes) { m_outcomes = outcomes; }
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QString keyOf(const services::CallLogRow& row) const override;

private:
    [[nodiscard]] QString secondLine(const services::CallLogRow& row, int column) const;

    const guidance::OutcomeSet* m_outcomes = nullptr;
};

} // namespace evenhand::ui
