// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/guidance/script.h"

/// Changing single values in the text of a script, for a form view: comments, order and everything else stay as their author wrote them.
/// The text must be one that Script::parse accepts under `fileName`; a step of another file (a shared part) is not found.
/// Invalid: the value stands there in a way that a form cannot change (a text over several lines, say); edit the text itself.
namespace evenhand::guidance {

enum class StepMember { Title, Text, Hint };

/// Lines are counted from 1; the step reaches from `first` to before `end`.
struct StepLines {
    int first = 0;
    int end = 0;
};
[[nodiscard]] base::Result<StepLines> linesOfStep(std::string_view text, const Script& script, const std::string& fileName, std::string_view stepId);

/// The text with other words in one language; empty words take title and hint away in that language only when none are left.
[[nodiscard]] base::Result<std::string> withWords(const std::string& text, const Script& script, const std::string& fileName, std::string_view stepId,
                                                  StepMember member, const std::string& language, const std::string& words);
/// The text with another `next` (or `else` of a branch).
[[nodiscard]] base::Result<std::string> withNext(const std::string& text, const Script& script, const std::string& fileName, std::string_view stepId,
                                                 const std::string& target);
/// The text of a script with its version counted up: "2026.1.0" → "2026.1.1", "draft" → "draft.1".
[[nodiscard]] base::Result<std::string> withNextVersion(const std::string& text);

} // namespace evenhand::guidance
