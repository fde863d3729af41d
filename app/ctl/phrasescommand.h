// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace evenhand::ctl {

/// Adds `evenhandctl phrases`. The callback writes the status of the run to `exitStatus`, which outlives `app`'s parsing.
void addPhrasesCommand(CLI::App& app, int& exitStatus);

} // namespace evenhand::ctl
