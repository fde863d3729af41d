// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/services/callservice.h"
#include "app/services/caseview.h"

class QComboBox;
class QLineEdit;

namespace evenhand::ui {

class Banner;

/// Adds a number or an address with its source, or corrects what is known about one: whose, from where, in use or dead.
class ContactPointDialog : public QDialog {
    Q_OBJECT

public:
    /// `point`: the one to begin with; null for a new one. `calls` outlives the dialog.
    ContactPointDialog(services::CallService& calls, const services::CaseView& view, const services::ContactPointView* point, QWidget* window);

private:
    void layOut(const services::ContactPointView* point);
    void pointChosen();
    void save();
    [[nodiscard]] const services::ContactPointView* chosen() const;
    [[nodiscard]] QString problem() const;

    services::CallService& m_calls;
    services::CaseView m_view;
    QComboBox* m_which;
    QComboBox* m_party;
    QComboBox* m_kind;
    QLineEdit* m_value;
    QComboBox* m_source;
    QComboBox* m_status;
    Banner* m_banner;
    QPushButton* m_save;
};

/// Opens it; it deletes itself.
void showContactPointDialog(services::CallService& calls, const services::CaseView& view, const services::ContactPointView* point, QWidget* window);

} // namespace evenhand::ui
