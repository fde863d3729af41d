// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace evenhand::db {

/// Bytes of the random salt that stands before a payload in `event.local` (its commitment is over both).
inline constexpr std::size_t kSaltSize = 32;

} // namespace evenhand::db
