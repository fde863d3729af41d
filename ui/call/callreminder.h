// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include <QFrame>
#include <QTimer>

#include "app/services/queueservice.h"
#include "ui/async.h"
#include "ui/services.h"
#include "ui/text/retranslator.h"

class QLabel;
class QPushButton;

namespace evenhand::ui {

/// The call-back that is due, as a strip over every page. It never takes the focus: what somebody types goes on. Ctrl+B opens the case,
/// "later" is silent for ten minutes; the call-back stays on top of Today until it was made.
class CallReminder : public QFrame {
    Q_OBJECT

public:
    explicit CallReminder(const Services& services, QWidget* parent = nullptr);

    void begin();                                            ///< after sign-in
    void stop();                                             ///< after sign-out and while locked
    void openDue();
    void later();
    [[nodiscard]] int dueCount() const { return int(m_due.size()); }

Q_SIGNALS:
    void openCaseRequested(const evenhand::domain::CaseId& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void look();
    void write();

    Services m_services;
    Retranslator m_texts;
    Latest m_latest;
    QTimer m_tick;
    std::vector<services::QueueRow> m_due;                   ///< not snoozed, the oldest first
    std::map<domain::CaseId, base::Instant> m_silentUntil;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_open;
    QPushButton* m_later;
};

} // namespace evenhand::ui
