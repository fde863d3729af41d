// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/gatecommand.h"

#include <CLI/CLI.hpp>

namespace evenhand::ctl {

void addGateCommand(CLI::App&, int&) {}

} // namespace evenhand::ctl
