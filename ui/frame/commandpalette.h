// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <QFrame>

#include "app/domain/ids.h"
#include "ui/async.h"
#include "ui/services.h"

class QLineEdit;
class QListWidget;

namespace evenhand::ui {

/// Something a person can have done by name.
struct Command {
    QString title;
    QString keys;                        ///< shown, "" when there is no key
    std::function<void()> run;
};

/// Ctrl+K: one line that finds actions and cases; Return runs the first.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(const Services& services, QWidget* parent);
    void open(std::vector<Command> commands);

Q_SIGNALS:
    void caseRequested(const evenhand::domain::CaseId& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void addCommands(const QString& text);
    void runCurrent();

    Services m_services;
    Latest m_latest;
    std::vector<Command> m_commands;
    QLineEdit* m_input;
    QListWidget* m_list;
};

} // namespace evenhand::ui
