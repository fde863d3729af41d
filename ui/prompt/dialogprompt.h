// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include "ui/prompt/userprompt.h"

namespace evenhand::ui {

/// Questions in a window-modal dialogue. Number keys choose, Escape turns away.
class DialogPrompt final : public UserPrompt {
public:
    void setWindow(QWidget* window) { m_window = window; }
    void ask(const Question& question, QObject* context, std::function<void(std::optional<int>)> answered) override;

private:
    QPointer<QWidget> m_window;
};

} // namespace evenhand::ui
