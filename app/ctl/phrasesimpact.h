// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace evenhand::ctl {

/// `evenhandctl pack impact --from OLD --to NEW --texts FILE…`: which hits publishing a pack would add and take away.
/// `pack` is the command it belongs to.
void addImpactCommand(CLI::App& pack, int& exitStatus);

} // namespace evenhand::ctl
