// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "app/base/clock.h"
#include "app/services/queueservice.h"
#include "ui/models/tablemodel.h"

namespace evenhand::guidance {
class OutcomeSet;
}

namespace evenhand::ui {

/// The rows of Today, in the order the service gives.
class QueueModel : public TableModel<services::QueueRow> {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::QueueModel)

public:
    enum Column { LightColumn, DebtorColumn, NextColumn, DpdColumn, BalanceColumn, OverdueColumn, LastColumn, CreditorColumn, ColumnCount };

    explicit QueueModel(const base::Clock& clock, QObject* parent = nullptr);
    void setOutcomes(const guidance::OutcomeSet* outcomes) { m_outcomes = outcomes; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QString keyOf(const services::QueueRow& row) const override;

private:
    [[nodiscard]] QString display(const services::QueueRow& row, int column) const;
    [[nodiscard]] QString secondLine(const services::QueueRow& row, int column) const;
    [[nodiscard]] QString nextAction(const services::QueueRow& row) const;

    const base::Clock& m_clock;
    const guidance::OutcomeSet* m_outcomes = nullptr;
};

/// One sentence of a light in the language of the window; "" when there is nothing in the way.
[[nodiscard]] QString reasonOf(const services::ContactLight& light);
/// Its look: allow, warn, hold, block, or unknown while it is not judged.
[[nodiscard]] QString lookOf(const services::ContactLight& light);
/// The label of an outcome code, or the code.
[[nodiscard]] QString outcomeLabel(const guidance::OutcomeSet* outcomes, const std::string& code);

} // namespace evenhand::ui
