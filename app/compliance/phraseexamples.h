// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/base/result.h"
#include "app/compliance/packtest.h"
#include "app/compliance/phraseset.h"

namespace evenhand::compliance {

/// Runs the sentences of a phrase file: a bad one must be hit by its own rule, a good one by no rule of severity block, and no
/// suggestion may contain a hit itself.
void testPhraseExamples(const PhraseSet& set, PackTestReport& report);

/// The same for phrases.yaml in a pack's folder. A pack without that file passes with nothing run; a file that cannot be read is an error.
[[nodiscard]] base::Result<PackTestReport> testPhraseExamples(const std::string& packFolder);

} // namespace evenhand::compliance
