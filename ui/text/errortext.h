// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "app/base/result.h"

namespace evenhand::ui {

/// What a person reads when something failed: what happened, and what to do. The only place that makes such sentences from codes.
class ErrorText {
    Q_DECLARE_TR_FUNCTIONS(evenhand::ui::ErrorText)

public:
    [[nodiscard]] static QString of(base::ErrorCode code);
    /// The sentence of the code. `detail` is English and stays in the log, except for Invalid, where it names the place of the mistake.
    [[nodiscard]] static QString of(const base::Error& error);
    /// "Not saved: …" — used beside a field whose text is still there.
    [[nodiscard]] static QString notSaved(const base::Error& error);
};

} // namespace evenhand::ui
