// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/words.h"

namespace evenhand::server {

/// Supervisors and quality reviewers see the cases of their team; everybody else those they hold themselves.
[[nodiscard]] inline bool seesTeam(domain::UserRole role) { return role == domain::UserRole::Supervisor || role == domain::UserRole::Qa; }

} // namespace evenhand::server
