// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace evenhand::ctl {

/// `evenhandctl journal verify FILE [--key-file K] [--passphrase-file F]`: exit 0 when the chain holds, 1 when it does not,
/// 2 when the journal could not be read.
void addJournalCommand(CLI::App& app, int& exitStatus);

} // namespace evenhand::ctl
