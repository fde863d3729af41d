// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/import/lendercase.h"
#include "server/import/mapping.h"

namespace evenhand::server {

/// Evaluates the values of a mapping for one row and notes each problem with its column. After a problem it gives neutral
/// values, so that all problems of a row show at once; ask ok() at the end.
class RowValues {
public:
    RowValues(const Mapping& mapping, std::span<const std::string_view> cells, std::int64_t rowNumber, std::int64_t dataRow,
              std::vector<CellProblem>& problems)
        : m_mapping(mapping), m_cells(cells), m_rowNumber(rowNumber), m_dataRow(dataRow), m_problems(problems)
    {
    }

    [[nodiscard]] std::string_view text(const std::optional<ValueSpec>& spec);             ///< empty when absent
    [[nodiscard]] std::string_view text(const ValueSpec& spec);
    [[nodiscard]] std::string required(const std::optional<ValueSpec>& spec, const char* what);
    [[nodiscard]] std::string identifier(const std::optional<ValueSpec>& spec);
    [[nodiscard]] std::string requiredIdentifier(const std::optional<ValueSpec>& spec, const char* what);
    [[nodiscard]] std::optional<std::string> optional(const std::optional<ValueSpec>& spec);
    [[nodiscard]] base::Money money(const std::optional<ValueSpec>& spec, base::Currency currency);   ///< zero when empty
    [[nodiscard]] base::Money requiredMoney(const std::optional<ValueSpec>& spec, base::Currency currency, const char* what);
    [[nodiscard]] std::optional<base::Date> date(const std::optional<ValueSpec>& spec);
    [[nodiscard]] std::optional<std::int64_t> number(const std::optional<ValueSpec>& spec, std::int64_t least, std::int64_t most);

    template <class FromWord, class T>
    [[nodiscard]] T word(const std::optional<ValueSpec>& spec, FromWord fromWord, T fallback)
    {
        const auto written = text(spec);
        if (written.empty())
            return fallback;
        const auto value = fromWord(written);
        if (!value)
            complain(*spec, "is not one of the known words; add it to the `map` of the mapping");
        return value ? *value : fallback;
    }

    void complain(const ValueSpec& spec, const std::string& message);
    void complainAboutRow(const std::string& message);
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::int64_t rowNumber() const { return m_rowNumber; }

private:
    [[nodiscard]] std::string_view evaluate(const Template& text);
    [[nodiscard]] std::optional<base::Money> sum(const ValueSpec& spec, base::Currency currency);

    const Mapping& m_mapping;
    std::span<const std::string_view> m_cells;
    std::int64_t m_rowNumber;
    std::int64_t m_dataRow;
    std::vector<CellProblem>& m_problems;
    std::deque<std::string> m_composed;            // keeps what templates put together
    bool m_ok = true;
};

} // namespace evenhand::server
