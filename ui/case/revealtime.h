// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace evenhand::ui {

/// How long a revealed number, address or identity may be looked at before it is masked again, in milliseconds.
inline constexpr int kRevealMs = 30000;

} // namespace evenhand::ui
