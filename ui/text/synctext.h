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
    /// allow only when nothing recorded here is unsent; warn while it is on its way; block when it cannot go now.
    [[nodiscard]] static QString look(const services::SyncStatus& status);
    /// May this computer be left, or would something be lost with it? In one sentence, with the same look.
    [[nodiscard]] static QString safety(const services::SyncStatus& status);
    /// What a code of a problem (or "no_answer") means, and who has to do something.
    [[nodiscard]] static QString problem(const std::string& code);
    /// "3 entries, 1 draft and 2 recordings (14 MB)"; "" when nothing is at risk.
    [[nodiscard]] static QString atRisk(std::int64_t entries, std::int64_t drafts, std::int64_t recordings, std::int64_t bytes);
};

} // namespace evenhand::ui
