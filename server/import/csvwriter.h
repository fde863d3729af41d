// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace evenhand::server {

/// How a cell is written when a spreadsheet may open the file.
enum class CellSafety {
    Verbatim,      ///< the text as it is
    NoFormulas     ///< a leading = + - @ tab or CR gets an apostrophe, so that nothing in a lender's or agent's text is run
};

inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";   ///< makes spreadsheets read the file as UTF-8

/// Appends one row as RFC 4180 with CRLF. Reading it gives the same cells (Verbatim), except that one row with one empty cell is
/// written as `""`, so that it is not taken for a blank line.
void appendCsvRow(std::string& out, std::span<const std::string> cells, char separator, CellSafety safety);
void appendCsvRow(std::string& out, std::span<const std::string_view> cells, char separator, CellSafety safety);

} // namespace evenhand::server
