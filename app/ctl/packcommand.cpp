// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/packcommand.h"

#include <CLI/CLI.hpp>

namespace evenhand::ctl {

void addPackCommand(CLI::App&, int&) {}

} // namespace evenhand::ctl
