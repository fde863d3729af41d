// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "db/cachestate.h"
#include "db/cachetypes.h"

/// The running sums as the table has them. Private to the CaseCache's source files.
namespace evenhand::db {

[[nodiscard]] base::Result<BucketSums> readSums(const sqlite::Connection& db);
[[nodiscard]] base::Result<> writeSum(sqlite::Connection& db, int bucket, const domain::DigestSum& sum);

} // namespace evenhand::db
