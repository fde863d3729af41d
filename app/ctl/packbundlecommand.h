// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace evenhand::ctl {

/// `evenhandctl pack diff | key | build | verify`, below the command `pack`.
void addPackBundleCommands(CLI::App& pack, int& exitStatus);

} // namespace evenhand::ctl
