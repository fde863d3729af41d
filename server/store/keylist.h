// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "server/store/sqlconnection.h"

namespace evenhand::server {

/// How many keys one query takes: few sizes, so that few statements are prepared.
inline constexpr std::array<std::size_t, 3> kKeyListSizes{1, 16, 128};

/// The query with its one list "(:keys)" written out for `size` keys.
[[nodiscard]] std::string withKeys(std::string_view sql, std::size_t size);

/// All rows of a query that ends in "… IN (:keys)", for any number of keys; the order of the rows is not defined.
template <class F>
[[nodiscard]] auto rowsForKeys(SqlConnection& connection, std::string_view sql, std::span<const base::Uuid> keys, F fromRow)
    -> base::Result<std::vector<decltype(fromRow(std::declval<SqlRow>()))>>
{
    std::vector<decltype(fromRow(std::declval<SqlRow>()))> rows;
    while (!keys.empty()) {
        const auto fitting = std::ranges::find_if(kKeyListSizes, [&](std::size_t size) { return size >= keys.size(); });
        const auto size = fitting == kKeyListSizes.end() ? kKeyListSizes.back() : *fitting;
        Query query(connection, withKeys(sql, size));
        for (std::size_t i = 0; i < size; ++i)
            query.add(keys[std::min(i, keys.size() - 1)]);   // a key twice asks for nothing more
        EVENHAND_ASSIGN(auto piece, query.allRows(fromRow));
        std::ranges::move(piece, std::back_inserter(rows));
        keys = keys.subspan(std::min(size, keys.size()));
    }
    return rows;
}

} // namespace evenhand::server
