// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace evenhand::test {

/// Of every account that the tests make.
inline const char* const kPassword = "correct horse";

} // namespace evenhand::test
