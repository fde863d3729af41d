// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractListModel>

#include "app/services/caseview.h"

namespace evenhand::guidance {
class OutcomeSet;
}

namespace evenhand::ui {

/// The merged history of a case, newest first. Roles beside DisplayRole (the headline): see Role.
class TimelineModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { MetaRole = Qt::UserRole + 100, BodyRole, IconRole, StateRole, StateLookRole, IdRole, AskedRole };

    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<services::TimelineItem> items);
    void setOutcomes(const guidance::OutcomeSet* outcomes);
    void setAmountsMasked(bool masked);
    void refreshTexts();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString headline(const services::TimelineItem& item) const;
    [[nodiscard]] QString meta(const services::TimelineItem& item) const;
    [[nodiscard]] QString body(const services::TimelineItem& item) const;
    [[nodiscard]] QString amount(const services::TimelineItem& item) const;

    std::vector<services::TimelineItem> m_items;
    const guidance::OutcomeSet* m_outcomes = nullptr;
    bool m_amountsMasked = false;
};

/// Where something recorded here is: saved here, being sent, on the server, set aside.
[[nodiscard]] QString deliveryText(services::Delivery delivery);

} // namespace evenhand::ui
