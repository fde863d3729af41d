// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "server/import/lenderfile.h"

namespace evenhand::server {

/// Copies the rows that have problems to `path` with their reasons in a last column `reason`: UTF-8 with a mark, the separator and
/// the headings of the original, so that it can be corrected and imported with the same mapping. Cells are copied as they are;
/// the file is readable by its owner only and replaced as a whole.
[[nodiscard]] base::Result<> writeRejectedRows(LenderFile& file, const Mapping& mapping, const std::vector<CellProblem>& problems,
                                               const std::string& path);

} // namespace evenhand::server
