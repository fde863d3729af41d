// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/date.h"
#include "server/import/csvreader.h"
#include "server/import/lendercase.h"
#include "server/import/mapping.h"

namespace evenhand::server {

struct ImportContext {
    std::string portfolio;
    base::Date asOf;                               ///< days past due are counted to this day
};

/// A mapping applied to one file: turns rows into cases. Not thread-safe; keeps references to the mapping.
class RowMapper {
public:
    /// Invalid when the headings lack a column that the mapping names, or have it twice: a line FILE:LINE:COL each, with the
    /// columns that are there.
    [[nodiscard]] static base::Result<RowMapper> bind(const Mapping& mapping, const CsvRow& headings, ImportContext context);

    [[nodiscard]] const std::vector<std::string>& headings() const { return m_headings; }
    [[nodiscard]] std::vector<std::string> unusedColumns() const;

    /// The case of one row, totals not yet computed; nullopt after adding to `problems` everything that is wrong with it.
    /// `dataRow` counts from 1.
    [[nodiscard]] std::optional<LenderCase> read(const CsvRow& row, std::int64_t dataRow, std::vector<CellProblem>& problems);

    /// The payment of one row of a file under a mapping with `payment`; nullopt as above.
    [[nodiscard]] std::optional<LenderPayment> readPayment(const CsvRow& row, std::int64_t dataRow, std::vector<CellProblem>& problems);

    /// The case number alone, if it can be read; for rows that read() refused.
    [[nodiscard]] std::string businessNoOf(const CsvRow& row, std::int64_t dataRow);

private:
    RowMapper(const Mapping& mapping, ImportContext context) : m_mapping(&mapping), m_context(std::move(context)) {}
    [[nodiscard]] bool takeCells(const CsvRow& row, std::vector<CellProblem>& problems);

    const Mapping* m_mapping;
    ImportContext m_context;
    std::vector<std::string> m_headings;
    std::vector<std::size_t> m_columnOf;           // by index into Mapping::columns: the cell
    std::vector<std::string_view> m_cells;         // by index into Mapping::columns: the trimmed cell of this row
};

} // namespace evenhand::server
