// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/openprofile.h"
#include "app/services/syncservice.h"
#include "app/services/syncstatus.h"

namespace evenhand::services {

/// What the status bar says, from the journal's counts and the engine.
[[nodiscard]] base::Result<SyncStatus> statusOf(OpenProfile& profile);
[[nodiscard]] base::Result<LedgerPage> ledgerOf(OpenProfile& profile, SyncService::LedgerFilter filter, std::optional<std::int64_t> before, int limit);
[[nodiscard]] base::Result<LeaveCheck> leaveCheckOf(OpenProfile& profile);

} // namespace evenhand::services
