// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "server/store/databaseurl.h"
#include "server/store/sqlconnection.h"

namespace evenhand::server {

struct SchemaStep {
    int version;                      ///< 1, 2, 3 … without gaps
    std::string_view name;            ///< file name, for the history
    std::string_view script;          ///< first line: "-- min-compatible: N"
};

/// The same steps for both drivers, each in its own dialect: number, name and meaning agree (a test compares the tables they lead to).
[[nodiscard]] std::span<const SchemaStep> schemaSteps(DatabaseUrl::Driver driver);

/// Brings the schema up to the last step; each step is one transaction that also writes its line of the history.
/// SchemaTooNew when a newer program that we are not compatible with wrote the file; it is then untouched.
[[nodiscard]] base::Result<> migrate(SqlConnection& connection, std::span<const SchemaStep> steps, const base::Clock& clock);
/// As migrate(), without changing anything: SchemaTooOld when steps are missing.
[[nodiscard]] base::Result<> checkSchema(SqlConnection& connection, std::span<const SchemaStep> steps);

} // namespace evenhand::server
