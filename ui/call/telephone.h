// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QObject>
#include <QString>

#include "app/base/result.h"

namespace evenhand::ui {

/// What a telephone says about the call it was asked to make.
enum class LineState {
    Unknown,     ///< it does not tell: the agent says when the call is over
    Ringing,
    Talking,
    Ended
};

/// The telephone as the call page sees it. Copying the number, a tel: handler and a command are telephones that tell nothing back; an
/// embedded softphone reports its states and can be hung up. UI thread.
class Telephone : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Hands the number over and tells what was done with it ("copy", "tel", "command", "sip"), or why not.
    [[nodiscard]] virtual base::Result<std::string> dial(const QString& number) = 0;
    virtual void hangUp() {}
    /// Whether stateChanged() can be relied on: then talk time counts from Talking, and Ended ends the call.
    [[nodiscard]] virtual bool tellsState() const { return false; }

Q_SIGNALS:
    void stateChanged(evenhand::ui::LineState state);
    void rang(const QString& number);                ///< somebody calls; empty when the number is withheld
};

} // namespace evenhand::ui
