// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "app/compliance/decision.h"

namespace evenhand::compliance {

/// What to tell a person when a fact is not known, and what to do about it. Facts are named like the members of the question.
[[nodiscard]] LocalisedText textForMissing(std::string_view fact);

} // namespace evenhand::compliance
