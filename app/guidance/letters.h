// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/yaml.h"
#include "app/domain/words.h"
#include "app/guidance/mergefields.h"

/// Templates of messages, letters and agreements: letters.yaml of a pack.
namespace evenhand::guidance {

/// One template. A line that is `[schedule]` alone stands for the table of a plan's instalments; it belongs to agreements only.
struct Letter {
    std::string code;
    LocalText label;
    std::vector<domain::Channel> channels;         ///< what it may go out by
    bool isReminder = false;                       ///< of an agreed payment: the gate allows it while a plan is in force
    bool isAgreement = false;                      ///< needs a plan
    std::string textKind;                          ///< what the phrase checker requires of it (first_notice …); "" nothing
    std::vector<std::string> mandatory;            ///< fields that stand in it in every language
    LocalText text;
};

inline constexpr std::string_view kScheduleLine = "[schedule]";

class LetterSet {
public:
    /// All problems with their places; nullopt if there is any: a field that does not exist, one that is mandatory and missing in a language, a
    /// text that is missing in a language others have, a schedule outside an agreement.
    [[nodiscard]] static std::optional<LetterSet> parse(std::string_view text, const std::string& fileName, base::SourceProblems& problems);

    [[nodiscard]] const std::vector<Letter>& all() const { return m_letters; }
    [[nodiscard]] const Letter* find(std::string_view code) const;

private:
    std::vector<Letter> m_letters;
};

/// A letter with its values: words, and what is still missing.
struct FilledLetter {
    std::string text;                              ///< gaps show as 【…：未提供】
    std::vector<std::string> gaps;                 ///< fields without a value: the letter must not go out
};

/// `language`: one of the letter's; another falls back to English, then to the first there is.
[[nodiscard]] FilledLetter fillLetter(const Letter& letter, const MergeData& data, std::string_view language);

} // namespace evenhand::guidance
