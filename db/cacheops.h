// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/base/bytes.h"
#include "app/domain/wire/wire.h"

namespace evenhand::db {

/// Operations of one page as the staging table keeps them: a plain length-prefixed form, because a first pull stages tens of
/// megabytes and parsing JSON twice would cost more than writing it.
[[nodiscard]] base::Bytes encodeOps(const std::vector<domain::wire::PullOp>& ops);
/// Damaged when it is not what encodeOps wrote.
[[nodiscard]] base::Result<std::vector<domain::wire::PullOp>> decodeOps(base::ByteView bytes);

} // namespace evenhand::db
