// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "app/services/syncstatus.h"

namespace evenhand::ui {

/// What the status strip and the Sync page say about the connection.
class SyncText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::SyncText)

public:
    [[nodiscard]] static QString connection(const services::SyncStatus& status);
    /// Why, and what to do; "" when all is well.
    [[nodiscard]] static QString explanation(const services::SyncStatus& status);
    [[nodiscard]] static QString iconName(const services::SyncStatus& status);
    [[nodiscard]] static QString look(const services::SyncStatus& status);
};

} // namespace evenhand::ui
