// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDialog>

#include "app/guidance/letters.h"
#include "app/services/callservice.h"
#include "app/services/caseview.h"
#include "ui/async.h"
#include "ui/services.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace evenhand::ui {

class Banner;
class PhraseBox;

/// A message, letter or agreement from a template: the gate is asked, the text is checked, and what went out is put on record. Nothing leaves
/// this program by itself: the text is copied, or printed to a PDF, and sent by whatever means the office has.
class LetterDialog : public QDialog {
    Q_OBJECT

public:
    /// `plan`: for an agreement about it; then that template is chosen.
    LetterDialog(const Services& services, services::CaseView view, std::optional<domain::PlanRow> plan, QWidget* parent);

private:
    void layOut();
    void connectParts();
    void offerTemplates();
    void templateChosen();
    void fill();
    void askGate();
    void sayState();
    void copyText();
    void savePdf();
    void record();
    [[nodiscard]] const guidance::Letter* chosen() const;
    [[nodiscard]] std::string language() const;
    [[nodiscard]] domain::Channel channel() const;
    [[nodiscard]] std::optional<domain::ContactPointId> contactPoint() const;
    [[nodiscard]] std::optional<domain::PlanRow> planFor(const guidance::Letter& letter) const;
    [[nodiscard]] bool isOpen() const;                   ///< the gate lets it out, and nothing is missing
    [[nodiscard]] services::GateRequest request() const;

    Services m_services;
    services::CaseView m_view;
    std::optional<domain::PlanRow> m_plan;
    guidance::MergeData m_data;
    std::optional<services::GateAnswer> m_gate;
    std::vector<std::string> m_gaps;
    QString m_raw;                                       ///< the filled template before [schedule] was written out
    Latest m_latest;
    QComboBox* m_template;
    QComboBox* m_language;
    QComboBox* m_channel;
    QComboBox* m_to;
    PhraseBox* m_text;
    Banner* m_banner;
    Banner* m_missing;
    QPushButton* m_copy;
    QPushButton* m_pdf;
    QPushButton* m_record;
};

} // namespace evenhand::ui
