// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QWidget>

#include "app/base/clock.h"
#include "app/services/caseview.h"
#include "app/services/caseservice.h"

class QVBoxLayout;

namespace evenhand::ui {

class ContactPointRow;

/// The left column of a case: people with their numbers, accounts, promises, other cases of the same person.
class FactsPanel : public QWidget {
    Q_OBJECT

public:
    explicit FactsPanel(const base::Clock& clock, QWidget* parent = nullptr);

    void show(const services::CaseView& view);
    void setAmountsMasked(bool masked);
    void showClear(const base::Uuid& row, const QString& value);
    /// The chosen contact point, else the debtor's first phone that may be called, else their first phone.
    [[nodiscard]] const services::ContactPointView* callTarget() const;

Q_SIGNALS:
    void revealRequested(const evenhand::base::Uuid& row, evenhand::services::RevealField field);
    void caseRequested(const evenhand::domain::CaseId& id);
    void planRequested();                                ///< a new one
    void letterRequested();
    void agreementRequested(const evenhand::services::PlanView& plan);
    void planDecided(const evenhand::services::PlanView& plan, evenhand::domain::DecisionKind kind);   ///< agreed, withdrawn

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addParty(const services::PartyView& party);
    void addAccounts();
    void addPromises();
    void addPlans();
    void addOtherCases();
    [[nodiscard]] QVBoxLayout* addSection(const QString& title, int count);
    [[nodiscard]] QString amount(const base::Money& money) const;

    const base::Clock& m_clock;
    QVBoxLayout* m_list;
    std::optional<services::CaseView> m_view;
    std::vector<ContactPointRow*> m_points;
    std::optional<domain::ContactPointId> m_chosen;
    bool m_masked = false;
};

} // namespace evenhand::ui
