// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace evenhand::compliance {

/// What a phrase of a rule says, written out. Parts follow each other with a bounded gap between them; each part is any one
/// of its alternatives.
struct PhrasePattern {
    struct Gap {
        int least = 0;   ///< characters that count (separators do not), 0…40
        int most = 0;
    };
    std::vector<std::vector<std::u16string>> parts;
    std::vector<Gap> gaps;   ///< one fewer than parts
};

/// Pattern syntax: `(a|b|)` alternatives, `<m,n>` gap between parts, `word~` the word with its English inflections,
/// `\` takes the next character literally. Invalid says what is wrong and where in the phrase.
[[nodiscard]] base::Result<PhrasePattern> parsePattern(std::u16string_view phrase);

/// Ad-hoc lists: only `<m,n>` is special.
[[nodiscard]] base::Result<PhrasePattern> parseLiteral(std::u16string_view phrase);

/// The forms of a lower-case English word: sue, sues, sued, suing.
[[nodiscard]] std::vector<std::u16string> inflections(const std::u16string& word);

} // namespace evenhand::compliance
