// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/guidance/script.h"

namespace evenhand::guidance {

enum class LintLevel { Error, Warning };

struct LintFinding {
    base::SourcePlace place;
    LintLevel level;
    std::string check;                        ///< id of the check, such as `dead-end`
    std::string message;
    [[nodiscard]] std::string toString() const;   ///< "FILE:LINE:COL: level: message [check-id]"
};

/// A banned phrase in a text; `rule` names the rule that knows it.
struct BannedPhrase {
    std::string rule;
    std::string matched;
    std::string message;                      ///< English
};

struct LintOptions {
    /// Asks the phrase rules about spoken words; guidance itself knows none. Empty: not checked.
    std::function<std::vector<BannedPhrase>(std::string_view text, std::string_view language)> bannedPhrases;
    /// Whether a disposition code exists. Empty: not checked.
    std::function<bool(std::string_view code)> knowsOutcome;
    std::size_t breathChineseCharacters = 60; ///< between two marks where one can breathe
    std::size_t breathWords = 32;
    std::size_t stepChineseCharacters = 180;  ///< in one step
    std::size_t stepWords = 110;
};

/// Everything wrong with a parsed script, in file order. Checks: dead-end, unknown-target, unreachable, no-exit, silent-loop,
/// misplaced-return, missing-duty, unknown-duty, excuse-all, translation-differs, disclosure-before-identity, mandated-not-required, unknown-merge-field,
/// merge-in-label, disclosing-field, missing-translation, no-breath, too-long, banned-phrase, unknown-outcome, unknown-flag, duplicate-key.
[[nodiscard]] std::vector<LintFinding> lintScript(const Script& script, const LintOptions& options = {});
/// Parses and lints; problems of the text itself have the check id `syntax`.
[[nodiscard]] std::vector<LintFinding> lintScriptText(std::string_view text, const std::string& fileName, const LintOptions& options = {},
                                                      const FileReader& reader = diskReader());
/// What only shows when all scripts of a pack are read together: duplicate-script, mandated-differs, unknown-script.
[[nodiscard]] std::vector<LintFinding> lintTogether(const std::vector<const Script*>& scripts);

[[nodiscard]] bool hasErrors(const std::vector<LintFinding>& findings);

} // namespace evenhand::guidance
