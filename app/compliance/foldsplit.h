// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace evenhand::compliance {

/// Characters and the two parts people write instead of them, three characters each: whole, left, right (or upper, lower).
/// Only characters that occur in threats, insults and this trade's words; a dictionary of all decompositions would mostly
/// add false alarms.
[[nodiscard]] std::u16string_view splitCharacters();

/// Common characters with more than one reading: the character, then its readings other than the first, as
/// "还huan,行hang,…".
[[nodiscard]] std::u16string_view otherReadingsList();

} // namespace evenhand::compliance
