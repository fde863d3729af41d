// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <vector>

#include <QWidget>

#include "app/domain/planrules.h"
#include "app/domain/projection.h"
#include "app/services/callservice.h"
#include "ui/text/retranslator.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace evenhand::services {
class PackService;
}

namespace evenhand::ui {

class Banner;
class DateEdit;
class MoneyEdit;
class PhraseBox;
class ScheduleTable;

/// What a plan is made for.
struct PlanContext {
    std::vector<domain::AccountRow> accounts;      ///< all of the case; a plan covers all of them
    base::Date today;
    domain::UserRole role = domain::UserRole::Agent;
};

/// Offer, household, and the schedule that comes of them, worked out while one types. Says who must approve before anybody agrees.
class PlanForm : public QWidget {
    Q_OBJECT

public:
    PlanForm(services::PackService& packs, QWidget* parent = nullptr);

    void begin(PlanContext context);
    void setOffer(const domain::PlanOffer& offer);                  ///< for a plan that is opened again
    /// What is to be handed in; nullopt when something is missing or not allowed, which the form then says.
    [[nodiscard]] std::optional<services::PlanDraft> draft();
    [[nodiscard]] const domain::PlanVerdict& verdict() const { return m_verdict; }

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void connectParts();
    void write();
    void calculate();
    void sayVerdict();
    void sayMeans();
    [[nodiscard]] std::optional<domain::PlanOffer> offer();
    [[nodiscard]] std::optional<domain::Means> means() const;
    [[nodiscard]] QString verdictText() const;

    services::PackService& m_packs;
    Retranslator m_texts;
    PlanContext m_context{{}, base::Date::fromDayNumber(0)};
    domain::PlanTerms m_terms;
    std::optional<domain::PlanSchedule> m_schedule;
    domain::PlanVerdict m_verdict;
    QString m_problem;
    int m_suggestedMonths = 0;
    QFormLayout* m_fields;
    QComboBox* m_kind;
    QWidget* m_monthsRow;
    QSpinBox* m_months;
    std::vector<QPushButton*> m_usual;
    DateEdit* m_firstDue;
    QLabel* m_dayNote;
    QSpinBox* m_interest;
    QSpinBox* m_fees;
    MoneyEdit* m_income;
    MoneyEdit* m_expense;
    QSpinBox* m_dependants;
    QLabel* m_left;
    QPushButton* m_suggest;
    QCheckBox* m_agreed;
    QLabel* m_reasonLabel;
    PhraseBox* m_reason;
    QLabel* m_total;
    QLabel* m_remainder;
    ScheduleTable* m_table;
    Banner* m_banner;
};

} // namespace evenhand::ui
