// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/csvwriter.h"

namespace evenhand::server {

namespace {

bool looksLikeFormula(std::string_view cell)
{
    if (cell.empty())
        return false;
    const char first = cell.front();
    if (first == '-' || first == '+') {
        // A plain number stays one: "-12.50" is data, "-1+cmd()" is not.
        return cell.find_first_not_of("0123456789.,", 1) != std::string_view::npos;
    }
    return first == '=' || first == '@' || first == '\t' || first == '\r';
}

void appendCell(std::string& out, std::string_view cell, char separator, CellSafety safety)
{
    const bool guard = safety == CellSafety::NoFormulas && looksLikeFormula(cell);
    const bool quote = guard || cell.find_first_of(std::string{'"', '\r', '\n', separator}) != std::string_view::npos;
    if (!quote) {
        out.append(cell);
        return;
    }
    out.push_back('"');
    if (guard)
        out.push_back('\'');
    for (const char c : cell) {
        if (c == '"')
            out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

template <class Cells>
void appendRow(std::string& out, const Cells& cells, char separator, CellSafety safety)
{
    if (cells.size() == 1 && cells.front().empty())
        out.append("\"\"");
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            out.push_back(separator);
        appendCell(out, cells[i], separator, safety);
    }
    out.append("\r\n");
}

} // namespace

void appendCsvRow(std::string& out, std::span<const std::string> cells, char separator, CellSafety safety)
{
    appendRow(out, cells, separator, safety);
}

void appendCsvRow(std::string& out, std::span<const std::string_view> cells, char separator, CellSafety safety)
{
    appendRow(out, cells, separator, safety);
}

} // namespace evenhand::server
