// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/services/playbackservice.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace evenhand::ui {

/// Why a copy of a recording leaves the program, as what, and where to. Opened with open(); exportRequested() comes before it closes.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(const QString& suggestedName, QWidget* parent = nullptr);

Q_SIGNALS:
    void exportRequested(const evenhand::services::ExportRequest& request);

private:
    void browse();
    void check();
    void accept() override;
    [[nodiscard]] services::ExportRequest request() const;

    QComboBox* m_reason;
    QLineEdit* m_words;
    QComboBox* m_format;
    QLineEdit* m_path;
    QPushButton* m_go;
};

} // namespace evenhand::ui
