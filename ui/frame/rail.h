// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QFrame>

#include "app/domain/words.h"

class QToolButton;

namespace evenhand::ui {

enum class PageId { Today, Cases, Approvals, CallLog, Sync, Settings };

/// The left rail: the pages this role has.
class Rail : public QFrame {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);
    void setRole(domain::UserRole role);
    void choose(PageId page);

Q_SIGNALS:
    void pageRequested(evenhand::ui::PageId page);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    std::vector<std::pair<PageId, QToolButton*>> m_buttons;
};

[[nodiscard]] bool mayOpen(PageId page, domain::UserRole role);
[[nodiscard]] QString pageTitle(PageId page);

} // namespace evenhand::ui
