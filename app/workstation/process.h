// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace evenhand::workstation {

/// What every program of the workstation does first: names and version, log, no core dumps with personal data in release builds.
void prepareProcess();
/// Where the log goes: $EVENHAND_DATA_DIR/log/evenhand.log, or standard error only.
void prepareLog();

} // namespace evenhand::workstation
