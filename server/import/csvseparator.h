// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace evenhand::server {

/// The separators lenders use, by the word that mappings use: comma, semicolon, tab, pipe.
inline constexpr std::string_view kKnownSeparators = "auto, comma, semicolon, tab, pipe";
inline constexpr std::string_view kSeparators = ",;\t|";

/// The separator under which the headings of `sample` show most of the wanted columns; without any, the one that cuts the
/// first rows into the same number (more than one) of cells; a comma when nothing speaks for another.
[[nodiscard]] char guessSeparator(std::string_view sample, int headerRow, std::span<const std::string> wantedColumns);

/// A cell without the blanks around it; also NO-BREAK SPACE and the ideographic space, which spreadsheets leave behind.
[[nodiscard]] std::string_view trimmed(std::string_view cell);

} // namespace evenhand::server
