// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "ui/async.h"

class QComboBox;
class QLineEdit;

namespace evenhand::ui {

class Banner;

/// Records a dispute, hardship, a complaint, a wish to stop … and shows before it is confirmed what the rules make of it. Who may, lifts
/// a flag here too.
class FlagDialog : public QDialog {
    Q_OBJECT

public:
    /// `calls` outlives the dialog.
    FlagDialog(services::CallService& calls, const services::CaseView& view, domain::UserRole role, QWidget* window);

private:
    void layOut();
    void choiceChanged();
    void save();
    [[nodiscard]] domain::FlagPayload flag() const;

    services::CallService& m_calls;
    services::CaseView m_view;
    bool m_mayLift;
    Latest m_latest;
    QComboBox* m_kind;
    QComboBox* m_scope;
    QLineEdit* m_reason;
    QLabel* m_consequence;
    Banner* m_banner;
    QPushButton* m_save;
};

/// Opens it; it deletes itself.
void showFlagDialog(services::CallService& calls, const services::CaseView& view, domain::UserRole role, QWidget* window);

} // namespace evenhand::ui
