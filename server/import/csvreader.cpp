// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/import/csvreader.h"

#include <algorithm>

namespace evenhand::server {

using base::Error;
using base::ErrorCode;
using base::Result;

CsvReader::CsvReader(DecodedText& text, char separator, CsvLimits limits) : m_text(text), m_separator(separator), m_limits(limits)
{
    for (const char stop : {separator, '\r', '\n', '\0'})
        m_plainStop[static_cast<unsigned char>(stop)] = true;
}

Error CsvReader::errorHere(const std::string& what) const
{
    return {ErrorCode::Invalid, "row " + std::to_string(m_rowNumber) + ", column " + std::to_string(m_ends.size() + 1) + ": " + what};
}

Error CsvReader::unclosedQuote() const
{
    return errorHere("a quote is opened in line " + std::to_string(m_quoteLine) + " and never closed");
}

void CsvReader::remember(const char* problem)
{
    if (m_problem)
        return;
    m_problem = problem;
    m_problemColumn = m_ends.size() + 1;
}

void CsvReader::endCell()
{
    m_ends.push_back(m_row.size());
    m_state = State::CellStart;
}

Result<bool> CsvReader::refill()
{
    auto more = m_text.next(m_chunk);
    if (!more)
        return base::fail(more.error().code == ErrorCode::Invalid ? errorHere(more.error().detail) : std::move(more).error());
    m_at = 0;
    return *more;
}

// Copies everything up to the next character that means something.
void CsvReader::takeRun(bool quoted)
{
    std::size_t end = m_at;
    if (quoted) {
        while (end < m_chunk.size() && m_chunk[end] != '"' && m_chunk[end] != '\0') {
            m_line += m_chunk[end] == '\n';
            ++end;
        }
    } else {
        while (end < m_chunk.size() && !m_plainStop[static_cast<unsigned char>(m_chunk[end])])
            ++end;
    }
    m_row.append(m_chunk, m_at, end - m_at);
    m_at = end;
}

CsvReader::Step CsvReader::consumeOne(char c)
{
    ++m_at;
    if (c == '\0') {
        remember("holds a NUL byte; the file is damaged or not a text file");
        return Step::Continue;
    }
    if (m_state == State::Quoted) {                 // c is the quote
        m_state = State::QuoteInQuoted;
        return Step::Continue;
    }
    if (m_state == State::QuoteInQuoted && c == '"') {
        m_row.push_back('"');
        m_state = State::Quoted;
        return Step::Continue;
    }
    if (c == m_separator) {
        endCell();
        return m_ends.size() >= m_limits.columns ? Step::TooLarge : Step::Continue;
    }
    if (c == '\r' || c == '\n') {
        ++m_line;
        m_skipLineFeed = c == '\r';
        endCell();
        return Step::RowEnd;
    }
    if (m_state == State::CellStart && c == '"') {
        m_state = State::Quoted;
        m_quoteLine = m_line;
        return Step::Continue;
    }
    if (m_state == State::QuoteInQuoted)
        remember("has text behind its closing quote; quotes inside a cell must be doubled");
    m_state = State::Plain;
    m_row.push_back(c);
    return Step::Continue;
}

CsvReader::Step CsvReader::consume()
{
    while (m_at < m_chunk.size()) {
        if (m_skipLineFeed) {
            m_skipLineFeed = false;
            m_at += m_chunk[m_at] == '\n';
            continue;
        }
        if (m_state == State::Plain || m_state == State::Quoted)
            takeRun(m_state == State::Quoted);
        const auto cellBegin = m_ends.empty() ? 0 : m_ends.back();
        if (m_row.size() - cellBegin > m_limits.cellBytes || m_row.size() > m_limits.rowBytes)
            return Step::TooLarge;
        if (m_at == m_chunk.size())
            break;
        const auto step = consumeOne(m_chunk[m_at]);
        if (step != Step::Continue)
            return step;
    }
    return Step::Continue;
}

void CsvReader::finishRow(CsvRow& row)
{
    row.number = m_rowNumber;
    row.line = m_rowLine;
    row.cells.clear();
    std::size_t begin = 0;
    for (const auto end : m_ends) {
        row.cells.emplace_back(std::string_view(m_row).substr(begin, end - begin));
        begin = end;
    }
    row.problem.reset();
    row.problemColumn = m_problemColumn;
    if (m_problem)
        row.problem = m_problem;
}

Result<bool> CsvReader::next(CsvRow& row)
{
    if (m_ended)
        return false;
    m_row.clear();
    m_ends.clear();
    m_problem = nullptr;
    m_problemColumn = 0;
    m_state = State::CellStart;
    ++m_rowNumber;
    m_rowLine = m_line;
    for (;;) {
        const auto step = consume();
        if (step == Step::TooLarge)
            return base::fail(errorHere("the cell or row is larger than " + std::to_string(m_limits.cellBytes >> 10) + " KiB or has more than " +
                                        std::to_string(m_limits.columns) + " columns; a closing quote may be missing before it"));
        if (step == Step::RowEnd) {
            finishRow(row);
            return true;
        }
        EVENHAND_ASSIGN(const bool more, refill());
        if (more)
            continue;
        m_ended = true;
        if (m_state == State::Quoted)
            return base::fail(unclosedQuote());
        const bool somethingThere = m_state != State::CellStart || !m_ends.empty() || m_problem;
        if (!somethingThere)
            return false;
        endCell();
        finishRow(row);
        return true;
    }
}

} // namespace evenhand::server
