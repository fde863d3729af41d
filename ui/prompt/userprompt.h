// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QString>

class QObject;

namespace evenhand::ui {

/// A question with a few answers, one of which may be chosen.
struct Question {
    QString title;
    QString text;
    std::vector<QString> choices;        ///< the first is the default
    bool danger = false;                 ///< the first choice destroys something
};

/// How anything in `ui` asks a person. The answer comes later; nobody waits for it in a nested loop.
class UserPrompt {
public:
    virtual ~UserPrompt() = default;
    /// `answered` gets the index of the choice, or nullopt when the person turned away. Not called once `context` is gone.
    virtual void ask(const Question& question, QObject* context, std::function<void(std::optional<int>)> answered) = 0;
};

} // namespace evenhand::ui
