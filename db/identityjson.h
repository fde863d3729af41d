// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "db/journaltypes.h"

namespace evenhand::db {

/// The form in which the journal's meta table keeps its identity.
[[nodiscard]] std::string identityToJson(const JournalIdentity& identity);
/// Damaged when it is not what identityToJson wrote.
[[nodiscard]] base::Result<JournalIdentity> identityFromJson(const std::string& text);

} // namespace evenhand::db
