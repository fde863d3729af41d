// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/domain/ids.h"
#include "db/sqlite/connection.h"

namespace evenhand::db {

/// Copies what lists, filters and search need from a row's body into the typed table of its kind. Invalid when the body cannot
/// be read: the row stays in table `row` all the same. Kinds without a table are left alone.
[[nodiscard]] base::Result<> extractRow(sqlite::Connection& db, std::string_view kind, const base::Uuid& id,
                                        const std::optional<domain::CaseId>& caseId, std::int64_t version, const std::string& body);
[[nodiscard]] base::Result<> removeExtract(sqlite::Connection& db, std::string_view kind, const base::Uuid& id);

} // namespace evenhand::db
