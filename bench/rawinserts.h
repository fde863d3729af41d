// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "server/store/databaseurl.h"

namespace evenhand::bench {

using RawValue = std::variant<std::nullptr_t, std::int64_t, std::string, base::Bytes>;   // text and bytes apart

/// One row that is written: the statement (by number) and its values in the order of its places.
struct RawWrite {
    std::size_t statement = 0;
    std::vector<RawValue> values{};
};

/// Writes `rows` with nothing but prepared statements and transactions: libpq's PQexecPrepared row by row, or sqlite3 in the modes that the
/// server uses. Each inner vector is one transaction. Seconds that it took. Ends the program when the database refuses.
[[nodiscard]] double writeRaw(const server::DatabaseUrl& url, const std::vector<std::string>& statements,
                              const std::vector<std::vector<RawWrite>>& groups);

} // namespace evenhand::bench
