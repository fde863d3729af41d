// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/compliance/packdirectory.h"

namespace evenhand::compliance {

/// What the rules, phrases and scripts of packs cite, in the words of other languages (`clauses.yaml`). For showing only: events and
/// answers of the gate keep the clause as it is cited, so that they mean the same in every office.
class ClauseWords {
public:
    /// Adds what a pack says; a pack without clauses.yaml adds nothing. Invalid: every problem, FILE:LINE:COL.
    [[nodiscard]] base::Result<> add(const PackDirectory& pack);

    /// The clause in `language` ("zh_CN"); a confidence mark at its end, " (S)", stays. Empty when the packs do not say it.
    [[nodiscard]] std::string in(std::string_view language, std::string_view clause) const;

private:
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> m_words;   ///< cited → language → words
};

} // namespace evenhand::compliance
