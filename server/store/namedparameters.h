// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace evenhand::server {

/// A query with its parameters numbered as PostgreSQL wants them.
struct NumberedQuery {
    std::string text;                              ///< ":name" became "$1"; the same name is the same number
    std::vector<std::string> names;                ///< with the colon; names[0] is $1
};

/// The store's queries name their parameters (":name"), which SQLite understands itself. Leaves quoted text, quoted names, comments and
/// casts ("::type") as they are. Pure.
[[nodiscard]] NumberedQuery numberParameters(std::string_view sql);

} // namespace evenhand::server
