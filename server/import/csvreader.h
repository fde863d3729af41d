// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "server/import/decodedtext.h"

namespace evenhand::server {

/// What no honest file reaches; a stray quote turns the rest of a file into one cell, and that must not fill the memory.
struct CsvLimits {
    std::size_t cellBytes = 1U << 20;
    std::size_t rowBytes = 4U << 20;
    std::size_t columns = 4096;
};

/// One row. The views are valid until the next call of the reader.
struct CsvRow {
    std::int64_t number = 0;                       ///< from 1, as a spreadsheet counts: headings and empty rows included
    std::int64_t line = 0;                         ///< line of the file where it begins, from 1
    std::vector<std::string_view> cells;
    std::optional<std::string> problem{};          ///< the row cannot be trusted; says why and names the column by number
    std::size_t problemColumn = 0;                 ///< from 1
    [[nodiscard]] bool isBlank() const { return cells.empty() || (cells.size() == 1 && cells.front().empty()); }
};

/// RFC 4180, and what real files do besides: any of CR, LF, CRLF ends a row; quotes inside an unquoted cell are text.
/// Streams: memory does not grow with the file.
class CsvReader {
public:
    CsvReader(DecodedText& text, char separator, CsvLimits limits = {});

    /// Reads the next row, blank ones too; false at the end. Invalid, naming row and column, when the file cannot be read on:
    /// undecodable bytes, a quote that is never closed, a cell or row beyond the limits.
    /// A NUL byte or text behind a closing quote spoils only its row: see CsvRow::problem.
    [[nodiscard]] base::Result<bool> next(CsvRow& row);

private:
    enum class State { CellStart, Plain, Quoted, QuoteInQuoted };
    enum class Step { Continue, RowEnd, TooLarge };

    [[nodiscard]] Step consume();
    [[nodiscard]] Step consumeOne(char c);
    void takeRun(bool quoted);
    void endCell();
    void remember(const char* problem);
    [[nodiscard]] base::Error errorHere(const std::string& what) const;
    [[nodiscard]] base::Error unclosedQuote() const;
    [[nodiscard]] base::Result<bool> refill();
    void finishRow(CsvRow& row);

    DecodedText& m_text;
    char m_separator;
    CsvLimits m_limits;
    std::array<bool, 256> m_plainStop{};
    std::string m_chunk;
    std::size_t m_at = 0;
    State m_state = State::CellStart;
    bool m_skipLineFeed = false;                   // the CR of a CRLF has already ended the row
    bool m_ended = false;
    std::int64_t m_line = 1;
    std::int64_t m_rowLine = 1;
    std::int64_t m_rowNumber = 0;
    std::string m_row;                             // all cells of the row, one behind the other
    std::vector<std::size_t> m_ends;               // where each finished cell ends in m_row
    std::int64_t m_quoteLine = 0;
    const char* m_problem = nullptr;
    std::size_t m_problemColumn = 0;
};

} // namespace evenhand::server
